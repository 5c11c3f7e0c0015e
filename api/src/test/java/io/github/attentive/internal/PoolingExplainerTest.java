package io.github.attentive.internal;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.TextInput;
import io.github.attentive.contract.AttentionExplainerContract;
import io.github.attentive.spi.PositionsRead;
import java.util.ArrayList;
import java.util.List;

class PoolingExplainerTest extends AttentionExplainerContract {
  @Override
  protected AttentionExplainer openExplainer() {
    return new ModelExplainer(new StubModel(1, 1, PositionsRead.FIRST, true));
  }

  @Override
  protected List<TextInput> inputs() {
    List<TextInput> inputs = new ArrayList<>(super.inputs());
    inputs.add(TextInput.of("some pieces", "some pieces"));
    inputs.add(TextInput.of("", ""));
    return inputs;
  }
}
