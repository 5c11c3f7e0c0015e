package io.github.attentive.testing;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.ProblemType;
import io.github.attentive.TextInput;
import io.github.attentive.contract.AttentionExplainerContract;
import java.util.ArrayList;
import java.util.List;

class FakeMultiLabelTest extends AttentionExplainerContract {
  @Override
  protected AttentionExplainer openExplainer() {
    return FakeBuilder.of("dull", "loud", "long")
        .problemType(ProblemType.MULTI_LABEL)
        .word("boring", "dull", 2)
        .word("loved", "dull", -3)
        .word("plot", "long", 1)
        .word("word", "loud", 0.001f)
        .explainer();
  }

  @Override
  protected List<TextInput> inputs() {
    List<TextInput> inputs = new ArrayList<>(super.inputs());
    inputs.add(TextInput.of("loved it", "boring plot"));
    return inputs;
  }
}
