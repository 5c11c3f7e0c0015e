package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Explanation;
import io.github.attentive.Padding;
import io.github.attentive.Token;
import io.github.attentive.contract.AttentionExplainerContract;
import io.github.attentive.djl.architecture.BiGruConfig.Attention;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every explainer, on a recurrent classifier that masks its padding. */
public abstract class BiGruExplainerContract extends AttentionExplainerContract {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    BiGruModel.write(folder, BiGruModel.config(Attention.FINAL_STATE, Padding.MASK));
  }

  @Override
  protected boolean hasQueriesAndKeys() {
    return false;
  }

  @Override
  protected AttentionExplainer openExplainer() {
    return AttentionExplainer.load(folder);
  }

  @Test
  void oneQueryLooksAtTheTokensAlone() {
    try (AttentionExplainer explainer = openExplainer()) {
      Explanation explanation = explainer.explain("The movie was boring.");
      assertThat(explanation.positions())
          .extracting(Token::text)
          .containsExactly("[CLS]", "the", "movie", "was", "boring", ".", "[SEP]");
      assertThat(explanation.attention().shape()).containsExactly(1, 1, 1, 7);
      for (Token token : explanation.positions()) {
        assertThat(token.weight()).isEqualTo(explanation.attention().at(0, 0, 0, token.position()));
      }
    }
  }

  @Test
  void thePaddingThatAModelReadsIsShown() throws IOException {
    for (Attention attention : Attention.values()) {
      BiGruModel.write(folder, BiGruModel.config(attention, Padding.ATTEND));
      try (AttentionExplainer explainer = openExplainer()) {
        Explanation explanation = explainer.explain("good film");
        List<Token> positions = explanation.positions();
        assertThat(positions.subList(0, 4))
            .extracting(Token::text)
            .containsExactly("[CLS]", "good", "film", "[SEP]");
        assertThat(positions.subList(4, 24))
            .allSatisfy(
                token -> {
                  assertThat(token.text()).isEqualTo("[PAD]");
                  assertThat(token.special()).isTrue();
                  assertThat(token.weight()).isPositive();
                });
        assertThat(explanation.attention().shape()).containsExactly(1, 1, 1, 24);
      }
    }
  }
}
