package io.github.attentive.testing;

import io.github.attentive.Explainer;
import io.github.attentive.Method;
import io.github.attentive.ProblemType;
import io.github.attentive.TextInput;
import io.github.attentive.contract.ExplanationMethodsContract;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** Every method over fakes of every kind. */
class FakeMethodsTest {
  private static final FakeBuilder REVIEWS =
      FakeBuilder.of("negative", "neutral", "positive")
          .word("boring", "negative", 2)
          .word("plot", "neutral", 0.5f)
          .word("loved", "positive", 3);

  private static List<TextInput> withPairs(List<TextInput> inputs) {
    List<TextInput> all = new ArrayList<>(inputs);
    all.add(TextInput.of("I loved it", "a boring plot"));
    all.add(TextInput.of("", "boring"));
    return all;
  }

  @Nested
  class OfOneLabel extends ExplanationMethodsContract {
    @Override
    protected Explainer openExplainer() {
      return REVIEWS.explainer();
    }

    @Override
    protected List<TextInput> inputs() {
      return withPairs(super.inputs());
    }
  }

  @Nested
  class WithoutAttention extends ExplanationMethodsContract {
    @Override
    protected Explainer openExplainer() {
      return REVIEWS.classifier();
    }

    @Override
    protected Set<Method> methods() {
      return EnumSet.range(Method.INTEGRATED_GRADIENTS, Method.SHAP);
    }

    @Override
    protected List<TextInput> inputs() {
      return withPairs(super.inputs());
    }
  }

  @Nested
  class OfSeveralLabels extends ExplanationMethodsContract {
    @Override
    protected Explainer openExplainer() {
      return FakeBuilder.of("dull", "loud", "long")
          .problemType(ProblemType.MULTI_LABEL)
          .word("boring", "dull", 2)
          .word("loved", "dull", -3)
          .word("plot", "long", 1)
          .explainer();
    }
  }

  @Nested
  class OfRegressions extends ExplanationMethodsContract {
    @Override
    protected Explainer openExplainer() {
      return FakeBuilder.of("stars")
          .problemType(ProblemType.REGRESSION)
          .word("boring", "stars", -2)
          .word("loved", "stars", 3.5f)
          .explainer();
    }
  }
}
