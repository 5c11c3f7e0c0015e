package io.github.attentive.testing;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.ProblemType;
import io.github.attentive.TextInput;
import io.github.attentive.contract.AttentionExplainerContract;
import java.util.ArrayList;
import java.util.List;

class FakeMultipleRegressionTest extends AttentionExplainerContract {
  @Override
  protected AttentionExplainer openExplainer() {
    return FakeBuilder.of("plot", "acting")
        .problemType(ProblemType.REGRESSION)
        .word("boring", "plot", -2)
        .word("loved", "acting", 3.5f)
        .word("acting,", "acting", -7)
        .explainer();
  }

  @Override
  protected List<TextInput> inputs() {
    List<TextInput> inputs = new ArrayList<>(super.inputs());
    inputs.add(TextInput.of("loved it", "boring plot"));
    return inputs;
  }
}
