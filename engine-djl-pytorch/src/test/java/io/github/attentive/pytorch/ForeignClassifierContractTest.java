package io.github.attentive.pytorch;

import io.github.attentive.Classifier;
import io.github.attentive.contract.ClassifierContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every classifier, on a program without attention. */
class ForeignClassifierContractTest extends ClassifierContract {
  @TempDir static Path folder;

  private static Path model;

  @BeforeAll
  static void write() throws IOException {
    model = ForeignFiles.program(folder.resolve("model"), "Tensor", "logits");
  }

  @Override
  protected Classifier open() {
    return Classifier.load(model, ForeignFiles.TRUST);
  }
}
