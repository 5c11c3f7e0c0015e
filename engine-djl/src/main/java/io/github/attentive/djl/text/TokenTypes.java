package io.github.attentive.djl.text;

/** Which token types a model reads. */
public enum TokenTypes {
  /** All are 0. */
  NONE,
  /** The tokenizer's, unless its {@code model_input_names} leave them out. */
  UNLESS_LEFT_OUT,
  /** The tokenizer's only if its {@code model_input_names} name them. */
  IF_NAMED
}
