package io.github.attentive.djl.text;

import io.github.attentive.TextInput;

/** Turns texts into token ids. Thread-safe. */
public interface TextEncoder {

  /**
   * Encodes one input.
   *
   * @param input the text, or pair of texts
   * @return its positions
   * @throws io.github.attentive.InvalidInputException if the model cannot take it
   */
  EncodedText encode(TextInput input);

  /**
   * The most positions an encoded text has.
   *
   * @return at least 1
   */
  int maxLength();
}
