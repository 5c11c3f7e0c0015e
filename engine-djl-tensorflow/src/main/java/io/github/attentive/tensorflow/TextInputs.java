package io.github.attentive.tensorflow;

import io.github.attentive.TextInput;
import io.github.attentive.djl.runtime.HostArray;
import io.github.attentive.djl.runtime.ModelInputs;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.spi.TokenSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hands texts to a model that cuts them itself. Immutable.
 *
 * <p>A lone surrogate, which UTF-8 cannot write, goes as U+FFFD: one character, as it is to {@link
 * io.github.attentive.djl.text.TextVectorization}. A text that was cut goes without the rest.
 */
final class TextInputs implements ModelInputs {
  private static final int REPLACEMENT = 0xFFFD;

  private final int axes;
  private final boolean pads;
  private final Optional<String> forEmptyText;

  /**
   * Says what a model takes.
   *
   * @param axes of its input: 1, or 2 for a column
   * @param pads whether texts of different lengths may share a batch
   * @param forEmptyText what a text without tokens is replaced by, if by anything
   */
  TextInputs(int axes, boolean pads, Optional<String> forEmptyText) {
    this.axes = axes;
    this.pads = pads;
    this.forEmptyText = forEmptyText;
  }

  @Override
  public boolean pads() {
    return pads;
  }

  @Override
  public List<HostArray> of(List<TextInput> inputs, List<EncodedText> texts) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      values.add(wellFormed(read(inputs.get(i).text(), texts.get(i))));
    }
    long count = values.size();
    return List.of(
        new HostArray.Texts(axes == 1 ? new long[] {count} : new long[] {count, 1}, values));
  }

  private String read(String text, EncodedText encoded) {
    List<TokenSpan> tokens =
        encoded.positions().stream().filter(position -> !position.special()).toList();
    if (tokens.isEmpty()) {
      return forEmptyText.orElse(text);
    }
    return encoded.truncated() ? text.substring(0, tokens.get(tokens.size() - 1).end()) : text;
  }

  private static String wellFormed(String text) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
        .forEach(result::appendCodePoint);
    return result.toString();
  }
}
