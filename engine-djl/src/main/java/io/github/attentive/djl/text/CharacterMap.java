package io.github.attentive.djl.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The {@code precompiled_charsmap} of a SentencePiece normalizer: the size of a double-array trie
 * in bytes, its units of 32 bits, little endian, and the replacements it points into, UTF-8 with
 * NUL after each.
 *
 * <p>The native library follows the trie without looking where it leads; so this does.
 */
final class CharacterMap {
  private static final int UNIT_BYTES = 4;

  private CharacterMap() {}

  /** True if every step in the trie stays inside the trie, and every value inside the text. */
  static boolean isSound(byte[] bytes) {
    if (bytes.length < UNIT_BYTES) {
      return false;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int units = buffer.getInt() >>> 2;
    if (units == 0 || units > buffer.remaining() / UNIT_BYTES) {
      return false;
    }
    int[] trie = new int[units];
    buffer.asIntBuffer().get(trie);
    ByteBuffer replacements = buffer.position(UNIT_BYTES * (units + 1)).slice();
    if (!isUtf8(replacements.duplicate())) {
      return false;
    }
    for (int i = 0; i < units; i++) {
      // A unit with the highest bit is a value; no label leads to it.
      if (trie[i] >= 0 && !isSound(trie, i, replacements)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSound(int[] trie, int index, ByteBuffer replacements) {
    int unit = trie[index];
    int offset = (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
    int base = index ^ offset;
    if ((base | 0xFF) >= trie.length) {
      return false;
    }
    boolean hasValue = (unit & (1 << 8)) != 0;
    return !hasValue || startsCharacter(replacements, trie[base] & Integer.MAX_VALUE);
  }

  private static boolean startsCharacter(ByteBuffer utf8, int index) {
    return index == utf8.limit() || (index < utf8.limit() && (utf8.get(index) & 0xC0) != 0x80);
  }

  private static boolean isUtf8(ByteBuffer bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
