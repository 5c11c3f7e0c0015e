package io.github.attentive.viz;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Tokens as a reader reads them: without the signs that vocabularies mark words with.
 *
 * <p>The three notations are told apart by the tokens of one text together. WordPiece marks what
 * goes on with a word ({@code ##ing}), SentencePiece ({@code ▁word}) and byte-level BPE ({@code
 * Ġword}) what starts one. Whatever goes on with a word gets a dot in front. Byte-level tokens are
 * decoded; bytes that are no whole character stand in hexadecimal.
 */
final class TokenLabels {
  private static final char SENTENCE_PIECE_SPACE = '▁';
  private static final char BYTE_LEVEL_SPACE = 'Ġ';
  private static final char BYTE_LEVEL_NEWLINE = 'Ċ';
  private static final String WORD_PIECE = "##";
  private static final String END_OF_WORD = "</w>";
  private static final String GOES_ON = "·";

  private TokenLabels() {}

  /**
   * Makes the tokens of one text readable.
   *
   * @return a text for each token, in order
   */
  static List<String> readable(List<String> tokens) {
    boolean bytes = tokens.stream().anyMatch(TokenLabels::isByteLevel);
    boolean pieces = tokens.stream().anyMatch(token -> token.indexOf(SENTENCE_PIECE_SPACE) == 0);
    List<String> readable = new ArrayList<>(tokens.size());
    String previous = "";
    for (String token : tokens) {
      String text = token;
      boolean goesOn = false;
      if (token.startsWith(WORD_PIECE) && token.length() > WORD_PIECE.length()) {
        text = token.substring(WORD_PIECE.length());
        goesOn = true;
      } else if (token.endsWith(END_OF_WORD) && token.length() > END_OF_WORD.length()) {
        text = token.substring(0, token.length() - END_OF_WORD.length());
      } else if (pieces || bytes) {
        text = bytes ? decode(token) : token.replace(SENTENCE_PIECE_SPACE, ' ');
        if (text.length() > 1 && text.charAt(0) == ' ') {
          text = text.substring(1);
        } else {
          goesOn = isOfWord(previous, false) && isOfWord(text, true);
        }
      }
      readable.add(goesOn ? GOES_ON + text : text);
      previous = text;
    }
    return readable;
  }

  private static boolean isByteLevel(String token) {
    return !token.isEmpty()
        && (token.charAt(0) == BYTE_LEVEL_SPACE || token.charAt(0) == BYTE_LEVEL_NEWLINE);
  }

  /** Says whether the first or last character may be within a word: a letter, digit or byte. */
  private static boolean isOfWord(String text, boolean first) {
    if (text.isEmpty()) {
      return false;
    }
    int c = first ? text.codePointAt(0) : text.codePointBefore(text.length());
    return c >= 0x80 || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
  }

  /**
   * The text of a byte-level token; one that is not, for instance a special one, stays as it is.
   */
  private static String decode(String token) {
    byte[] bytes = new byte[token.length()];
    for (int i = 0; i < bytes.length; i++) {
      int value = byteOf(token.charAt(i));
      if (value < 0) {
        return token;
      }
      bytes[i] = (byte) value;
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    StringBuilder text = new StringBuilder();
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      text.append(out.flip());
      out.clear();
      if (!result.isError()) {
        return text.toString();
      }
      for (int i = 0; i < result.length(); i++) {
        int value = in.get() & 0xFF;
        text.append('‹')
            .append(Character.toUpperCase(Character.forDigit(value >> 4, 16)))
            .append(Character.toUpperCase(Character.forDigit(value & 0xF, 16)))
            .append('›');
      }
      decoder.reset();
    }
  }

  /**
   * The byte that a character of byte-level BPE stands for, or -1: printable Latin-1 stands for
   * itself, and the other 68 bytes are, in order, the characters from U+0100 on.
   */
  private static int byteOf(char c) {
    if (isItself(c)) {
      return c;
    }
    int rank = c - 0x100;
    for (int value = 0; value < 0x100 && rank >= 0; value++) {
      if (!isItself(value) && rank-- == 0) {
        return value;
      }
    }
    return -1;
  }

  private static boolean isItself(int c) {
    return c >= '!' && c <= '~' || c >= 0xA1 && c <= 0xAC || c >= 0xAE && c <= 0xFF;
  }
}
