package io.github.attentive.pytorch;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.contract.AttentionExplainerContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every explainer, on a trace from Python. */
class ForeignExplainerContractTest extends AttentionExplainerContract {
  @TempDir static Path folder;

  private static Path model;

  @BeforeAll
  static void copy() throws IOException {
    model = ForeignFiles.trace("stacked", folder.resolve("model"));
  }

  @Override
  protected boolean hasQueriesAndKeys() {
    return false;
  }

  @Override
  protected AttentionExplainer openExplainer() {
    return AttentionExplainer.load(model, ForeignFiles.TRUST);
  }
}
