package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The pairs are those that counting everything anew would find. */
class PiecePairsTest {
  private static long pair(int left, int right) {
    return ((long) left << 32) + right;
  }

  private static OptionalLong mostFrequent(
      List<List<Integer>> words, List<Long> counts, long minimum) {
    Map<Long, Long> pairs = new TreeMap<>();
    for (int i = 0; i < words.size(); i++) {
      for (int j = 1; j < words.get(i).size(); j++) {
        pairs.merge(pair(words.get(i).get(j - 1), words.get(i).get(j)), counts.get(i), Long::sum);
      }
    }
    return pairs.entrySet().stream()
        .filter(found -> found.getValue() >= minimum)
        .max(
            Map.Entry.<Long, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(found -> OptionalLong.of(found.getKey()))
        .orElse(OptionalLong.empty());
  }

  private static void merge(List<Integer> word, long pair, int merged) {
    for (int i = 0; i + 1 < word.size(); i++) {
      if (pair(word.get(i), word.get(i + 1)) == pair) {
        word.remove(i);
        word.set(i, merged);
      }
    }
  }

  private static PiecePairs.Word word(List<Integer> pieces, long count) {
    return new PiecePairs.Word(pieces.stream().mapToInt(Integer::intValue).toArray(), count);
  }

  @Test
  void mergesAreThoseOfCountingAnew() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      List<List<Integer>> words = new ArrayList<>();
      List<Long> counts = new ArrayList<>();
      List<PiecePairs.Word> indexed = new ArrayList<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        List<Integer> word = new ArrayList<>();
        random.ints(1 + random.nextInt(12), 0, 3).forEach(word::add);
        words.add(word);
        counts.add(1L + random.nextInt(4));
        indexed.add(word(word, counts.get(counts.size() - 1)));
      }
      PiecePairs pairs = new PiecePairs(indexed);
      int minimum = 1 + random.nextInt(3);
      OptionalLong next = mostFrequent(words, counts, minimum);
      for (int id = 3; next.isPresent(); id++) {
        assertThat(pairs.mostFrequent(minimum)).isEqualTo(next);
        long pair = next.getAsLong();
        // Now and then two pairs become the same piece, which is in neither.
        boolean isPart = PiecePairs.left(pair) == id - 1 || PiecePairs.right(pair) == id - 1;
        int merged = id > 3 && !isPart && random.nextInt(3) == 0 ? id - 1 : id;
        words.forEach(word -> merge(word, pair, merged));
        pairs.merge(pair, merged);
        next = mostFrequent(words, counts, minimum);
      }
      assertThat(pairs.mostFrequent(minimum)).isEmpty();
    }
  }

  @Test
  void halvesOfAPair() {
    PiecePairs pairs = new PiecePairs(List.of(word(List.of(7, 70_000), 1L << 40)));
    long pair = pairs.mostFrequent(1L << 40).orElseThrow();
    assertThat(PiecePairs.left(pair)).isEqualTo(7);
    assertThat(PiecePairs.right(pair)).isEqualTo(70_000);
  }
}
