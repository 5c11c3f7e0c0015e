package io.github.attentive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.attentive.explain.AttentionMap;
import io.github.attentive.spi.PositionsRead;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final ModelInfo MODEL =
      new ModelInfo("fake", "fake", 1, 1, 8, List.of("no", "yes"));
  private static final Classification CLASSIFICATION =
      new Classification(
          TextInput.of("good"), MODEL.labels(), new float[] {0.25f, 0.75f}, new float[0], 2, false);
  private static final Token CLS = new Token("[CLS]", 1, 0, 0, Token.NO_WORD, 0, 0, true, 0.25f);
  private static final Token GOOD = new Token("good", 7, 1, 0, 0, 0, 4, false, 0.75f);
  private static final Word WORD = new Word("good", 0, 0, 4, 0.75f);
  private static final Attribution ATTRIBUTION =
      new Attribution(
          Method.ATTENTION,
          "yes",
          Granularity.WORD,
          SpecialTokens.DROP,
          List.of(GOOD),
          List.of(WORD),
          0.25f);
  private static final AttentionTensor ATTENTION =
      new AttentionTensor(1, 1, 1, 2, new float[] {0.25f, 0.75f});

  private static Explanation ordinary() {
    return new Explanation(MODEL, CLASSIFICATION, ATTRIBUTION, List.of(CLS, GOOD), ATTENTION);
  }

  @Test
  void partsAreWithinReach() {
    Explanation e = ordinary();
    assertThat(e.model()).isSameAs(MODEL);
    assertThat(e.classification()).isSameAs(CLASSIFICATION);
    assertThat(e.input()).isEqualTo(TextInput.of("good"));
    assertThat(e.label()).isEqualTo("yes");
    assertThat(e.scores()).isEqualTo(CLASSIFICATION.scores());
    assertThat(e.score("no")).isEqualTo(0.25f);
    assertThat(e.attribution()).isSameAs(ATTRIBUTION);
    assertThat(e.tokens()).containsExactly(GOOD);
    assertThat(e.words()).containsExactly(WORD);
    assertThat(e.positions()).containsExactly(CLS, GOOD);
    assertThat(e.attention()).isSameAs(ATTENTION);
    assertThat(e.toString()).startsWith("Explanation[yes {no=0.25, yes=0.75}").contains("good");
    assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> e.score("maybe"));
  }

  @Test
  void positionsAreCopied() {
    List<Token> positions = new ArrayList<>(List.of(CLS, GOOD));
    Explanation e = new Explanation(MODEL, CLASSIFICATION, ATTRIBUTION, positions, ATTENTION);
    positions.clear();
    assertThat(e.positions()).hasSize(2);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> e.positions().clear());
  }

  @Test
  void everyColumnHasAPosition() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () -> new Explanation(MODEL, CLASSIFICATION, ATTRIBUTION, List.of(CLS), ATTENTION))
        .withMessage("explanation: expected a position for each of the 2 attention columns, got 1");
    List<Token> positions = List.of(CLS, GOOD);
    assertThatNullPointerException()
        .isThrownBy(() -> new Explanation(null, CLASSIFICATION, ATTRIBUTION, positions, ATTENTION));
    assertThatNullPointerException()
        .isThrownBy(() -> new Explanation(MODEL, null, ATTRIBUTION, positions, ATTENTION));
    assertThatNullPointerException()
        .isThrownBy(() -> new Explanation(MODEL, CLASSIFICATION, null, positions, ATTENTION));
    assertThatNullPointerException()
        .isThrownBy(() -> new Explanation(MODEL, CLASSIFICATION, ATTRIBUTION, null, ATTENTION));
    assertThatNullPointerException()
        .isThrownBy(() -> new Explanation(MODEL, CLASSIFICATION, ATTRIBUTION, positions, null));
  }

  private static Explanation withQueriesAndKeys(int positions) {
    QueriesAndKeys queriesAndKeys =
        new QueriesAndKeys(
            1,
            1,
            positions,
            new float[] {1},
            List.of(new float[] {1}),
            List.of(new float[positions]),
            List.of(new float[positions]));
    return new Explanation(
        MODEL,
        CLASSIFICATION,
        ATTRIBUTION,
        List.of(CLS, GOOD),
        ATTENTION,
        PositionsRead.FIRST,
        queriesAndKeys);
  }

  @Test
  void queriesAndKeysHaveTheAttentionsShape() {
    assertThat(ordinary().queriesAndKeys()).isEmpty();
    assertThat(withQueriesAndKeys(2).queriesAndKeys().orElseThrow().positions()).isEqualTo(2);
    assertThat(withQueriesAndKeys(2))
        .isEqualTo(withQueriesAndKeys(2))
        .hasSameHashCodeAs(withQueriesAndKeys(2));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> withQueriesAndKeys(3))
        .withMessage(
            "explanation: expected queries and keys of the attention's shape [1, 1, 1, 2], got"
                + " [1, 1, 1, 3]");
  }

  private static Explanation withoutAttention() {
    return new Explanation(
        MODEL,
        CLASSIFICATION,
        ATTRIBUTION,
        List.of(CLS, GOOD),
        null,
        PositionsRead.FIRST,
        null,
        null);
  }

  private static Explanation withTrust() {
    TrustCard trust =
        new TrustCard(
            0.5,
            0.25,
            OptionalDouble.of(1),
            95,
            0.5,
            0.25,
            OptionalDouble.empty(),
            12,
            Verdict.FAITHFUL);
    return new Explanation(
        MODEL,
        CLASSIFICATION,
        ATTRIBUTION,
        List.of(CLS, GOOD),
        ATTENTION,
        PositionsRead.FIRST,
        null,
        trust);
  }

  @Test
  void modelsWithoutAttentionHaveNoneToShow() {
    assertThat(ordinary().hasAttention()).isTrue();
    Explanation e = withoutAttention();
    assertThat(e.hasAttention()).isFalse();
    assertThat(e.words()).containsExactly(WORD);
    assertThatExceptionOfType(UnsupportedByModelException.class)
        .isThrownBy(e::attention)
        .withMessageContaining("model 'fake' has no attention layer");
    assertThatExceptionOfType(UnsupportedByModelException.class)
        .isThrownBy(() -> AttentionMap.of(e));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () ->
                new Explanation(
                    MODEL,
                    CLASSIFICATION,
                    ATTRIBUTION,
                    List.of(CLS, GOOD),
                    null,
                    PositionsRead.FIRST,
                    withQueriesAndKeys(2).queriesAndKeys().orElseThrow(),
                    null))
        .withMessageContaining("of the attention's shape []");
  }

  @Test
  void trustIsThereIfItWasAskedFor() {
    assertThat(ordinary().trust()).isEmpty();
    assertThat(withTrust().trust().orElseThrow().verdict()).isEqualTo(Verdict.FAITHFUL);
    assertThat(withTrust()).isEqualTo(withTrust()).hasSameHashCodeAs(withTrust());
  }

  @Test
  void equalMeansEqualParts() {
    assertThat(ordinary()).isEqualTo(ordinary()).hasSameHashCodeAs(ordinary());
    List<Token> positions = List.of(CLS, GOOD);
    ModelInfo model = new ModelInfo("other", "fake", 1, 1, 8, MODEL.labels());
    Classification classification =
        new Classification(
            TextInput.of("good"),
            MODEL.labels(),
            new float[] {0.25f, 0.75f},
            new float[0],
            3,
            false);
    Attribution attribution =
        new Attribution(
            Method.ATTENTION, "no", Granularity.WORD, SpecialTokens.DROP, List.of(), List.of(), 0);
    AttentionTensor attention = new AttentionTensor(1, 1, 1, 2, new float[] {0.5f, 0.5f});
    assertThat(ordinary())
        .isNotEqualTo(new Explanation(model, CLASSIFICATION, ATTRIBUTION, positions, ATTENTION))
        .isNotEqualTo(
            new Explanation(
                MODEL, CLASSIFICATION, ATTRIBUTION, positions, ATTENTION, PositionsRead.ALL, null))
        .isNotEqualTo(new Explanation(MODEL, classification, ATTRIBUTION, positions, ATTENTION))
        .isNotEqualTo(new Explanation(MODEL, CLASSIFICATION, attribution, positions, ATTENTION))
        .isNotEqualTo(
            new Explanation(MODEL, CLASSIFICATION, ATTRIBUTION, List.of(GOOD, CLS), ATTENTION))
        .isNotEqualTo(new Explanation(MODEL, CLASSIFICATION, ATTRIBUTION, positions, attention))
        .isNotEqualTo(withQueriesAndKeys(2))
        .isNotEqualTo(withoutAttention())
        .isNotEqualTo(withTrust())
        .isNotEqualTo("yes")
        .isNotEqualTo(null);
  }
}
