package io.github.attentive.djl.runtime;

import io.github.attentive.InferenceException;
import io.github.attentive.TextInput;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.djl.text.TextEncoderStep;
import io.github.attentive.spi.TokenSpan;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Refuses tokens that the model has no row for, before they reach native code. As thread-safe as
 * the encoder it asks.
 */
public final class CheckedTextEncoder extends TextEncoderStep {
  private final Path directory;
  private final int vocabularySize;

  /**
   * Wraps an encoder.
   *
   * @param encoder closed with this
   * @param directory the model's, to be named
   * @param vocabularySize every token's number is below
   */
  public CheckedTextEncoder(TextEncoder encoder, Path directory, int vocabularySize) {
    super(encoder);
    this.directory = directory;
    this.vocabularySize = vocabularySize;
  }

  @Override
  public Optional<TokenSpan> maskToken() {
    return super.maskToken().filter(token -> token.id() < vocabularySize);
  }

  @Override
  protected EncodedText after(TextInput input, EncodedText text) {
    for (TokenSpan token : text.positions()) {
      if (token.id() >= vocabularySize) {
        throw new InferenceException(
            "%s: token '%s' has number %s; expected one below vocab_size = %s of config.json: this"
                    .formatted(directory, token.text(), token.id(), vocabularySize)
                + " tokenizer is not the model's own");
      }
    }
    return text;
  }
}
