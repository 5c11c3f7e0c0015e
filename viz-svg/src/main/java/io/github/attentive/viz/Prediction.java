package io.github.attentive.viz;

import io.github.attentive.Explanation;
import io.github.attentive.ProblemType;

/** What figures of an explanation say about its prediction. */
final class Prediction {
  private Prediction() {}

  static String title(Explanation explanation) {
    return "Prediction: " + explanation.label() + " (" + score(explanation) + ")";
  }

  static String sentence(Explanation explanation) {
    return "Predicted " + explanation.label() + " with a score of " + score(explanation) + ".";
  }

  private static String score(Explanation explanation) {
    float score = explanation.score(explanation.label());
    return explanation.model().problemType() == ProblemType.REGRESSION
        ? Decimals.significant(score)
        : Decimals.probability(score);
  }
}
