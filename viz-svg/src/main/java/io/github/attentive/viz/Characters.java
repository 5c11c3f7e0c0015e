package io.github.attentive.viz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of single characters: how wide they are in Verdana and fonts of its metrics, and
 * which of them only modify the one before.
 *
 * <p>The {@link CharacterTables tables} are our own because {@link Character#getType(int)} knows
 * other characters in each JDK, and equal input has to give equal bytes on all of them.
 */
final class Characters {
  /** The width of a character that no table knows, in thousandths of the font size. */
  private static final int OTHER = 650;

  private static final int EAST_ASIAN = 1000;

  /** The sign that stands for a refused character is a large one. */
  private static final int REPLACED = 1025;

  private static final int EMOJI = 1250;

  private static final int ARABIC_YEH_KASHMIRI = 0x620;
  private static final int ARABIC_HAMZA = 0x621;
  private static final int ARABIC_YEH = 0x64A;
  private static final int ARABIC_DOTLESS_BEH = 0x66E;
  private static final int ARABIC_YEH_BARREE = 0x6D3;

  private static final List<Block> EAST_ASIAN_WIDE =
      List.of(
          new Block(0x1100, 0x115F),
          new Block(0x2E80, 0x303E),
          new Block(0x3041, 0x4DBF),
          new Block(0x4E00, 0xA4CF),
          new Block(0xA960, 0xA97C),
          new Block(0xAC00, 0xD7A3),
          new Block(0xF900, 0xFAFF),
          new Block(0xFE30, 0xFE6F),
          new Block(0xFF01, 0xFF60),
          new Block(0xFFE0, 0xFFE6),
          new Block(0x16FE0, 0x18DFF),
          new Block(0x1B000, 0x1B2FF),
          new Block(0x20000, 0x3FFFD));

  private static final List<Block> BASIC_EMOJI = blocks(CharacterTables.BASIC_EMOJI);
  private static final List<Block> ZERO_WIDTH = blocks(CharacterTables.ZERO_WIDTH);
  private static final List<Block> SPACING_MARKS = blocks(CharacterTables.SPACING_MARKS);
  private static final TreeMap<Integer, String> ADVANCES = new TreeMap<>(CharacterTables.ADVANCES);

  private Characters() {}

  /** A run of code points. */
  private record Block(int first, int last) {}

  /**
   * The width of a character on its own.
   *
   * @return thousandths of the font size
   */
  static int advance(int codePoint) {
    if (isZeroWidth(codePoint)) {
      return 0;
    }
    if (isEmoji(codePoint)) {
      return EMOJI;
    }
    if (isEastAsianWide(codePoint)) {
      return EAST_ASIAN;
    }
    Map.Entry<Integer, String> block = ADVANCES.floorEntry(codePoint);
    int advance = block == null ? 0 : entry(block.getValue(), codePoint - block.getKey());
    return advance == 0 ? OTHER : advance;
  }

  /**
   * The width of an Arabic letter whose line runs on into the next letter.
   *
   * @return thousandths of the font size, 0 if these two do not join
   */
  static int joinedAdvance(int codePoint, int next) {
    boolean letterFollows =
        next >= ARABIC_YEH_KASHMIRI && next <= ARABIC_YEH && next != ARABIC_HAMZA
            || next >= ARABIC_DOTLESS_BEH && next <= ARABIC_YEH_BARREE;
    return letterFollows && codePoint >= CharacterTables.FIRST_JOINED
        ? entry(CharacterTables.JOINED_ADVANCES, codePoint - CharacterTables.FIRST_JOINED)
        : 0;
  }

  /** The entry of a block for a character, 0 for none. */
  private static int entry(String block, int index) {
    return 2 * index < block.length() ? Integer.parseInt(block, 2 * index, 2 * index + 2, 36) : 0;
  }

  /** Says whether a character is of a script whose words no space separates, or as wide as one. */
  static boolean isEastAsianWide(int codePoint) {
    return contains(EAST_ASIAN_WIDE, codePoint);
  }

  /** The width of a cluster that is drawn as an emoji, whatever its parts. */
  static int emojiAdvance() {
    return EMOJI;
  }

  /** Says whether a character is drawn as an emoji unless told otherwise. */
  static boolean isEmoji(int codePoint) {
    return codePoint >= 0x1F000 && codePoint <= 0x1FAFF || contains(BASIC_EMOJI, codePoint);
  }

  /** Says whether a joiner may add this character to an emoji. */
  static boolean isPictograph(int codePoint) {
    return isEmoji(codePoint) || codePoint >= 0x2190 && codePoint <= 0x2BFF;
  }

  /** One of the letters of which a pair is a flag. */
  static boolean isRegionalIndicator(int codePoint) {
    return codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF;
  }

  /** Says whether a character belongs to the one before it: a mark, a joiner, a skin tone. */
  static boolean extendsCluster(int codePoint) {
    return isZeroWidth(codePoint)
        || contains(SPACING_MARKS, codePoint)
        || codePoint >= 0x1F3FB && codePoint <= 0x1F3FF;
  }

  private static boolean isZeroWidth(int codePoint) {
    // Vowels and final consonants of Hangul are drawn into the syllable their first letter opens.
    return contains(ZERO_WIDTH, codePoint)
        || codePoint >= 0x1160 && codePoint <= 0x11FF
        || codePoint >= 0xD7B0 && codePoint <= 0xD7FB;
  }

  private static boolean contains(List<Block> blocks, int codePoint) {
    int low = 0;
    int high = blocks.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Block block = blocks.get(middle);
      if (codePoint < block.first()) {
        high = middle - 1;
      } else if (codePoint > block.last()) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  /** Reads pairs of hexadecimal numbers: the gap before a block, and how long it is. */
  private static List<Block> blocks(String pairs) {
    List<Block> blocks = new ArrayList<>();
    String[] numbers = pairs.split(" ");
    int next = 0;
    for (int i = 0; i < numbers.length; i += 2) {
      int first = next + Integer.parseInt(numbers[i], 16);
      next = first + Integer.parseInt(numbers[i + 1], 16);
      blocks.add(new Block(first, next - 1));
    }
    return List.copyOf(blocks);
  }
}
