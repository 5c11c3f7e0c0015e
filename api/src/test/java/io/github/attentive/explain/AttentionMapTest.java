package io.github.attentive.explain;

import static io.github.attentive.explain.Samples.ALL;
import static io.github.attentive.explain.Samples.piece;
import static io.github.attentive.explain.Samples.special;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionTensor;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.SpecialTokens;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttentionMapTest {
  private static final Offset<Double> FLOAT = within(1e-6);

  /** Five positions: {@code [CLS] good mov ##ie [SEP]}. */
  private static final AttentionTensor FIVE =
      new AttentionTensor(
          1,
          1,
          5,
          5,
          new float[] {
            0.1f, 0.2f, 0.3f, 0.4f, 0, //
            0.5f, 0, 0.25f, 0.25f, 0, //
            0, 0.4f, 0.2f, 0.2f, 0.2f, //
            0.2f, 0.2f, 0.2f, 0.2f, 0.2f, //
            0.5f, 0, 0, 0, 0.5f
          });

  private static ExplainOptions options(Granularity granularity, SpecialTokens policy) {
    return ExplainOptions.builder().granularity(granularity).specialTokens(policy).build();
  }

  private static AttentionMap map(Granularity granularity, SpecialTokens policy) {
    return AttentionMap.of(
        Samples.explanation(
            Samples.GOOD_MOVIE, Samples.goodMovie(), FIVE, options(granularity, policy)));
  }

  private static void assertWeights(AttentionMap map, double[][] expected) {
    assertThat(map.queries()).hasSize(expected.length);
    for (int q = 0; q < expected.length; q++) {
      assertThat(map.keys()).hasSize(expected[q].length);
      for (int k = 0; k < expected[q].length; k++) {
        assertThat(map.at(q, k)).as("row %d, column %d", q, k).isCloseTo(expected[q][k], FLOAT);
      }
    }
  }

  @Test
  void tokensKept() {
    AttentionMap map = map(Granularity.TOKEN, SpecialTokens.KEEP);
    assertThat(map.keys()).containsExactly("[CLS]", "good", "mov", "##ie", "[SEP]");
    assertThat(map.queries()).isEqualTo(map.keys());
    assertWeights(
        map,
        new double[][] {
          {0.1, 0.2, 0.3, 0.4, 0},
          {0.5, 0, 0.25, 0.25, 0},
          {0, 0.4, 0.2, 0.2, 0.2},
          {0.2, 0.2, 0.2, 0.2, 0.2},
          {0.5, 0, 0, 0, 0.5}
        });
  }

  @Test
  void tokensDropped() {
    AttentionMap map = map(Granularity.TOKEN, SpecialTokens.DROP);
    assertThat(map.keys()).containsExactly("good", "mov", "##ie");
    assertWeights(map, new double[][] {{0, 0.25, 0.25}, {0.4, 0.2, 0.2}, {0.2, 0.2, 0.2}});
  }

  @Test
  void tokensRenormalised() {
    AttentionMap map = map(Granularity.TOKEN, SpecialTokens.RENORMALISE);
    assertWeights(
        map, new double[][] {{0, 0.5, 0.5}, {0.5, 0.25, 0.25}, {1 / 3.0, 1 / 3.0, 1 / 3.0}});
  }

  @Test
  void wordsKept() {
    AttentionMap map = map(Granularity.WORD, SpecialTokens.KEEP);
    assertThat(map.keys()).containsExactly("[CLS]", "good", "movie", "[SEP]");
    assertThat(map.queries()).isEqualTo(map.keys());
    assertWeights(
        map,
        new double[][] {
          {0.1, 0.2, 0.7, 0}, {0.5, 0, 0.5, 0}, {0.1, 0.3, 0.4, 0.2}, {0.5, 0, 0, 0.5}
        });
  }

  @Test
  void wordsDropped() {
    AttentionMap map = map(Granularity.WORD, SpecialTokens.DROP);
    assertThat(map.keys()).containsExactly("good", "movie");
    assertWeights(map, new double[][] {{0, 0.5}, {0.3, 0.4}});
  }

  @Test
  void wordsRenormalised() {
    assertWeights(
        map(Granularity.WORD, SpecialTokens.RENORMALISE),
        new double[][] {{0, 1}, {3 / 7.0, 4 / 7.0}});
  }

  @Test
  void columnsKnowTheirSegments() {
    List<Token> pair =
        List.of(
            special("[CLS]", 0, 0, 0),
            piece("good", 1, 0, 0, 0, 4, 0),
            special("[SEP]", 2, 0, 0),
            piece("mov", 3, 1, 0, 0, 3, 0),
            piece("##ie", 4, 1, 0, 3, 5, 0));
    TextInput input = TextInput.of("good", "movie");
    assertThat(
            AttentionMap.of(
                    Samples.explanation(
                        input, pair, FIVE, options(Granularity.WORD, SpecialTokens.KEEP)))
                .keySegments())
        .containsExactly(0, 0, 0, 1);
    assertThat(
            AttentionMap.of(
                    Samples.explanation(
                        input, pair, FIVE, options(Granularity.TOKEN, SpecialTokens.DROP)))
                .keySegments())
        .containsExactly(0, 1, 1);
  }

  @Test
  void oneQueryIsAPooling() {
    AttentionTensor pooling =
        new AttentionTensor(1, 1, 1, 5, new float[] {0.1f, 0.2f, 0.3f, 0.4f, 0});
    for (Granularity granularity : Granularity.values()) {
      AttentionMap map =
          AttentionMap.of(
              Samples.explanation(
                  Samples.GOOD_MOVIE,
                  Samples.goodMovie(),
                  pooling,
                  options(granularity, SpecialTokens.RENORMALISE)));
      assertThat(map.queries()).containsExactly("pooling");
      if (granularity != Granularity.TOKEN) {
        assertThat(map.keys()).containsExactly("good", "movie");
        assertWeights(map, new double[][] {{2 / 9.0, 7 / 9.0}});
      } else {
        assertThat(map.keys()).containsExactly("good", "mov", "##ie");
        assertWeights(map, new double[][] {{2 / 9.0, 3 / 9.0, 4 / 9.0}});
      }
    }
  }

  @Test
  void equalWordsOfTwoSegmentsStayApart() {
    TextInput pair = TextInput.of("good", "good");
    List<Token> positions =
        List.of(piece("good", 0, 0, 0, 0, 4, 0.5f), piece("good", 1, 1, 0, 0, 4, 0.5f));
    AttentionTensor attention = new AttentionTensor(1, 1, 2, 2, new float[] {0.25f, 0.75f, 1, 0});
    AttentionMap map =
        AttentionMap.of(
            Samples.explanation(
                pair, positions, attention, options(Granularity.WORD, SpecialTokens.KEEP)));
    assertThat(map.keys()).containsExactly("good", "good");
    assertWeights(map, new double[][] {{0.25, 0.75}, {1, 0}});
  }

  @ParameterizedTest
  @EnumSource(SpecialTokens.class)
  void aSpecialTokenInsideAWordKeepsItsHalvesApart(SpecialTokens policy) {
    List<Token> positions =
        List.of(
            piece("go", 0, 0, 0, 0, 2, 0.25f),
            special("[MASK]", 1, 0, 0.5f),
            piece("od", 2, 0, 0, 2, 4, 0.25f));
    AttentionTensor attention = Samples.random(new Random(3), 1, 1, 3, 3);
    AttentionMap map =
        AttentionMap.of(
            Samples.explanation(
                TextInput.of("good"), positions, attention, options(Granularity.WORD, policy)));
    assertThat(map.keys())
        .isEqualTo(
            policy == SpecialTokens.KEEP ? List.of("go", "[MASK]", "od") : List.of("go", "od"));
  }

  @Test
  void aTextOfSpecialTokensAloneGivesAnEmptyMap() {
    List<Token> positions = List.of(special("[CLS]", 0, 0, 0.5f), special("[SEP]", 1, 0, 0.5f));
    AttentionTensor attention = Samples.random(new Random(4), 1, 1, 2, 2);
    for (SpecialTokens policy : List.of(SpecialTokens.DROP, SpecialTokens.RENORMALISE)) {
      AttentionMap map =
          AttentionMap.of(
              Samples.explanation(
                  TextInput.of(""), positions, attention, options(Granularity.WORD, policy)));
      assertThat(map.queries()).isEmpty();
      assertThat(map.keys()).isEmpty();
      assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> map.at(0, 0));
    }
  }

  @Test
  void aRowOfWhichNothingIsLeftStaysZero() {
    List<Token> positions = List.of(special("[CLS]", 0, 0, 1), piece("a", 1, 0, 0, 0, 1, 0));
    AttentionTensor attention = new AttentionTensor(1, 1, 2, 2, new float[] {1, 0, 1, 0});
    AttentionMap map =
        AttentionMap.of(
            Samples.explanation(
                TextInput.of("a"),
                positions,
                attention,
                options(Granularity.WORD, SpecialTokens.RENORMALISE)));
    assertWeights(map, new double[][] {{0}});
  }

  @Test
  void aLayerAndAHeadMayBeChosen() {
    List<Token> positions =
        List.of(
            special("[CLS]", 0, 0, 0.3f),
            piece("a", 1, 0, 0, 0, 1, 0.3f),
            piece("b", 2, 0, 1, 2, 3, 0.4f));
    Explanation e =
        Samples.explanation(
            TextInput.of("a b"), positions, Samples.golden(), ExplainOptions.defaults());
    assertWeights(
        AttentionMap.of(e, OptionalInt.of(1), OptionalInt.of(0)),
        new double[][] {{0.2, 0.5, 0.3}, {0.1, 0.8, 0.1}, {0.6, 0.3, 0.1}});
    assertWeights(
        AttentionMap.of(e, OptionalInt.of(0), ALL),
        new double[][] {{0.4, 0.4, 0.2}, {0.4, 0.325, 0.275}, {0.25, 0.25, 0.5}});
    AttentionMap all = AttentionMap.of(e);
    assertThat(all.at(0, 0)).isCloseTo(0.35, FLOAT);
    assertThat(AttentionMap.of(e, ALL, ALL).at(0, 0)).isEqualTo(all.at(0, 0));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> AttentionMap.of(e, OptionalInt.of(2), ALL))
        .withMessageContaining("layer: expected 0 to 1");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> AttentionMap.of(e, ALL, OptionalInt.of(2)))
        .withMessageContaining("head: expected 0 to 1");
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> all.at(3, 0));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> all.at(0, -1));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> all.keys().clear());
  }

  @Test
  void mergedRowsOfRandomAttentionSumToOne() {
    Random random = new Random(99);
    for (int round = 0; round < 50; round++) {
      Explanation e =
          Samples.explanation(
              Samples.GOOD_MOVIE,
              Samples.goodMovie(),
              Samples.random(random, 1 + random.nextInt(3), 1 + random.nextInt(3), 5, 5),
              options(
                  Granularity.values()[random.nextInt(2)],
                  random.nextBoolean() ? SpecialTokens.KEEP : SpecialTokens.RENORMALISE));
      AttentionMap map = AttentionMap.of(e);
      for (int q = 0; q < map.queries().size(); q++) {
        double sum = 0;
        for (int k = 0; k < map.keys().size(); k++) {
          sum += map.at(q, k);
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
      }
    }
  }

  @Test
  void blanksThatATokenizerKeepsStandByThemselves() {
    List<Token> positions =
        List.of(
            Samples.special("[CLS]", 0, 0, 0),
            Samples.piece("_", 1, 0, 0, 1, 1, 0),
            Samples.piece("good", 2, 0, 1, 2, 6, 0),
            Samples.piece("_", 3, 0, 2, 7, 7, 0),
            Samples.special("[SEP]", 4, 0, 0));
    AttentionMap map =
        AttentionMap.of(
            Samples.explanation(
                TextInput.of("  good  "),
                positions,
                FIVE,
                options(Granularity.WORD, SpecialTokens.KEEP)));
    assertThat(map.keys()).containsExactly("[CLS]", "_", "good", "_", "[SEP]");
    assertThat(map.at(0, 3)).isCloseTo(0.4, FLOAT);
  }
}
