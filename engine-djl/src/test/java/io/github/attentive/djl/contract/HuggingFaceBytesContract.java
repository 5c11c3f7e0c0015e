package io.github.attentive.djl.contract;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.djl.SharedFixtures;

/** The contract of every explainer, with a tokenizer that keeps blanks as tokens of their own. */
public abstract class HuggingFaceBytesContract extends HuggingFaceExplainerContract {
  @Override
  protected AttentionExplainer openExplainer() {
    return AttentionExplainer.load(SharedFixtures.path("hf/roberta"));
  }
}
