package io.github.attentive.djl.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesOfLikeLengthTest {
  private static final int COUNT = 4_003;
  private static final int SIZE = 16;

  private final TokenExamples examples = NumberedTexts.examples(COUNT);

  private BatchOrder order(long seed) {
    return new BatchesOfLikeLength(examples, SIZE, new SplittableRandom(seed));
  }

  @Test
  void everyExampleIsInOneBatch() {
    BatchOrder order = order(1);
    for (int epoch = 0; epoch < 3; epoch++) {
      List<int[]> batches = order.next();
      assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted().toArray())
          .containsExactly(IntStream.range(0, COUNT).toArray());
      assertThat(batches).hasSize((COUNT + SIZE - 1) / SIZE);
      assertThat(batches.stream().filter(batch -> batch.length != SIZE)).hasSize(1);
    }
  }

  /** At random a batch would be padded to the longest of all; here few have two lengths. */
  @Test
  void batchesHoldTextsOfLikeLength() {
    int mixed = 0;
    for (int[] batch : order(2).next()) {
      int least = Arrays.stream(batch).map(examples::length).min().orElseThrow();
      int most = Arrays.stream(batch).map(examples::length).max().orElseThrow();
      assertThat(most - least).isLessThanOrEqualTo(1);
      mixed += most > least ? 1 : 0;
    }
    assertThat(mixed).isLessThan(30);
  }

  @Test
  void noEpochGoesByLength() {
    List<Integer> lengths = new ArrayList<>();
    for (int[] batch : order(3).next().subList(0, 40)) {
      lengths.add(examples.length(batch[0]));
    }
    assertThat(new HashSet<>(lengths)).hasSize(5);
    assertThat(lengths).isNotEqualTo(lengths.stream().sorted().toList());
  }

  @Test
  void epochsDifferAndSeedsDecide() {
    BatchOrder order = order(4);
    List<List<Integer>> first = plain(order.next());
    List<List<Integer>> second = plain(order.next());
    assertThat(new HashSet<>(first)).doesNotContainAnyElementsOf(second);
    BatchOrder again = order(4);
    assertThat(plain(again.next())).isEqualTo(first);
    assertThat(plain(again.next())).isEqualTo(second);
    assertThat(plain(order(5).next())).isNotEqualTo(first);
  }

  private static List<List<Integer>> plain(List<int[]> batches) {
    return batches.stream().map(batch -> Arrays.stream(batch).boxed().toList()).toList();
  }
}
