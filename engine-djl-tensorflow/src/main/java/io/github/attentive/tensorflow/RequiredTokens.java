package io.github.attentive.tensorflow;

import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.spi.TokenSpan;

/** Refuses texts without tokens, for models that have no answer to them. */
final class RequiredTokens implements TextEncoder {
  private final TextEncoder encoder;

  /**
   * Wraps an encoder.
   *
   * @param encoder closed with this
   */
  RequiredTokens(TextEncoder encoder) {
    this.encoder = encoder;
  }

  @Override
  public EncodedText encode(TextInput input) {
    EncodedText text = encoder.encode(input);
    if (text.positions().stream().allMatch(TokenSpan::special)) {
      throw new InvalidInputException(
          "text of %s characters: expected at least one word, got none; this model gives no number"
                  .formatted(input.text().length())
              + " for a text without words");
    }
    return text;
  }

  @Override
  public int maxLength() {
    return encoder.maxLength();
  }

  @Override
  public void close() {
    encoder.close();
  }
}
