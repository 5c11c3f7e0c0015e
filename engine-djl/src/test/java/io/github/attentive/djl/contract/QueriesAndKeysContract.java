package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LoadOptions;
import io.github.attentive.QueriesAndKeys;
import io.github.attentive.TextInput;
import io.github.attentive.contract.QueriesAndKeysCheck;
import io.github.attentive.djl.SharedFixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Queries and keys of every family, on the engine of the class path: the softmax of the scores is
 * the attention within 1e-6, a batch gives what its texts give alone within 1e-5, and asking
 * changes nothing else.
 */
public abstract class QueriesAndKeysContract {
  private static final ExplainOptions WANTED =
      ExplainOptions.builder().queriesAndKeys(true).build();

  /** Padding changes the order of summation. */
  private static final double BATCH = 1e-5;

  /** How far a score may be from the product of single numbers, in another order of summation. */
  private static final double PRODUCT = 1e-5;

  @SuppressWarnings("unused")
  private static final List<String> FAMILIES = SharedFixtures.HUGGING_FACE;

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void everyFamilyGivesThem(String family) throws IOException {
    HuggingFaceGolden golden = HuggingFaceGolden.of(family);
    assertGiven(golden.directory(), golden.inputs());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a_10x10",
        "b_100",
        "v_bigru",
        "v_bigru_mask",
        "v_mask_zero",
        "v_mha2",
        "v_mha2_mask",
        "v_seq20",
        "v_softmax3",
        "v_use_scale"
      })
  void dotProductsOfKerasGiveThem(String fixture) throws IOException {
    Path model = SharedFixtures.path("keras").resolve(fixture);
    GoldenSentences golden = GoldenSentences.read(model.resolve("golden.json"));
    assertGiven(model.resolve("model.keras"), golden.inputs());
  }

  private static void assertGiven(Path directory, List<TextInput> inputs) {
    LoadOptions options = LoadOptions.builder().batchSize(5).build();
    try (AttentionExplainer model = AttentionExplainer.load(directory, options)) {
      List<Explanation> without = model.explainAll(inputs, ExplainOptions.defaults());
      List<Explanation> together = model.explainAll(inputs, WANTED);
      for (int i = 0; i < inputs.size(); i++) {
        Explanation given = together.get(i);
        QueriesAndKeysCheck.assertGiveAttention(given);
        assertNothingElseChanged(given, without.get(i));
        Explanation alone = model.explain(inputs.get(i), WANTED);
        QueriesAndKeysCheck.assertClose(
            given.queriesAndKeys().orElseThrow(), alone.queriesAndKeys().orElseThrow(), BATCH);
        assertNothingElseChanged(alone, model.explain(inputs.get(i)));
      }
    }
  }

  /** To the last bit: the function has the same steps. */
  private static void assertNothingElseChanged(Explanation given, Explanation without) {
    assertThat(without.queriesAndKeys()).isEmpty();
    assertThat(given.classification()).isEqualTo(without.classification());
    assertThat(given.attention()).isEqualTo(without.attention());
    assertThat(given.positions()).isEqualTo(without.positions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "albert", "distilbert", "electra", "roberta", "xlm-roberta"})
  void withoutAnythingAddedScoresAreScaledProducts(String family) throws IOException {
    HuggingFaceGolden golden = HuggingFaceGolden.of(family);
    try (AttentionExplainer model = AttentionExplainer.load(golden.directory())) {
      for (TextInput input : golden.inputs()) {
        QueriesAndKeys found = model.explain(input, WANTED).queriesAndKeys().orElseThrow();
        assertThat(found.size(0)).isPositive();
        assertThat(found.scale(0)).isEqualTo((float) (1 / Math.sqrt(found.size(0))));
        QueriesAndKeysCheck.assertScoresAreProducts(found, PRODUCT);
      }
    }
  }

  @Test
  void aWindowIsInTheScores() throws IOException {
    HuggingFaceGolden golden = HuggingFaceGolden.of("modernbert");
    try (AttentionExplainer model = AttentionExplainer.load(golden.directory())) {
      double least =
          golden.inputs().stream()
              .map(input -> model.explain(input, WANTED).queriesAndKeys().orElseThrow())
              .flatMap(QueriesAndKeysContract::firstRowScores)
              .mapToDouble(Float::doubleValue)
              .min()
              .orElseThrow();
      assertThat(least).isLessThan(-1e29);
    }
  }

  private static Stream<Float> firstRowScores(QueriesAndKeys found) {
    return Stream.iterate(0, layer -> layer < found.layers(), layer -> layer + 1)
        .map(layer -> found.score(layer, 0, 0, found.positions() - 1));
  }

  @ParameterizedTest
  @CsvSource({
    "v_additive, of additive attention",
    "v_concat, of attention with score_mode concat",
    "v_concat_noscale, of attention with score_mode concat"
  })
  void otherAttentionOfKerasIsRefused(String fixture, String kind) throws IOException {
    Path model = SharedFixtures.path("keras").resolve(fixture).resolve("model.keras");
    try (AttentionExplainer explainer = AttentionExplainer.load(model)) {
      assertThatThrownBy(() -> explainer.explain(TextInput.of("good"), WANTED))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("got layer '")
          .hasMessageContaining(kind)
          .hasMessageEndingWith("explain without ExplainOptions.queriesAndKeys");
      assertThat(explainer.explain("good").queriesAndKeys()).isEmpty();
    }
  }
}
