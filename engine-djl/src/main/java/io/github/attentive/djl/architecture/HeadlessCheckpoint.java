package io.github.attentive.djl.architecture;

/** What is said of an encoder that no one has taught to classify. */
final class HeadlessCheckpoint {
  static final String REMEDY =
      "an encoder alone gives no labels: fine-tune it first (attentive train --recipe bert --from,"
          + " or AutoModelForSequenceClassification in Python)";

  private HeadlessCheckpoint() {}
}
