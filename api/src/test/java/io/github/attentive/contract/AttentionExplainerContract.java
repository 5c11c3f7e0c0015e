package io.github.attentive.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.AttentionTensor;
import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.SpecialTokens;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.Word;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every explainer of every engine does, besides what a classifier does. */
public abstract class AttentionExplainerContract extends ClassifierContract {
  /** Created by JUnit. */
  protected AttentionExplainerContract() {}

  /**
   * Opens the explainer under test.
   *
   * @return a new one; the test closes it
   */
  protected abstract AttentionExplainer openExplainer();

  @Override
  protected final Classifier open() {
    return openExplainer();
  }

  private List<TextInput> inputs() {
    return texts().stream().map(TextInput::of).toList();
  }

  private static ExplainOptions with(SpecialTokens policy) {
    return ExplainOptions.builder().specialTokens(policy).build();
  }

  @Test
  void explanationAgreesWithClassification() {
    try (AttentionExplainer explainer = openExplainer()) {
      for (TextInput input : inputs()) {
        Explanation explanation = explainer.explain(input);
        Classification classification = explainer.classify(input);
        assertThat(explanation.label()).isEqualTo(classification.label());
        assertThat(explanation.positions()).hasSize(classification.tokens());
        for (String label : explainer.labels()) {
          assertThat(explanation.score(label))
              .isCloseTo(classification.score(label), within(1e-5f));
        }
      }
    }
  }

  @Test
  void rowsOfAttentionSumToOne() {
    try (AttentionExplainer explainer = openExplainer()) {
      for (Explanation explanation : explainer.explainAll(inputs(), ExplainOptions.defaults())) {
        AttentionTensor attention = explanation.attention();
        assertThat(attention.layers()).isEqualTo(explainer.info().layers());
        assertThat(attention.heads()).isEqualTo(explainer.info().heads());
        assertThat(attention.keys()).isEqualTo(explanation.positions().size());
        for (int l = 0; l < attention.layers(); l++) {
          for (int h = 0; h < attention.heads(); h++) {
            for (int q = 0; q < attention.queries(); q++) {
              double sum = 0;
              for (int k = 0; k < attention.keys(); k++) {
                assertThat(attention.at(l, h, q, k)).isBetween(0f, 1.00001f);
                sum += attention.at(l, h, q, k);
              }
              assertThat(sum).isCloseTo(1, within(1e-5));
            }
          }
        }
      }
    }
  }

  @Test
  void weightsReproduceFromTheTensor() {
    try (AttentionExplainer explainer = openExplainer()) {
      for (Explanation explanation : explainer.explainAll(inputs(), ExplainOptions.defaults())) {
        assertThat(explanation.tokens()).isEqualTo(explanation.positions());
        boolean byFirst = true;
        boolean byAll = true;
        for (Token token : explanation.tokens()) {
          double first = received(explanation.attention(), token.position(), 1);
          double all =
              received(
                  explanation.attention(), token.position(), explanation.attention().queries());
          byFirst &= Math.abs(first - token.weight()) < 1e-5;
          byAll &= Math.abs(all - token.weight()) < 1e-5;
        }
        assertThat(byFirst || byAll)
            .as("weights are those of the first row or of the mean over the rows")
            .isTrue();
      }
    }
  }

  private static double received(AttentionTensor attention, int key, int rows) {
    double sum = 0;
    for (int l = 0; l < attention.layers(); l++) {
      for (int h = 0; h < attention.heads(); h++) {
        for (int q = 0; q < rows; q++) {
          sum += attention.at(l, h, q, key);
        }
      }
    }
    return sum / ((double) attention.layers() * attention.heads() * rows);
  }

  @Test
  void wordsAreTheCallersOwnSubstrings() {
    try (AttentionExplainer explainer = openExplainer()) {
      for (Explanation explanation : explainer.explainAll(inputs(), ExplainOptions.defaults())) {
        String text = explanation.input().text();
        int end = 0;
        for (Word word : explanation.words()) {
          assertThat(word.start()).isGreaterThanOrEqualTo(end);
          assertThat(word.text()).isEqualTo(text.substring(word.start(), word.end())).isNotEmpty();
          end = word.end();
          double sum =
              explanation.tokens().stream()
                  .filter(t -> !t.special())
                  .filter(t -> t.start() >= word.start() && t.end() <= word.end())
                  .mapToDouble(Token::weight)
                  .sum();
          assertThat((double) word.weight()).isCloseTo(sum, within(1e-6));
        }
      }
    }
  }

  @Test
  void policiesForSpecialTokens() {
    try (AttentionExplainer explainer = openExplainer()) {
      for (TextInput input : inputs()) {
        Explanation kept = explainer.explain(input, with(SpecialTokens.KEEP));
        Explanation dropped = explainer.explain(input, with(SpecialTokens.DROP));
        Explanation renormalised = explainer.explain(input, with(SpecialTokens.RENORMALISE));
        double special =
            kept.tokens().stream().filter(Token::special).mapToDouble(Token::weight).sum();
        assertThat(kept.attribution().dropped()).isZero();
        assertThat(dropped.tokens())
            .isEqualTo(kept.tokens().stream().filter(t -> !t.special()).toList());
        assertThat((double) dropped.attribution().dropped()).isCloseTo(special, within(1e-6));
        assertThat(renormalised.tokens()).hasSameSizeAs(dropped.tokens());
        double sum = renormalised.tokens().stream().mapToDouble(Token::weight).sum();
        assertThat(sum).isCloseTo(dropped.tokens().isEmpty() ? 0 : 1, within(1e-5));
        assertThat(dropped.attention()).isEqualTo(kept.attention());
      }
    }
  }

  @Test
  void oneLayerAndHead() {
    try (AttentionExplainer explainer = openExplainer()) {
      TextInput input = TextInput.of("the movie was boring");
      Explanation one = explainer.explain(input, ExplainOptions.builder().layer(0).head(0).build());
      assertThat(one.tokens()).hasSize(one.attention().keys());
      assertThatThrownBy(
              () ->
                  explainer.explain(
                      input, ExplainOptions.builder().layer(explainer.info().layers()).build()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("layer");
      assertThatThrownBy(
              () ->
                  explainer.explain(
                      input, ExplainOptions.builder().head(explainer.info().heads()).build()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("head");
      assertThatThrownBy(
              () -> explainer.explain(input, ExplainOptions.builder().target("?").build()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("target");
    }
  }
}
