package io.github.attentive.pytorch;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.TextInput;
import io.github.attentive.contract.AttentionExplainerContract;
import io.github.attentive.djl.SharedFixtures;
import java.util.ArrayList;
import java.util.List;

/** The contract of every explainer, on pairs of texts. */
class HuggingFacePairsContractTest extends AttentionExplainerContract {
  @Override
  protected AttentionExplainer openExplainer() {
    return AttentionExplainer.load(SharedFixtures.path("hf/bert"));
  }

  /** Each text beside the next one. */
  @Override
  protected List<TextInput> inputs() {
    List<String> texts = texts();
    List<TextInput> pairs = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      pairs.add(TextInput.of(texts.get(i), texts.get((i + 1) % texts.size())));
    }
    return pairs;
  }

  @Override
  protected float batchTolerance() {
    return 1e-5f;
  }
}
