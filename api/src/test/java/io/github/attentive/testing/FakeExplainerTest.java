package io.github.attentive.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Explanation;
import io.github.attentive.TextInput;
import io.github.attentive.contract.AttentionExplainerContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeExplainerTest extends AttentionExplainerContract {
  @Override
  protected AttentionExplainer openExplainer() {
    return FakeBuilder.of("negative", "positive")
        .word("boring", "negative", 2)
        .word("loved", "positive", 1)
        .word("word", "positive", 0.001f)
        .explainer();
  }

  @Override
  protected List<TextInput> inputs() {
    List<TextInput> inputs = new ArrayList<>(super.inputs());
    inputs.add(TextInput.of("same words here", "same words here"));
    inputs.add(TextInput.of("", "boring"));
    inputs.add(TextInput.of("loved", ""));
    return inputs;
  }

  @Test
  void knownWordsDecideAndStandOut() {
    try (AttentionExplainer fake = openExplainer()) {
      Explanation explanation = fake.explain("the plot was boring");
      assertThat(explanation.label()).isEqualTo("negative");
      assertThat(explanation.words().get(3).weight())
          .isGreaterThan(explanation.words().get(0).weight());
    }
  }

  @Test
  void pairIsReadAsSecondSegment() {
    try (AttentionExplainer fake = openExplainer()) {
      Explanation explanation = fake.explain(TextInput.of("a plot", "loved it"));
      assertThat(explanation.label()).isEqualTo("positive");
      assertThat(explanation.words()).extracting("segment").containsExactly(0, 0, 1, 1);
    }
  }
}
