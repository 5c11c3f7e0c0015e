package io.github.attentive.djl.contract;

import io.github.attentive.Explainer;
import io.github.attentive.Method;
import io.github.attentive.Padding;
import io.github.attentive.TextInput;
import io.github.attentive.contract.ExplanationMethodsContract;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.architecture.BiGruConfig.Attention;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of all methods, on an encoder, a recurrent classifier and one of Keras. */
public abstract class ModelMethodsContract {
  private static final List<TextInput> INPUTS =
      List.of(TextInput.of("the movie was boring, not good"), TextInput.of(""));

  /** Its head is more than dense layers. */
  @Nested
  class OfBert extends ExplanationMethodsContract {
    @Override
    protected Explainer openExplainer() {
      return Explainer.load(SharedFixtures.path("hf/bert"));
    }

    @Override
    protected Set<Method> methods() {
      return EnumSet.complementOf(EnumSet.of(Method.CONTRIBUTIONS));
    }

    @Override
    protected List<TextInput> inputs() {
      return INPUTS;
    }
  }

  /** It pools its states by one query. */
  @Nested
  class OfBiGru extends ExplanationMethodsContract {
    @TempDir Path folder;

    @BeforeEach
    void write() throws IOException {
      BiGruModel.write(folder, BiGruModel.config(Attention.QUERY_FREE, Padding.MASK));
    }

    @Override
    protected Explainer openExplainer() {
      return Explainer.load(folder);
    }

    @Override
    protected Set<Method> methods() {
      return EnumSet.complementOf(EnumSet.of(Method.ROLLOUT, Method.FLOW, Method.RELEVANCE));
    }

    @Override
    protected List<TextInput> inputs() {
      return INPUTS;
    }
  }

  /** It averages what its words see, its padding among them. */
  @Nested
  class OfKeras extends ExplanationMethodsContract {
    @Override
    protected Explainer openExplainer() {
      return Explainer.load(SharedFixtures.path("keras/b_100").resolve("model.keras"));
    }

    @Override
    protected List<TextInput> inputs() {
      return INPUTS;
    }
  }
}
