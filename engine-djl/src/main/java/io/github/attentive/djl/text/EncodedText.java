package io.github.attentive.djl.text;

import io.github.attentive.spi.TokenSpan;
import java.util.List;

/**
 * A text as a model reads it.
 *
 * @param positions every position in order, padding included where the model attends to it
 * @param truncated true if the text was longer than the model reads
 */
public record EncodedText(List<TokenSpan> positions, boolean truncated) {

  /**
   * Creates an encoded text.
   *
   * @param positions as above
   * @param truncated as above
   */
  public EncodedText {
    positions = List.copyOf(positions);
  }

  /**
   * The numbers of the tokens.
   *
   * @return a new array, one for each position
   */
  public long[] ids() {
    return positions.stream().mapToLong(TokenSpan::id).toArray();
  }
}
