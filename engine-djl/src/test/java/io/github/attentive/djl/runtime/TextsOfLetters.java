package io.github.attentive.djl.runtime;

import io.github.attentive.TextInput;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.spi.TokenSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * A token for each letter, {@code a} being 1; letters of the pair are of type 1. What has more than
 * nine letters is cut.
 */
final class TextsOfLetters implements TextEncoder {
  static final int MAX_LENGTH = 9;

  boolean closed;

  @Override
  public EncodedText encode(TextInput input) {
    String letters = input.text() + (input.pair() == null ? "" : input.pair());
    int length = Math.min(letters.length(), MAX_LENGTH);
    List<TokenSpan> positions = new ArrayList<>();
    long[] types = new long[length];
    for (int i = 0; i < length; i++) {
      types[i] = i < input.text().length() ? 0 : 1;
      String letter = letters.substring(i, i + 1);
      positions.add(
          new TokenSpan(letter, letter.charAt(0) - 'a' + 1, (int) types[i], i, 0, 1, false));
    }
    return new EncodedText(positions, types, letters.length() > MAX_LENGTH);
  }

  @Override
  public int maxLength() {
    return MAX_LENGTH;
  }

  @Override
  public void close() {
    closed = true;
  }
}
