package io.github.attentive.tensorflow;

import io.github.attentive.TextInput;
import io.github.attentive.djl.runtime.HostArray;
import io.github.attentive.djl.runtime.ModelInputs;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.spi.TokenSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives a model with the vectoriser inside the texts themselves. A text that was cut is given up to
 * the end of its last token; one that has no tokens, to a model that masks its padding, as a word
 * that it does not know.
 *
 * @param axes of the input: 1, or 2 with a second axis of size 1
 * @param pads whether texts of different lengths may share a batch
 * @param unknownWord stands for a text without tokens where that would be all padding; or empty
 */
record TextInputs(int axes, boolean pads, String unknownWord) implements ModelInputs {
  @Override
  public List<HostArray> of(List<TextInput> inputs, List<EncodedText> texts) {
    List<String> given = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      given.add(given(inputs.get(i).text(), texts.get(i)));
    }
    return List.of(array(given));
  }

  private String given(String text, EncodedText encoded) {
    List<TokenSpan> tokens =
        encoded.positions().stream().filter(token -> !token.special()).toList();
    if (tokens.isEmpty()) {
      return unknownWord.isEmpty() ? text : unknownWord;
    }
    return encoded.truncated() ? text.substring(0, tokens.get(tokens.size() - 1).end()) : text;
  }

  HostArray array(List<String> texts) {
    return new HostArray.Texts(
        axes == 1 ? new long[] {texts.size()} : new long[] {texts.size(), 1}, texts);
  }
}
