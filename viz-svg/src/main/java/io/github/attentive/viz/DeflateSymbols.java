package io.github.attentive.viz;

/**
 * The symbols that lengths and distances of matches are written with: each stands for a range of
 * numbers, and extra bits say which one of it (RFC 1951, 3.2.5).
 */
final class DeflateSymbols {
  static final int SHORTEST_MATCH = 3;
  static final int LONGEST_MATCH = 258;

  /** The end of a block; below are literal bytes, above are lengths. */
  static final int END = 256;

  static final int LITERALS_AND_LENGTHS = 286;
  static final int DISTANCES = 30;

  private DeflateSymbols() {}

  static int ofLength(int length) {
    if (length == LONGEST_MATCH) {
      return LITERALS_AND_LENGTHS - 1;
    }
    int extra = extraBitsOfLength(length);
    return END + 1 + 4 * extra + (length - SHORTEST_MATCH >> extra);
  }

  static int extraBitsOfLength(int length) {
    return length == LONGEST_MATCH ? 0 : Math.max(0, log2(length - SHORTEST_MATCH) - 2);
  }

  static int ofDistance(int distance) {
    int extra = extraBitsOfDistance(distance);
    return 2 * extra + (distance - 1 >> extra);
  }

  static int extraBitsOfDistance(int distance) {
    return Math.max(0, log2(distance - 1) - 1);
  }

  static int extraBitsOfDistanceSymbol(int symbol) {
    return Math.max(0, symbol / 2 - 1);
  }

  /** The highest bit that is set; -1 for 0. */
  private static int log2(int value) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(value);
  }
}
