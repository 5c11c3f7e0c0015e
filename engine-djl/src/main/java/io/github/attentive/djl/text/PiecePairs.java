package io.github.attentive.djl.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Words as pieces, with the pairs of neighbouring pieces counted: the most frequent pair is known
 * after every merge without looking at all words. Not thread-safe.
 *
 * <p>A pair is one number, its left piece's id in the upper half.
 */
final class PiecePairs {
  private final List<Word> words;
  private final Map<Long, Occurrences> pairs = new HashMap<>();

  /** What pairs once counted; a pair is put in again where it counts more, not where less. */
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>();

  /** The pieces of a word, and how often it is there. */
  static final class Word {
    private int[] pieces;
    private final long count;

    Word(int[] pieces, long count) {
      this.pieces = pieces;
      this.count = count;
    }
  }

  /** How often a pair is there, and in which words: in all of these, and maybe no longer. */
  private static final class Occurrences {
    private long count;
    private int[] words = new int[2];
    private int size;

    void addWord(int word) {
      if (size == words.length) {
        words = Arrays.copyOf(words, 2 * size);
      }
      words[size++] = word;
    }
  }

  /** The most frequent pair is first; of equally frequent ones that of the smallest ids. */
  private record Candidate(long count, long pair) implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      int byCount = Long.compare(other.count, count);
      return byCount != 0 ? byCount : Long.compare(pair, other.pair);
    }
  }

  PiecePairs(List<Word> words) {
    this.words = words;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      for (int j = 1; j < word.pieces.length; j++) {
        occurrences(pair(word.pieces, j)).addWord(i);
      }
      count(word, word.count);
    }
    pairs.forEach((pair, found) -> queue.add(new Candidate(found.count, pair)));
  }

  static int left(long pair) {
    return (int) (pair >>> Integer.SIZE);
  }

  static int right(long pair) {
    return (int) pair;
  }

  private static long pair(int[] pieces, int right) {
    return (long) pieces[right - 1] << Integer.SIZE | pieces[right];
  }

  private Occurrences occurrences(long pair) {
    return pairs.computeIfAbsent(pair, key -> new Occurrences());
  }

  private void count(Word word, long change) {
    for (int i = 1; i < word.pieces.length; i++) {
      occurrences(pair(word.pieces, i)).count += change;
    }
  }

  /** The most frequent pair that is there at least so often, at least once. */
  OptionalLong mostFrequent(long minimum) {
    while (!queue.isEmpty()) {
      Candidate first = queue.remove();
      Occurrences found = pairs.get(first.pair);
      long count = found == null ? 0 : found.count;
      if (count == first.count) {
        return count < minimum ? OptionalLong.empty() : OptionalLong.of(first.pair);
      }
      if (count < first.count && count >= minimum) {
        queue.add(new Candidate(count, first.pair));
      }
    }
    return OptionalLong.empty();
  }

  /** Makes one piece, longer than either, of a pair wherever it is, from the left. */
  void merge(long pair, int merged) {
    Set<Long> more = new HashSet<>();
    Occurrences found = occurrences(pair);
    for (int i = 0; i < found.size; i++) {
      Word word = words.get(found.words[i]);
      int[] pieces = merged(word.pieces, pair, merged);
      if (pieces.length == word.pieces.length) {
        continue;
      }
      count(word, -word.count);
      word.pieces = pieces;
      count(word, word.count);
      for (int j = 1; j < pieces.length; j++) {
        if (pieces[j - 1] == merged || pieces[j] == merged) {
          occurrences(pair(pieces, j)).addWord(found.words[i]);
          more.add(pair(pieces, j));
        }
      }
    }
    pairs.remove(pair);
    more.forEach(grown -> queue.add(new Candidate(occurrences(grown).count, grown)));
  }

  private static int[] merged(int[] pieces, long pair, int merged) {
    int[] result = new int[pieces.length];
    int size = 0;
    for (int i = 0; i < pieces.length; i++) {
      boolean isPair = i + 1 < pieces.length && pair(pieces, i + 1) == pair;
      result[size++] = isPair ? merged : pieces[i];
      i += isPair ? 1 : 0;
    }
    return Arrays.copyOf(result, size);
  }
}
