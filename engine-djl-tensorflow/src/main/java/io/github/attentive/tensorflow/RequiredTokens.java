package io.github.attentive.tensorflow;

import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.djl.text.TextEncoderStep;
import io.github.attentive.spi.TokenSpan;

/** Refuses texts without tokens, for models that have no answer to them. */
final class RequiredTokens extends TextEncoderStep {

  /**
   * Wraps an encoder.
   *
   * @param encoder closed with this
   */
  RequiredTokens(TextEncoder encoder) {
    super(encoder);
  }

  @Override
  protected EncodedText after(TextInput input, EncodedText text) {
    if (text.positions().stream().allMatch(TokenSpan::special)) {
      throw new InvalidInputException(
          "text of %s characters: expected at least one word, got none; this model gives no number"
                  .formatted(input.text().length())
              + " for a text without words");
    }
    return text;
  }
}
