package io.github.attentive.pytorch;

import io.github.attentive.Classifier;
import io.github.attentive.Trainer;
import io.github.attentive.contract.ClassifierContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every classifier, on a model without attention and with three classes. */
class PyTorchClassifierContractTest extends ClassifierContract {
  @TempDir static Path model;

  @BeforeAll
  static void train() {
    Trainer.train(Reviews.pooling(30).learningRate(0.02f).build(), Reviews.threeKinds(), model);
  }

  @Override
  protected Classifier open() {
    return Classifier.load(model);
  }
}
