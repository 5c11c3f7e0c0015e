package io.github.attentive.tensorflow;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.contract.AttentionExplainerContract;
import io.github.attentive.djl.SharedFixtures;

/** The contract of every explainer, on a model of tokens that masks its padding. */
class ForeignTokensExplainerContractTest extends AttentionExplainerContract {
  @Override
  protected boolean hasQueriesAndKeys() {
    return false;
  }

  @Override
  protected AttentionExplainer openExplainer() {
    return AttentionExplainer.load(
        SharedFixtures.path("keras/v_mha2_mask/saved_model_export"), ForeignProgram.TRUST);
  }
}
