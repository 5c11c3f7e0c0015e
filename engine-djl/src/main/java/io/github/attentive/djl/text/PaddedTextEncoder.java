package io.github.attentive.djl.text;

import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.spi.TokenSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Pads every text to one length with special tokens {@code [PAD]}, for a model that reads them. As
 * thread-safe as the encoder it asks.
 */
public final class PaddedTextEncoder extends TextEncoderStep {
  private final TokenSpan padding;
  private final int positions;

  /**
   * Wraps an encoder.
   *
   * @param encoder closed with this
   * @param padId the token that pads
   * @param positions of every text, at least the encoder's maximum length
   */
  public PaddedTextEncoder(TextEncoder encoder, int padId, int positions) {
    super(encoder);
    this.padding = new TokenSpan("[PAD]", padId, 0, Token.NO_WORD, 0, 0, true);
    this.positions = positions;
  }

  @Override
  protected EncodedText after(TextInput input, EncodedText text) {
    List<TokenSpan> padded = new ArrayList<>(text.positions());
    while (padded.size() < positions) {
      padded.add(padding);
    }
    return new EncodedText(padded, new long[padded.size()], text.truncated());
  }
}
