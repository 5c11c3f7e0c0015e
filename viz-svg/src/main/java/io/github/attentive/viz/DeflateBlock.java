package io.github.attentive.viz;

import java.util.Arrays;

/**
 * Literal bytes and references to earlier ones, collected and then written as one block with codes
 * made for them (RFC 1951, 3.2.3 and 3.2.7).
 */
final class DeflateBlock {
  private static final int TOKENS = 1 << 15;
  private static final int LONGEST_WORD = 15;
  private static final int DYNAMIC_CODES = 2;

  /** A literal is its byte; a match has its length above its distance. */
  private final int[] tokens = new int[TOKENS];

  private final int[] frequencies = new int[DeflateSymbols.LITERALS_AND_LENGTHS];
  private final int[] distanceFrequencies = new int[DeflateSymbols.DISTANCES];
  private int size;

  boolean isFull() {
    return size == TOKENS;
  }

  void addLiteral(byte value) {
    tokens[size++] = value & 0xFF;
    frequencies[value & 0xFF]++;
  }

  void addMatch(int length, int distance) {
    tokens[size++] = length << 16 | distance;
    frequencies[DeflateSymbols.ofLength(length)]++;
    distanceFrequencies[DeflateSymbols.ofDistance(distance)]++;
  }

  /** Writes the block, tells what its words cost, and starts the next one. */
  void flush(BitOutput out, boolean last, DeflateCosts costs) {
    frequencies[DeflateSymbols.END] = 1;
    // A code of one word or none is incomplete, which some readers refuse.
    distanceFrequencies[0]++;
    distanceFrequencies[1]++;
    HuffmanCode code = HuffmanCode.of(frequencies, LONGEST_WORD);
    HuffmanCode distances = HuffmanCode.of(distanceFrequencies, LONGEST_WORD);
    out.write(last ? 1 : 0, 1);
    out.write(DYNAMIC_CODES, 2);
    CodeLengths.write(code, distances, out);
    for (int i = 0; i < size; i++) {
      int length = tokens[i] >> 16;
      if (length == 0) {
        code.write(tokens[i], out);
      } else {
        int distance = tokens[i] & 0xFFFF;
        code.write(DeflateSymbols.ofLength(length), out);
        writeExtra(
            length - DeflateSymbols.SHORTEST_MATCH, DeflateSymbols.extraBitsOfLength(length), out);
        distances.write(DeflateSymbols.ofDistance(distance), out);
        writeExtra(distance - 1, DeflateSymbols.extraBitsOfDistance(distance), out);
      }
    }
    code.write(DeflateSymbols.END, out);
    costs.learn(code, distances);
    size = 0;
    Arrays.fill(frequencies, 0);
    Arrays.fill(distanceFrequencies, 0);
  }

  private static void writeExtra(int value, int bits, BitOutput out) {
    out.write(value & (1 << bits) - 1, bits);
  }
}
