package io.github.attentive.samples.demo;

import io.github.attentive.Classification;
import io.github.attentive.EpochReport;
import io.github.attentive.Explanation;
import org.jspecify.annotations.Nullable;

/**
 * What came of one variant with one seed.
 *
 * @param training the last epoch
 * @param classification of the demo's sentence
 * @param explanation of the same, or null for the variant without attention
 */
record Outcome(
    EpochReport training, Classification classification, @Nullable Explanation explanation) {

  /** The probability of the positive class. */
  float positive() {
    return classification.score(Reviews.LABELS.get(1));
  }

  boolean negative() {
    return classification.label().equals(Reviews.LABELS.get(0));
  }
}
