package io.github.attentive.testing;

import io.github.attentive.Classifier;
import io.github.attentive.contract.ClassifierContract;

class FakeClassifierTest extends ClassifierContract {
  @Override
  protected Classifier open() {
    return FakeBuilder.of("negative", "neutral", "positive")
        .word("boring", "negative", 2)
        .word("plot", "neutral", 0.5f)
        .word("loved", "positive", 3)
        .classifier();
  }
}
