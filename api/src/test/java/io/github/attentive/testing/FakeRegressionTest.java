package io.github.attentive.testing;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.ProblemType;
import io.github.attentive.TextInput;
import io.github.attentive.contract.AttentionExplainerContract;
import java.util.ArrayList;
import java.util.List;

class FakeRegressionTest extends AttentionExplainerContract {
  @Override
  protected AttentionExplainer openExplainer() {
    return FakeBuilder.of("stars")
        .problemType(ProblemType.REGRESSION)
        .word("boring", "stars", -2)
        .word("loved", "stars", 3.5f)
        .word("word", "stars", 0.001f)
        .explainer();
  }

  @Override
  protected List<TextInput> inputs() {
    List<TextInput> inputs = new ArrayList<>(super.inputs());
    inputs.add(TextInput.of("loved it", "boring plot"));
    return inputs;
  }
}
