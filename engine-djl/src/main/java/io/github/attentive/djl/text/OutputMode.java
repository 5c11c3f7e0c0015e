package io.github.attentive.djl.text;

import java.util.List;

/** What the layer {@code TextVectorization} of Keras 3 makes of the tokens of a text. */
public enum OutputMode {
  /** The id of each token, in order: see {@link KerasTextEncoder}. */
  INT(List.of("", Vocabulary.UNKNOWN_WORD)),
  /** For each word of the vocabulary 1 if the text has it, else 0: see {@link TextFeatures}. */
  MULTI_HOT(List.of(Vocabulary.UNKNOWN_WORD)),
  /** For each word of the vocabulary how often the text has it: see {@link TextFeatures}. */
  COUNT(List.of(Vocabulary.UNKNOWN_WORD)),
  /** The count of each word times its inverse document frequency: see {@link TextFeatures}. */
  TF_IDF(List.of(Vocabulary.UNKNOWN_WORD));

  private final List<String> specialWords;

  OutputMode(List<String> specialWords) {
    this.specialWords = specialWords;
  }

  /**
   * What a vocabulary of this mode starts with.
   *
   * @return the empty word, which stands for padding, and {@code [UNK]} for {@link #INT}; {@code
   *     [UNK]} alone for the others, which have no padding
   */
  public List<String> specialWords() {
    return specialWords;
  }
}
