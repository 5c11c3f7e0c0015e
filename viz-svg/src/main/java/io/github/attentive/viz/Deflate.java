package io.github.attentive.viz;

import java.util.Arrays;
import java.util.Optional;

/**
 * Compresses bytes in the format of RFC 1951. The JDK does so too, but its bytes depend on the
 * library behind it, and a figure's must not.
 *
 * <p>Earlier bytes equal to those at a position are found through chains of positions that start
 * with the same three. Of the matches the one is taken that saves most over literals, unless the
 * next position has a better one.
 */
final class Deflate {
  private static final int WINDOW = 1 << 15;
  private static final int HASH_BITS = 15;

  /** How many candidates are tried; four times as many save 5 % and take twice the time. */
  private static final int LONGEST_CHAIN = 96;

  /** A match that long is good enough to try a quarter of the candidates left only. */
  private static final int GOOD_MATCH = 32;

  /** A match that long is taken without looking for a better one, and its inside is not indexed. */
  private static final int LONG_MATCH = 128;

  private static final int NONE = -1;

  private final byte[] input;
  private final int[] latest = new int[1 << HASH_BITS];
  private final int[] previous = new int[WINDOW];
  private final DeflateBlock block = new DeflateBlock();
  private final BitOutput out = new BitOutput();
  private final DeflateCosts costs;
  private int length;
  private int distance;
  private int saved;

  private Deflate(byte[] input) {
    this.input = input;
    this.costs = new DeflateCosts(input);
    Arrays.fill(latest, NONE);
  }

  /**
   * Compresses.
   *
   * @param input at least one byte
   * @param limit where to give up
   * @return the compressed bytes, or nothing if they would be more than {@code limit}
   */
  static Optional<byte[]> compress(byte[] input, int limit) {
    Deflate deflate = new Deflate(input);
    deflate.run(limit);
    byte[] bytes = deflate.out.toByteArray();
    return bytes.length <= limit ? Optional.of(bytes) : Optional.empty();
  }

  private void run(int limit) {
    int at = 0;
    find(at, 0);
    while (at < input.length && out.size() <= limit) {
      if (block.isFull()) {
        block.flush(out, false, costs);
      }
      index(at);
      int lengthHere = length;
      int distanceHere = distance;
      int savedHere = saved;
      if (lengthHere < LONG_MATCH) {
        find(at + 1, lengthHere);
      }
      if (lengthHere == 0 || lengthHere < LONG_MATCH && saved > savedHere) {
        block.addLiteral(input[at++]);
      } else {
        block.addMatch(lengthHere, distanceHere);
        int end = at + lengthHere;
        for (int i = lengthHere < LONG_MATCH ? at + 1 : end - 2; i < end; i++) {
          index(i);
        }
        at = end;
        find(at, 0);
      }
    }
    block.flush(out, true, costs);
  }

  private int hash(int at) {
    int three = input[at] & 0xFF | (input[at + 1] & 0xFF) << 8 | (input[at + 2] & 0xFF) << 16;
    return three * 0x9E3779B1 >>> Integer.SIZE - HASH_BITS;
  }

  private void index(int at) {
    if (at + DeflateSymbols.SHORTEST_MATCH <= input.length) {
      int hash = hash(at);
      previous[at % WINDOW] = latest[hash];
      latest[hash] = at;
    }
  }

  /**
   * Looks for the match that saves most; a length of 0 says that none saves anything.
   *
   * @param lengthBefore the length of the match that it would have to be better than, or 0
   */
  private void find(int at, int lengthBefore) {
    length = 0;
    saved = 0;
    int longest = Math.min(DeflateSymbols.LONGEST_MATCH, input.length - at);
    if (longest < DeflateSymbols.SHORTEST_MATCH) {
      return;
    }
    int best = 0;
    int literals = 0;
    int candidate = latest[hash(at)];
    for (int left = lengthBefore < GOOD_MATCH ? LONGEST_CHAIN : LONGEST_CHAIN / 4;
        left > 0 && candidate >= 0 && at - candidate < WINDOW;
        left--) {
      int same = input[candidate + best] == input[at + best] ? same(candidate, at, longest) : 0;
      if (same > best && same >= DeflateSymbols.SHORTEST_MATCH) {
        for (; best < same; best++) {
          literals += costs.literal(input[at + best]);
        }
        int saving = literals - costs.match(same, at - candidate);
        if (saving > saved) {
          length = same;
          distance = at - candidate;
          saved = saving;
        }
        if (same == longest) {
          return;
        }
        left = same >= GOOD_MATCH ? (left + 3) / 4 : left;
      }
      candidate = previous[candidate % WINDOW];
    }
  }

  private int same(int candidate, int at, int longest) {
    int same = Arrays.mismatch(input, candidate, candidate + longest, input, at, at + longest);
    return same < 0 ? longest : same;
  }
}
