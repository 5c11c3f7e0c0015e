package io.github.attentive.djl.contract;

import io.github.attentive.TextInput;
import java.util.ArrayList;
import java.util.List;

/** The contract of every explainer, on pairs of texts. */
public abstract class HuggingFacePairsContract extends HuggingFaceExplainerContract {
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
}
