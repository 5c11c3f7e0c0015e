package io.github.attentive.pytorch;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.contract.AttentionExplainerContract;
import io.github.attentive.djl.SharedFixtures;

/** The contract of every explainer, with a tokenizer that keeps blanks as tokens of their own. */
class HuggingFaceBytesContractTest extends AttentionExplainerContract {
  @Override
  protected AttentionExplainer openExplainer() {
    return AttentionExplainer.load(SharedFixtures.path("hf/roberta"));
  }

  @Override
  protected float batchTolerance() {
    return 1e-5f;
  }
}
