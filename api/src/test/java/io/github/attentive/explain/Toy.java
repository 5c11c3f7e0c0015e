package io.github.attentive.explain;

import java.util.function.ToDoubleFunction;

/** Texts whose target is known: the toy of references/methods.md, 6.5, and others. */
final class Toy {
  static final double[] EVIDENCE = {0.2, 2, -0.5, 1, 0.1, 0.05, -0.3, 0.4, 0, 0.3};

  private Toy() {}

  /** {@code sigmoid(-1 + sum of the evidence kept)}. */
  static MaskEvaluations golden() {
    return new MaskEvaluations(10, sigmoid(-1, EVIDENCE));
  }

  static MaskedTarget sigmoid(double bias, double... evidence) {
    MaskedTarget linear = linear(bias, evidence);
    return kept -> {
      double[] values = linear.of(kept);
      for (int v = 0; v < values.length; v++) {
        values[v] = 1 / (1 + Math.exp(-values[v]));
      }
      return values;
    };
  }

  static MaskedTarget linear(double bias, double... evidence) {
    return each(
        kept -> {
          double sum = bias;
          for (int i = 0; i < evidence.length; i++) {
            sum += kept[i] ? evidence[i] : 0;
          }
          return sum;
        });
  }

  /** 0.98 with this word, 0.02 without it, whatever else there is. */
  static MaskedTarget planted(int word) {
    return each(kept -> kept[word] ? 0.98 : 0.02);
  }

  static MaskedTarget each(ToDoubleFunction<boolean[]> one) {
    return kept -> {
      double[] values = new double[kept.length];
      for (int v = 0; v < values.length; v++) {
        values[v] = one.applyAsDouble(kept[v]);
      }
      return values;
    };
  }
}
