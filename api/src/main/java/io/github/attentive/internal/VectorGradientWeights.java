package io.github.attentive.internal;

import io.github.attentive.ExplainOptions;
import io.github.attentive.Method;
import io.github.attentive.explain.InputGradient;
import io.github.attentive.explain.IntegratedGradients;
import io.github.attentive.explain.TargetGradient;
import io.github.attentive.spi.GradientModel;
import io.github.attentive.spi.VectorGradient;
import io.github.attentive.spi.WordVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Weights from gradients by word vectors, text by text.
 *
 * @param model that gives the gradients
 * @param options method, baseline, steps, rule
 */
record VectorGradientWeights(GradientModel model, ExplainOptions options) {
  /** How many positions, of all points together, a model is given at once. */
  private static final int POSITIONS_AT_ONCE = 4096;

  private static final String VECTORS = "word vectors";
  private static final String GRADIENT = "gradient by word vectors";

  PositionWeights of(ExplainedText text) {
    int positions = text.spans().size();
    WordVectors vectors = model.wordVectors(text.input(), options.baseline());
    double[][] input = EngineNumbers.matrix(VECTORS, vectors.text(), positions, vectors.size());
    double[][] baseline =
        EngineNumbers.matrix(VECTORS, vectors.baseline(), positions, vectors.size());
    float[] factors = text.target().factors(text.classification().logits().length);
    TargetGradient target = points -> slopes(text, points, factors);
    if (options.method() == Method.INPUT_GRADIENT) {
      return PositionWeights.of(
          InputGradient.timesInput(input, target.at(List.<double[][]>of(input)).get(0).gradient()));
    }
    IntegratedGradients integrated =
        IntegratedGradients.of(
            target,
            input,
            baseline,
            options.rule(),
            options.steps(),
            Math.max(1, POSITIONS_AT_ONCE / positions));
    return new PositionWeights(
        integrated.tokens(),
        OptionalInt.empty(),
        OptionalDouble.of(integrated.completenessError()),
        OptionalDouble.empty());
  }

  private List<TargetGradient.Slope> slopes(
      ExplainedText text, List<double[][]> points, float[] factors) {
    List<VectorGradient> gradients =
        model.byWordVectors(
            text.input(), points.stream().map(EngineNumbers::flat).toList(), factors);
    EngineNumbers.requireCount(GRADIENT + ", points", points.size(), gradients.size());
    List<TargetGradient.Slope> slopes = new ArrayList<>(points.size());
    for (int p = 0; p < points.size(); p++) {
      float[] logits = gradients.get(p).logits();
      EngineNumbers.requireCount(GRADIENT + ", logits", factors.length, logits.length);
      double value = 0;
      for (int i = 0; i < factors.length; i++) {
        value += (double) factors[i] * logits[i];
      }
      double[][] point = points.get(p);
      slopes.add(
          new TargetGradient.Slope(
              value,
              EngineNumbers.matrix(
                  GRADIENT, gradients.get(p).gradient(), point.length, point[0].length)));
    }
    return slopes;
  }
}
