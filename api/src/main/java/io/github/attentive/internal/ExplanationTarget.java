package io.github.attentive.internal;

import io.github.attentive.ExplainOptions;
import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is explained of one text: a label, perhaps compared with another. */
final class ExplanationTarget {
  private final List<String> labels;
  private final String label;
  private final Optional<String> contrast;

  private ExplanationTarget(List<String> labels, String label, Optional<String> contrast) {
    this.labels = labels;
    this.label = label;
    this.contrast = contrast;
  }

  /** Refuses labels that the model does not have. */
  static void check(List<String> labels, ExplainOptions options) {
    Stream.of(options.target(), options.contrast())
        .flatMap(Optional::stream)
        .filter(label -> !labels.contains(label))
        .findFirst()
        .ifPresent(
            label -> {
              String what =
                  options.target().filter(label::equals).isPresent() ? "target" : "contrast";
              throw new InvalidInputException(
                  "%s '%s': expected one of the labels %s".formatted(what, label, labels));
            });
  }

  /** The label asked for, or the predicted one. */
  static ExplanationTarget of(List<String> labels, String predicted, ExplainOptions options) {
    String label = options.target().orElse(predicted);
    if (options.contrast().filter(label::equals).isPresent()) {
      throw new InvalidInputException(
          "contrast '%s': expected another label than the target, which is the same%s"
              .formatted(
                  label, options.target().isPresent() ? "" : ", the predicted one; name a target"));
    }
    return new ExplanationTarget(labels, label, options.contrast());
  }

  String label() {
    return label;
  }

  Optional<String> contrast() {
    return contrast;
  }

  /**
   * What each logit counts. One sigmoid for two labels has one logit, the second label's against
   * the first.
   */
  float[] factors(int logits) {
    float[] factors = new float[logits];
    int index = labels.indexOf(label);
    if (logits == labels.size()) {
      factors[index] = 1;
      contrast.ifPresent(against -> factors[labels.indexOf(against)] = -1);
    } else if (logits == 1 && labels.size() == 2) {
      factors[0] = index == 1 ? 1 : -1;
    } else {
      throw new InferenceException(
          "gradients: expected a logit for each of the labels %s, or one for two, got %s"
              .formatted(labels, logits));
    }
    return factors;
  }

  /** The score explained: of the target, less that of the contrast. */
  double value(float[] scores) {
    double against = contrast.isPresent() ? scores[labels.indexOf(contrast.get())] : 0;
    return score(scores) - against;
  }

  /** The score of the target alone. */
  double score(float[] scores) {
    return scores[labels.indexOf(label)];
  }
}
