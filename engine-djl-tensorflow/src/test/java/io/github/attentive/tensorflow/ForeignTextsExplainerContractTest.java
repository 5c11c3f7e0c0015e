package io.github.attentive.tensorflow;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.contract.AttentionExplainerContract;
import io.github.attentive.djl.SharedFixtures;

/** The contract of every explainer, on a model of texts. */
class ForeignTextsExplainerContractTest extends AttentionExplainerContract {
  @Override
  protected boolean hasQueriesAndKeys() {
    return false;
  }

  @Override
  protected AttentionExplainer openExplainer() {
    return AttentionExplainer.load(
        SharedFixtures.path("keras/b_100/saved_model_string"), ForeignProgram.TRUST);
  }
}
