package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CharacterMapTest {
  private static final int HAS_VALUE = 1 << 8;
  private static final int VALUE = 1 << 31;
  private static final byte[] REPLACEMENTS = "b\0\u00E9\0".getBytes(StandardCharsets.UTF_8);

  /** A map from 'a' to the replacement that starts at an index. */
  private static int[] trie(int index) {
    int[] trie = new int[512];
    int root = 256;
    trie[0] = root << 10;
    trie[root ^ 'a'] = 'a' | HAS_VALUE | ('a' << 10);
    trie[root] = VALUE | index;
    return trie;
  }

  private static byte[] bytes(int[] trie, byte[] replacements) {
    ByteBuffer buffer =
        ByteBuffer.allocate(4 + 4 * trie.length + replacements.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(4 * trie.length);
    Arrays.stream(trie).forEach(buffer::putInt);
    return buffer.put(replacements).array();
  }

  @Test
  void aWholeMapIsSound() {
    for (int index : new int[] {0, 2, 5}) {
      assertThat(CharacterMap.isSound(bytes(trie(index), REPLACEMENTS))).isTrue();
    }
  }

  @Test
  void aStepOutOfTheTrieIsNot() {
    int[] trie = trie(0);
    trie[0] = 512 << 10;
    assertThat(CharacterMap.isSound(bytes(trie, REPLACEMENTS))).isFalse();
    trie[0] = (1 << 9) | (256 << 10);
    assertThat(CharacterMap.isSound(bytes(trie, REPLACEMENTS))).isFalse();
    assertThat(CharacterMap.isSound(bytes(Arrays.copyOf(trie(0), 300), REPLACEMENTS))).isFalse();
  }

  @Test
  void aReplacementThatIsNoTextIsNot() {
    assertThat(CharacterMap.isSound(bytes(trie(3), REPLACEMENTS))).isFalse();
    assertThat(CharacterMap.isSound(bytes(trie(6), REPLACEMENTS))).isFalse();
    assertThat(CharacterMap.isSound(bytes(trie(0), new byte[] {(byte) 0xC3}))).isFalse();
  }

  @Test
  void aMapThatIsCutIsNot() {
    byte[] whole = bytes(trie(5), REPLACEMENTS);
    for (int length = 0; length < whole.length - 1; length++) {
      assertThat(CharacterMap.isSound(Arrays.copyOf(whole, length))).isFalse();
    }
    assertThat(CharacterMap.isSound(new byte[] {-1, -1, -1, -1, 0, 0, 0, 0})).isFalse();
  }
}
