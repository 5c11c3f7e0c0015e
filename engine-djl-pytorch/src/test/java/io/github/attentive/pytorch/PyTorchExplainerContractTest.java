package io.github.attentive.pytorch;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Trainer;
import io.github.attentive.contract.AttentionExplainerContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every explainer, on a model with attention. */
class PyTorchExplainerContractTest extends AttentionExplainerContract {
  @TempDir static Path model;

  @BeforeAll
  static void train() {
    Trainer.train(Reviews.attention(30).learningRate(0.02f).build(), Reviews.small(), model);
  }

  @Override
  protected AttentionExplainer openExplainer() {
    return AttentionExplainer.load(model);
  }
}
