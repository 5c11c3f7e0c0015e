package io.github.attentive.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Classifier;
import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import io.github.attentive.contract.AttentionExplainerContract;
import org.junit.jupiter.api.Test;

class FakeExplainerTest extends AttentionExplainerContract {
  private static FakeBuilder builder() {
    return FakeBuilder.of("negative", "positive")
        .word("boring", "negative", 2)
        .word("loved", "positive", 1);
  }

  @Override
  protected AttentionExplainer openExplainer() {
    return builder().explainer();
  }

  @Test
  void knownWordsDecideAndStandOut() {
    try (AttentionExplainer fake = builder().explainer()) {
      Explanation explanation = fake.explain("the plot was boring");
      assertThat(explanation.label()).isEqualTo("negative");
      assertThat(explanation.words().get(3).weight())
          .isGreaterThan(explanation.words().get(0).weight());
    }
  }

  @Test
  void pairIsReadAsSecondSegment() {
    try (AttentionExplainer fake = builder().explainer()) {
      Explanation explanation = fake.explain(TextInput.of("a plot", "loved it"));
      assertThat(explanation.label()).isEqualTo("positive");
      assertThat(explanation.words()).extracting("segment").containsExactly(0, 0, 1, 1);
    }
  }

  @Test
  void refusesUnknownLabelsAndEqualNames() {
    assertThatThrownBy(() -> builder().word("x", "neutral", 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("neutral");
    assertThatThrownBy(() -> FakeBuilder.of("a", "a")).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void classifierHasNoAttention() {
    try (Classifier fake = builder().classifier()) {
      assertThat(fake.info().hasAttention()).isFalse();
      assertThat(fake.classify("boring").label()).isEqualTo("negative");
    }
  }
}
