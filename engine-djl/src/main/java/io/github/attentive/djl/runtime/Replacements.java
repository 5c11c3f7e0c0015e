package io.github.attentive.djl.runtime;

import io.github.attentive.InvalidInputException;
import io.github.attentive.Token;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.spi.TokenSpan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Tokens that stand in place of others. */
final class Replacements {
  private Replacements() {}

  /** A text with another token in some positions, which keep their place in the caller's text. */
  static EncodedText of(EncodedText text, BitSet replaced, TokenSpan by) {
    List<TokenSpan> positions = new ArrayList<>(text.positions());
    replaced.stream()
        .forEach(
            i -> {
              TokenSpan token = positions.get(i);
              positions.set(
                  i,
                  new TokenSpan(
                      by.text(),
                      by.id(),
                      token.segment(),
                      token.word(),
                      token.start(),
                      token.end(),
                      false));
            });
    return new EncodedText(positions, text.tokenTypes(), text.truncated());
  }

  /** The positions of a text that are not special. */
  static BitSet tokens(EncodedText text) {
    BitSet tokens = new BitSet();
    for (int i = 0; i < text.length(); i++) {
      tokens.set(i, !text.positions().get(i).special());
    }
    return tokens;
  }

  /**
   * The mask token.
   *
   * @param asked the option that asks for it
   * @throws InvalidInputException if there is none
   */
  static TokenSpan mask(String asked, TextGraph texts) {
    return texts
        .encoder()
        .maskToken()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s 'mask': expected a model with a mask token, got one whose tokenizer has none;"
                            .formatted(asked)
                        + " choose another"));
  }

  /**
   * The padding token.
   *
   * @param asked the option that asks for it
   * @throws InvalidInputException if there is none
   */
  static TokenSpan padding(String asked, TextGraph texts) {
    long id =
        texts
            .inputs()
            .padId()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "%s 'pad': expected a model with a padding token, got one that reads features"
                                .formatted(asked)
                            + " of the whole text; choose another"));
    return new TokenSpan("[PAD]", id, 0, Token.NO_WORD, 0, 0, true);
  }
}
