package io.github.attentive;

import java.util.Locale;

/** The kinds of model that can be trained from texts and labels. */
public enum Recipe {
  /**
   * Embedding, dot-product attention of the words to each other, average over the positions, dense
   * layer; as Keras users build it from {@code TextVectorization}, {@code Embedding}, {@code
   * Attention}, {@code GlobalAveragePooling1D} and {@code Dense}.
   */
  KERAS_ATTENTION,
  /** The same without the attention layer. */
  KERAS_POOLING,
  /**
   * Word pieces, embedding, one bidirectional GRU, additive attention that the final states ask
   * for, and two dense layers.
   */
  BIGRU_ATTENTION,
  /**
   * A transformer encoder with a classification head: a checkpoint of any family that opens as a
   * Hugging Face directory, fine-tuned, or a small BERT from scratch.
   */
  BERT;

  /**
   * The name used on the command line.
   *
   * @return lower case, words joined by hyphens
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
