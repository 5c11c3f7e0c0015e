package io.github.attentive.tensorflow;

import io.github.attentive.TextInput;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.djl.text.TextEncoderStep;
import io.github.attentive.spi.TokenSpan;
import java.util.List;

/** Shows the text's own words as tokens, for a model whose vocabulary is not known. */
final class SurfaceTokens extends TextEncoderStep {

  /**
   * Wraps an encoder.
   *
   * @param encoder closed with this; it knows no word
   */
  SurfaceTokens(TextEncoder encoder) {
    super(encoder);
  }

  @Override
  protected EncodedText after(TextInput input, EncodedText text) {
    List<TokenSpan> positions =
        text.positions().stream().map(position -> shown(position, input.text())).toList();
    return new EncodedText(positions, text.tokenTypes(), text.truncated());
  }

  private static TokenSpan shown(TokenSpan token, String text) {
    return token.special()
        ? token
        : new TokenSpan(
            text.substring(token.start(), token.end()),
            token.id(),
            token.segment(),
            token.word(),
            token.start(),
            token.end(),
            false);
  }
}
