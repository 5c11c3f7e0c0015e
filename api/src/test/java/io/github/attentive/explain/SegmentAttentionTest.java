package io.github.attentive.explain;

import static io.github.attentive.explain.Samples.ALL;
import static io.github.attentive.explain.Samples.piece;
import static io.github.attentive.explain.Samples.special;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.AttentionTensor;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.SpecialTokens;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.explain.SegmentAttention.Row;
import io.github.attentive.testing.FakeBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentAttentionTest {
  private static final Offset<Double> FLOAT = within(1e-6);
  private static final TextInput PAIR = TextInput.of("good movie", "fun");

  /** {@code [CLS] good movie [SEP] fun [SEP]}. */
  private static final List<Token> SIX =
      List.of(
          special("[CLS]", 0, 0, 0),
          piece("good", 1, 0, 0, 0, 4, 0),
          piece("movie", 2, 0, 1, 5, 10, 0),
          special("[SEP]", 3, 0, 0),
          piece("fun", 4, 1, 0, 0, 3, 0),
          special("[SEP]", 5, 1, 0));

  /** Two heads; the rows of special tokens are such that they would be noticed. */
  private static final AttentionTensor HEADS =
      new AttentionTensor(
          1,
          2,
          6,
          6,
          new float[] {
            0, 0, 0, 0, 1, 0, //
            0.1f, 0.2f, 0.3f, 0.1f, 0.2f, 0.1f, //
            0.2f, 0.4f, 0.1f, 0, 0.3f, 0, //
            0, 0, 0, 0, 1, 0, //
            0.1f, 0.25f, 0.35f, 0.05f, 0.15f, 0.1f, //
            0, 0, 0, 0, 1, 0, //
            0, 0, 0, 0, 1, 0, //
            0, 0.5f, 0.5f, 0, 0, 0, //
            0, 0.5f, 0.5f, 0, 0, 0, //
            0, 0, 0, 0, 1, 0, //
            0, 0, 0, 0, 1, 0, //
            0, 0, 0, 0, 1, 0
          });

  private static Explanation explanation(
      TextInput input, List<Token> positions, AttentionTensor attention) {
    return Samples.explanation(input, positions, attention, ExplainOptions.defaults());
  }

  private static void assertRow(Row row, int queries, double toA, double toB, double toSpecial) {
    assertThat(row.queries()).isEqualTo(queries);
    assertThat(row.toA()).as("to A").isCloseTo(toA, FLOAT);
    assertThat(row.toB()).as("to B").isCloseTo(toB, FLOAT);
    assertThat(row.toSpecial()).as("to special").isCloseTo(toSpecial, FLOAT);
  }

  @Test
  void blocksAreThoseComputedByHand() {
    Explanation pair = explanation(PAIR, SIX, HEADS);
    SegmentAttention first = SegmentAttention.of(pair, OptionalInt.of(0), OptionalInt.of(0));
    // good: 0.5 to A, 0.2 to B, 0.3 to special; movie: 0.5, 0.3, 0.2; A is their mean.
    assertRow(first.a(), 2, 0.5, 0.25, 0.25);
    assertRow(first.b(), 1, 0.6, 0.15, 0.25);
    SegmentAttention second = SegmentAttention.of(pair, ALL, OptionalInt.of(1));
    assertRow(second.a(), 2, 1, 0, 0);
    assertRow(second.b(), 1, 0, 1, 0);
    SegmentAttention mean = SegmentAttention.of(pair);
    assertRow(mean.a(), 2, 0.75, 0.125, 0.125);
    assertRow(mean.b(), 1, 0.3, 0.575, 0.125);
    assertThat(mean).isEqualTo(SegmentAttention.of(pair, ALL, ALL));
  }

  @Test
  void aTextWithoutPairLooksAtItselfAndAtSpecialTokens() {
    SegmentAttention single =
        SegmentAttention.of(
            explanation(
                Samples.GOOD_MOVIE,
                Samples.goodMovie(),
                Samples.random(new Random(7), 2, 2, 5, 5)));
    assertThat(single.a().queries()).isEqualTo(3);
    assertThat(single.a().toA()).isBetween(0.01, 0.99);
    assertThat(single.a().toB()).isZero();
    assertThat(single.a().toA() + single.a().toSpecial()).isCloseTo(1, within(1e-5));
    assertThat(single.b()).isEqualTo(new Row(0, 0, 0, 0));
  }

  @Test
  void anEmptySegmentHasNoQueriesAndZeros() {
    try (AttentionExplainer fake = FakeBuilder.of("a", "b").explainer()) {
      SegmentAttention noPair = SegmentAttention.of(fake.explain(TextInput.of("x y", "")));
      assertRow(noPair.a(), 2, 2 / 3.0, 0, 1 / 3.0);
      assertThat(noPair.b()).isEqualTo(new Row(0, 0, 0, 0));
      SegmentAttention noText = SegmentAttention.of(fake.explain(TextInput.of(" ", "x y")));
      assertThat(noText.a()).isEqualTo(new Row(0, 0, 0, 0));
      assertRow(noText.b(), 2, 0, 2 / 3.0, 1 / 3.0);
      SegmentAttention nothing = SegmentAttention.of(fake.explain(TextInput.of("", "")));
      assertThat(nothing).isEqualTo(new SegmentAttention(new Row(0, 0, 0, 0), new Row(0, 0, 0, 0)));
    }
  }

  @Test
  void theQueryOfPoolingBelongsToNoSegment() {
    SegmentAttention pooling =
        SegmentAttention.of(explanation(PAIR, SIX, Samples.random(new Random(1), 1, 1, 1, 6)));
    assertThat(pooling).isEqualTo(new SegmentAttention(new Row(0, 0, 0, 0), new Row(0, 0, 0, 0)));
  }

  @ParameterizedTest
  @EnumSource(SpecialTokens.class)
  void thePolicyForSpecialTokensHasNoSay(SpecialTokens policy) {
    ExplainOptions options = ExplainOptions.builder().specialTokens(policy).build();
    assertThat(SegmentAttention.of(Samples.explanation(PAIR, SIX, HEADS, options)))
        .isEqualTo(SegmentAttention.of(explanation(PAIR, SIX, HEADS)));
  }

  /** Any mixture of the two segments and special tokens, in any order. */
  private static List<Token> randomPositions(Random random, int size) {
    List<Token> positions = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int segment = random.nextInt(2);
      positions.add(
          random.nextInt(3) == 0
              ? special("[SEP]", i, segment, 0)
              : piece("t", i, segment, i, 0, 1, 0));
    }
    return positions;
  }

  private static List<Token> withSegmentsSwapped(List<Token> positions) {
    return positions.stream()
        .map(
            t ->
                new Token(
                    t.text(),
                    t.id(),
                    t.position(),
                    1 - t.segment(),
                    t.word(),
                    0,
                    t.end(),
                    t.special(),
                    0))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void rowsSumToOneAndBlocksAreTheMeansOfTheirCells(long seed) {
    Random random = new Random(seed);
    TextInput input = TextInput.of("t", "t");
    for (int round = 0; round < 20; round++) {
      int size = 1 + random.nextInt(12);
      List<Token> positions = randomPositions(random, size);
      AttentionTensor attention =
          Samples.random(random, 1 + random.nextInt(3), 1 + random.nextInt(3), size, size);
      SegmentAttention blocks = SegmentAttention.of(explanation(input, positions, attention));
      double[][] expected = new double[2][3];
      int[] rows = new int[2];
      int heads = attention.layers() * attention.heads();
      for (Token from : positions) {
        if (!from.special()) {
          rows[from.segment()]++;
          for (Token to : positions) {
            for (int l = 0; l < attention.layers(); l++) {
              for (int h = 0; h < attention.heads(); h++) {
                expected[from.segment()][to.special() ? 2 : to.segment()] +=
                    attention.at(l, h, from.position(), to.position()) / heads;
              }
            }
          }
        }
      }
      Row[] actual = {blocks.a(), blocks.b()};
      for (int segment = 0; segment < 2; segment++) {
        int n = Math.max(1, rows[segment]);
        double[] mean = expected[segment];
        assertRow(actual[segment], rows[segment], mean[0] / n, mean[1] / n, mean[2] / n);
        assertThat(actual[segment].toA() + actual[segment].toB() + actual[segment].toSpecial())
            .isCloseTo(rows[segment] == 0 ? 0 : 1, within(1e-5));
      }
      SegmentAttention swapped =
          SegmentAttention.of(explanation(input, withSegmentsSwapped(positions), attention));
      assertRow(
          swapped.b(),
          blocks.a().queries(),
          blocks.a().toB(),
          blocks.a().toA(),
          blocks.a().toSpecial());
      assertRow(
          swapped.a(),
          blocks.b().queries(),
          blocks.b().toB(),
          blocks.b().toA(),
          blocks.b().toSpecial());
    }
  }

  @Test
  void whatIsNotThereIsRefused() {
    Explanation pair = explanation(PAIR, SIX, HEADS);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> SegmentAttention.of(pair, OptionalInt.of(1), ALL))
        .withMessage("layer: expected 0 to 0, the model's, got 1");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> SegmentAttention.of(pair, ALL, OptionalInt.of(2)))
        .withMessage("head: expected 0 to 1, the model's, got 2");
    assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> new Row(-1, 0, 0, 0));
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> new Row(1, value, 0, 0))
          .withMessage(
              "segment attention: expected 0 or more queries and finite weights, got 1 and %s, 0.0,"
                  + " 0.0",
              value);
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> new Row(1, 0, value, 0));
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> new Row(1, 0, 0, value));
    }
    Row row = new Row(0, 0, 0, 0);
    assertThatNullPointerException().isThrownBy(() -> new SegmentAttention(null, row));
    assertThatNullPointerException().isThrownBy(() -> new SegmentAttention(row, null));
  }
}
