package io.github.attentive.pytorch;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.contract.AttentionExplainerContract;
import io.github.attentive.djl.SharedFixtures;
import java.util.List;

/** The contract of every explainer, on an encoder of Hugging Face. */
class HuggingFaceExplainerContractTest extends AttentionExplainerContract {
  @Override
  protected AttentionExplainer openExplainer() {
    return AttentionExplainer.load(SharedFixtures.path("hf/bert"));
  }

  /** What is far too long is cut here to a few times what the model reads. */
  @Override
  protected List<String> texts() {
    return super.texts().stream()
        .map(text -> text.substring(0, Math.min(1000, text.length())))
        .toList();
  }

  /** Padding changes the order of summation in three layers. */
  @Override
  protected float batchTolerance() {
    return 1e-5f;
  }
}
