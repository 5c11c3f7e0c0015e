package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenLabelsTest {
  @Test
  void wordPieces() {
    assertThat(TokenLabels.readable(List.of("[CLS]", "un", "##believ", "##able", "##", "[SEP]")))
        .containsExactly("[CLS]", "un", "·believ", "·able", "##", "[SEP]");
  }

  @Test
  void sentencePieces() {
    assertThat(
            TokenLabels.readable(
                List.of("<s>", "▁un", "believ", "able", "▁", "▁film", ".", "</s>")))
        .containsExactly("<s>", "un", "·believ", "·able", " ", "film", ".", "</s>");
  }

  @Test
  void byteLevelPieces() {
    assertThat(
            TokenLabels.readable(
                List.of("<s>", "It", "'s", "Ġun", "believ", "able", "Ċ", "Ġ", ".", "</s>")))
        .containsExactly("<s>", "It", "'s", "un", "·believ", "·able", "\n", " ", ".", "</s>");
  }

  @Test
  void byteLevelPiecesAreDecoded() {
    String café = byteLevel(" café".getBytes(StandardCharsets.UTF_8));
    byte[] emoji = "😀".getBytes(StandardCharsets.UTF_8);
    String first = byteLevel(new byte[] {emoji[0], emoji[1]});
    String second = byteLevel(new byte[] {emoji[2], emoji[3]});
    assertThat(TokenLabels.readable(List.of(café, first, second, "[MASK]", "映")))
        .containsExactly("café", "·‹F0›‹9F›", "·‹98›‹80›", "[MASK]", "映");
  }

  /** The table of byte-level BPE, written anew from its definition. */
  private static String byteLevel(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      int value = b & 0xFF;
      int rank = 0;
      for (int i = 0; i < value; i++) {
        rank += isItself(i) ? 0 : 1;
      }
      text.append((char) (isItself(value) ? value : 0x100 + rank));
    }
    return text.toString();
  }

  private static boolean isItself(int c) {
    return c >= 33 && c <= 126 || c >= 161 && c <= 172 || c >= 174 && c <= 255;
  }

  @Test
  void endOfWordMarks() {
    assertThat(TokenLabels.readable(List.of("great</w>", "</w>", "mov", "ie</w>")))
        .containsExactly("great", "</w>", "mov", "ie");
  }

  @Test
  void plainWordsStayAsTheyAre() {
    List<String> words = List.of("#", "##", "é", "Gé", "a b", "", "<", "映画", "</w>");
    assertThat(TokenLabels.readable(words)).isEqualTo(words);
  }

  @Test
  void theRawTokenIsTheTooltip() {
    Svg svg =
        Bars.of(List.of("un", "##able", "\n"), new double[] {1, 2, 3}).title("pieces").render();
    assertThat(Documents.texts(svg, "text")).contains("un", "·able", "↵");
    assertThat(Documents.texts(svg, "title")).contains("##able", "\n");
  }
}
