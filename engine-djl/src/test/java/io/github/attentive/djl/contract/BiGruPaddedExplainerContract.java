package io.github.attentive.djl.contract;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Padding;
import io.github.attentive.TextInput;
import io.github.attentive.contract.AttentionExplainerContract;
import io.github.attentive.djl.architecture.BiGruConfig.Attention;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every explainer, on a recurrent classifier that reads its padding, and pairs. */
public abstract class BiGruPaddedExplainerContract extends AttentionExplainerContract {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    BiGruModel.write(folder, BiGruModel.config(Attention.QUERY_FREE, Padding.ATTEND));
  }

  @Override
  protected boolean hasQueriesAndKeys() {
    return false;
  }

  @Override
  protected AttentionExplainer openExplainer() {
    return AttentionExplainer.load(folder);
  }

  @Override
  protected List<TextInput> inputs() {
    List<TextInput> inputs = new ArrayList<>(super.inputs());
    inputs.add(TextInput.of("was the film good?", "not the plot"));
    return inputs;
  }
}
