package io.github.attentive.djl.contract;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.contract.AttentionExplainerContract;
import io.github.attentive.djl.SharedFixtures;

/** The contract of every explainer, on an encoder of Hugging Face. */
public abstract class HuggingFaceExplainerContract extends AttentionExplainerContract {
  @Override
  protected AttentionExplainer openExplainer() {
    return AttentionExplainer.load(SharedFixtures.path("hf/bert"));
  }

  /** Padding changes the order of summation in three layers. */
  @Override
  protected float batchTolerance() {
    return 1e-5f;
  }
}
