package io.github.attentive.viz;

import io.github.attentive.Explanation;

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
    return Decimals.probability(explanation.score(explanation.label()));
  }
}
