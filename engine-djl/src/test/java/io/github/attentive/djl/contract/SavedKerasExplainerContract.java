package io.github.attentive.djl.contract;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.contract.AttentionExplainerContract;
import io.github.attentive.djl.SharedFixtures;

/** The contract of every explainer, on a recurrent model of Keras that masks its padding. */
public abstract class SavedKerasExplainerContract extends AttentionExplainerContract {
  @Override
  protected AttentionExplainer openExplainer() {
    return AttentionExplainer.load(SharedFixtures.path("keras/v_bigru_mask/model.keras"));
  }
}
