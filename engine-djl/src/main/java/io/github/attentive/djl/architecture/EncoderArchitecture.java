package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.Tensor;
import io.github.attentive.djl.text.TokenTypes;
import io.github.attentive.spi.PositionsRead;

/**
 * A transformer encoder with a classification head: a family of Hugging Face models, with the sizes
 * of one configuration. Immutable.
 */
abstract class EncoderArchitecture {
  private final EncoderSizes sizes;
  private final int positions;

  /**
   * Creates an architecture.
   *
   * @param positions the most tokens of an input that the family really has, special ones included
   */
  EncoderArchitecture(EncoderSizes sizes, int positions) {
    this.sizes = sizes;
    this.positions = positions;
  }

  final EncoderSizes sizes() {
    return sizes;
  }

  final int positions() {
    return positions;
  }

  /** How often attention is computed, layers that share weights counted each time. */
  int layers() {
    return sizes.layers();
  }

  /** What the dot products of queries and keys are multiplied by, in every layer. */
  double attentionScale() {
    return sizes.scale();
  }

  /** Whether token types are an input: the model embeds more than one. */
  boolean embedsTokenTypes() {
    return false;
  }

  /** Which types the tokenizer is asked for. */
  TokenTypes tokenTypes() {
    return embedsTokenTypes() ? TokenTypes.UNLESS_LEFT_OUT : TokenTypes.NONE;
  }

  /** Which rows of the last layer the classification head reads. */
  PositionsRead positionsRead() {
    return PositionsRead.FIRST;
  }

  /** What training drops. */
  abstract Dropouts dropouts(HuggingFaceConfig config);

  /** Writes the model up to its logits, {@code [batch, outputs]}. */
  abstract Tensor logits(EncoderWriter writer);
}
