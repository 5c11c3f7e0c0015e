package io.github.attentive.viz;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * A prefix code with short words for frequent symbols, in the canonical form that its lengths alone
 * define (RFC 1951, 3.2.2).
 */
final class HuffmanCode {
  private final byte[] lengths;
  private final int[] words;

  private HuffmanCode(byte[] lengths, int longest) {
    this.lengths = lengths;
    this.words = words(lengths, longest);
  }

  /** A part of the tree: a symbol, or two parts; of equal weights the one made first is first. */
  private record Node(long weight, int order, int symbol, Node[] children) {
    static final Comparator<Node> LIGHTEST =
        Comparator.comparingLong(Node::weight).thenComparingInt(Node::order);
  }

  /**
   * The best code for symbols that occur so often, or nearly so where words would be too long.
   *
   * @param frequencies at least two above 0; a symbol of 0 gets no word
   * @param longest the bits of a word at most
   */
  static HuffmanCode of(int[] frequencies, int longest) {
    PriorityQueue<Node> queue = new PriorityQueue<>(Node.LIGHTEST);
    for (int symbol = 0; symbol < frequencies.length; symbol++) {
      if (frequencies[symbol] > 0) {
        queue.add(new Node(frequencies[symbol], symbol, symbol, new Node[0]));
      }
    }
    int order = frequencies.length;
    while (queue.size() > 1) {
      Node[] children = {queue.remove(), queue.remove()};
      queue.add(new Node(children[0].weight + children[1].weight, order++, -1, children));
    }
    int[] depths = new int[frequencies.length];
    measure(queue.remove(), 0, depths);
    return new HuffmanCode(limited(frequencies, depths, longest), longest);
  }

  private static void measure(Node node, int depth, int[] depths) {
    if (node.children.length == 0) {
      depths[node.symbol] = depth;
    }
    for (Node child : node.children) {
      measure(child, depth + 1, depths);
    }
  }

  /** Shortens what is too long, and makes up for it with words that were shorter. */
  private static byte[] limited(int[] frequencies, int[] depths, int longest) {
    int[] count = new int[longest + 1];
    long room = 1L << longest;
    for (int depth : depths) {
      if (depth > 0) {
        int length = Math.min(depth, longest);
        count[length]++;
        room -= 1L << (longest - length);
      }
    }
    for (; room < 0; room++) {
      // Two of the longest words share the place of a shorter one, which frees one of theirs.
      int shorter = longest - 1;
      while (count[shorter] == 0) {
        shorter--;
      }
      count[shorter]--;
      count[shorter + 1] += 2;
      count[longest]--;
    }
    byte[] lengths = new byte[depths.length];
    int length = 1;
    for (int symbol : byFrequency(frequencies)) {
      while (count[length] == 0) {
        length++;
      }
      count[length]--;
      lengths[symbol] = (byte) length;
    }
    return lengths;
  }

  private static int[] byFrequency(int[] frequencies) {
    return IntStream.range(0, frequencies.length)
        .filter(symbol -> frequencies[symbol] > 0)
        .boxed()
        .sorted(Comparator.comparing(symbol -> -frequencies[symbol]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int[] words(byte[] lengths, int longest) {
    int[] next = new int[longest + 2];
    for (byte length : lengths) {
      if (length > 0) {
        next[length + 1]++;
      }
    }
    for (int length = 1; length <= longest; length++) {
      next[length + 1] = (next[length] + next[length + 1]) << 1;
    }
    int[] words = new int[lengths.length];
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      int length = lengths[symbol];
      if (length > 0) {
        // Words are sent from their highest bit on, everything else from its lowest.
        words[symbol] = Integer.reverse(next[length]++) >>> (Integer.SIZE - length);
      }
    }
    return words;
  }

  /** The bits of a symbol's word; 0 if it has none. */
  int length(int symbol) {
    return lengths[symbol];
  }

  void write(int symbol, BitOutput out) {
    out.write(words[symbol], lengths[symbol]);
  }
}
