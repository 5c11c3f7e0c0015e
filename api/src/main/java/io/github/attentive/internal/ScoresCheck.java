package io.github.attentive.internal;

import io.github.attentive.ModelInfo;
import io.github.attentive.ProblemType;
import io.github.attentive.spi.Findings;
import io.github.attentive.spi.ModelOutput;
import java.util.Arrays;

/** Checks that the scores of one output are what the model's problem type says. */
final class ScoresCheck {
  private static final String SUBJECT = "scores";

  /** How far the sum of probabilities may be from 1. */
  private static final double TOLERANCE = 1e-3;

  private ScoresCheck() {}

  static void check(ModelInfo info, ModelOutput output, Findings findings) {
    float[] scores = output.scores();
    String labels = " for each of %s labels".formatted(scores.length);
    if (info.problemType() == ProblemType.REGRESSION) {
      findings.ok(SUBJECT, "a finite number" + labels);
      return;
    }
    double sum = 0;
    boolean probabilities = true;
    for (float score : scores) {
      sum += score;
      probabilities &= score >= 0 && score <= 1;
    }
    if (!probabilities) {
      findings.problem(SUBJECT, "expected probabilities, got " + Arrays.toString(scores), null);
    } else if (info.problemType() == ProblemType.MULTI_LABEL) {
      findings.ok(SUBJECT, "a probability by itself" + labels);
    } else if (Math.abs(sum - 1) > TOLERANCE) {
      findings.problem(
          SUBJECT,
          "expected probabilities that sum to 1, got " + Arrays.toString(scores),
          "if several labels may apply, set problem_type to multi_label_classification");
    } else {
      findings.ok(SUBJECT, "a probability" + labels + ", and they sum to 1");
    }
  }
}
