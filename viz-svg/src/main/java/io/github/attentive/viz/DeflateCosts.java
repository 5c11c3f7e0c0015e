package io.github.attentive.viz;

/**
 * What literals and matches cost in sixteenths of a bit: guessed for the first block, and then as
 * in the block before. Without it, matches would be taken in noise that is cheaper as literals.
 */
final class DeflateCosts {
  private static final int UNIT = 16;

  /** The bits of a symbol that has no word so far. */
  private static final int UNKNOWN = 10;

  private static final int MOST = 15;
  private static final int LOOKED_AT = 1 << 16;
  private static final int FIRST_LENGTH = 7;
  private static final int FIRST_DISTANCE = 5;

  private final int[] literals = new int[DeflateSymbols.END];
  private final int[] lengths = new int[DeflateSymbols.LONGEST_MATCH + 1];
  private final int[] distances = new int[DeflateSymbols.DISTANCES];

  /** Guesses from how often bytes occur where the input starts. */
  DeflateCosts(byte[] input) {
    int[] frequencies = new int[DeflateSymbols.END];
    int looked = Math.min(input.length, LOOKED_AT);
    for (int i = 0; i < looked; i++) {
      frequencies[input[i] & 0xFF]++;
    }
    for (int i = 0; i < literals.length; i++) {
      double share = Math.max(1, frequencies[i]) / (double) looked;
      // StrictMath: what is chosen by these costs must not depend on the machine's log.
      double bits = -StrictMath.log(share) / StrictMath.log(2);
      literals[i] = (int) (UNIT * Math.max(1, Math.min(MOST, bits)));
    }
    for (int i = DeflateSymbols.SHORTEST_MATCH; i < lengths.length; i++) {
      lengths[i] = UNIT * (FIRST_LENGTH + DeflateSymbols.extraBitsOfLength(i));
    }
    for (int i = 0; i < distances.length; i++) {
      distances[i] = UNIT * (FIRST_DISTANCE + DeflateSymbols.extraBitsOfDistanceSymbol(i));
    }
  }

  /** Takes over what the codes of a block cost. */
  void learn(HuffmanCode literalsAndLengths, HuffmanCode distanceCode) {
    for (int i = 0; i < literals.length; i++) {
      literals[i] = UNIT * known(literalsAndLengths.length(i));
    }
    for (int i = DeflateSymbols.SHORTEST_MATCH; i < lengths.length; i++) {
      int word = known(literalsAndLengths.length(DeflateSymbols.ofLength(i)));
      lengths[i] = UNIT * (word + DeflateSymbols.extraBitsOfLength(i));
    }
    for (int i = 0; i < distances.length; i++) {
      int word = known(distanceCode.length(i));
      distances[i] = UNIT * (word + DeflateSymbols.extraBitsOfDistanceSymbol(i));
    }
  }

  private static int known(int bits) {
    return bits == 0 ? UNKNOWN : bits;
  }

  int literal(byte value) {
    return literals[value & 0xFF];
  }

  int match(int length, int distance) {
    return lengths[length] + distances[DeflateSymbols.ofDistance(distance)];
  }
}
