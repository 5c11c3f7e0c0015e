package io.github.attentive.djl.text;

import io.github.attentive.TextInput;
import io.github.attentive.spi.TokenSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Another encoder with one more step behind it. As thread-safe as that encoder. */
public abstract class TextEncoderStep implements TextEncoder {
  private final TextEncoder encoder;

  /**
   * Comes after an encoder.
   *
   * @param encoder closed with this
   */
  protected TextEncoderStep(TextEncoder encoder) {
    this.encoder = encoder;
  }

  /**
   * The step.
   *
   * @param input what was encoded
   * @param text what the encoder made of it
   * @return the same, or another in its place
   * @throws io.github.attentive.AttentiveException if it is refused
   */
  protected abstract EncodedText after(TextInput input, EncodedText text);

  @Override
  public final EncodedText encode(TextInput input) {
    return after(input, encoder.encode(input));
  }

  @Override
  public final List<EncodedText> encodeAll(List<TextInput> inputs) {
    List<EncodedText> texts = encoder.encodeAll(inputs);
    List<EncodedText> results = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      results.add(after(inputs.get(i), texts.get(i)));
    }
    return results;
  }

  @Override
  public final EncodedText completed(TextInput input, EncodedText text) {
    return after(input, encoder.completed(input, text));
  }

  @Override
  public Optional<TokenSpan> maskToken() {
    return encoder.maskToken();
  }

  @Override
  public final int maxLength() {
    return encoder.maxLength();
  }

  @Override
  public final void close() {
    encoder.close();
  }
}
