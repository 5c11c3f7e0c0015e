package io.github.attentive.viz;

/**
 * Writes the two codes of a block as the lengths of their words, one sequence in which repetitions
 * are symbols too, with a third code for itself (RFC 1951, 3.2.7).
 */
final class CodeLengths {
  private static final int LONGEST_WORD = 7;
  private static final int REPEAT = 16;
  private static final int FEW_ZEROS = 17;
  private static final int MANY_ZEROS = 18;
  private static final int[] ORDER = {
    REPEAT, FEW_ZEROS, MANY_ZEROS, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private final int[] lengths =
      new int[DeflateSymbols.LITERALS_AND_LENGTHS + DeflateSymbols.DISTANCES];
  private final int[] symbols = new int[lengths.length];
  private final int[] extras = new int[lengths.length];
  private int size;

  private CodeLengths(HuffmanCode code, HuffmanCode distances) {
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] =
          i < DeflateSymbols.LITERALS_AND_LENGTHS
              ? code.length(i)
              : distances.length(i - DeflateSymbols.LITERALS_AND_LENGTHS);
    }
    for (int i = 0; i < lengths.length; ) {
      i += addRun(i);
    }
  }

  static void write(HuffmanCode code, HuffmanCode distances, BitOutput out) {
    out.write(DeflateSymbols.LITERALS_AND_LENGTHS - 257, 5);
    out.write(DeflateSymbols.DISTANCES - 1, 5);
    out.write(ORDER.length - 4, 4);
    new CodeLengths(code, distances).write(out);
  }

  /** Adds the symbol for the lengths from an index on, and says how many it covers. */
  private int addRun(int start) {
    int length = lengths[start];
    int run = 1;
    while (start + run < lengths.length && lengths[start + run] == length) {
      run++;
    }
    if (length == 0 && run > 10) {
      run = Math.min(run, 138);
      return add(MANY_ZEROS, run - 11, run);
    }
    if (length == 0 && run > 2) {
      return add(FEW_ZEROS, run - 3, run);
    }
    if (run > 2 && start > 0 && lengths[start - 1] == length) {
      run = Math.min(run, 6);
      return add(REPEAT, run - 3, run);
    }
    return add(length, 0, 1);
  }

  private int add(int symbol, int extra, int run) {
    symbols[size] = symbol;
    extras[size++] = extra;
    return run;
  }

  private void write(BitOutput out) {
    int[] frequencies = new int[ORDER.length];
    for (int i = 0; i < size; i++) {
      frequencies[symbols[i]]++;
    }
    HuffmanCode code = HuffmanCode.of(frequencies, LONGEST_WORD);
    for (int symbol : ORDER) {
      out.write(code.length(symbol), 3);
    }
    for (int i = 0; i < size; i++) {
      code.write(symbols[i], out);
      out.write(extras[i], extraBits(symbols[i]));
    }
  }

  private static int extraBits(int symbol) {
    return switch (symbol) {
      case REPEAT -> 2;
      case FEW_ZEROS -> 3;
      case MANY_ZEROS -> 7;
      default -> 0;
    };
  }
}
