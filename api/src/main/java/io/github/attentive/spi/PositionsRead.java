package io.github.attentive.spi;

/**
 * Which positions of the last layer a classification head reads, and so which rows of the attention
 * say what the decision looked at.
 */
public enum PositionsRead {
  /** The first position only, as the heads of BERT and most of its cousins do. */
  FIRST,
  /** The mean over all positions, as an average pooling does. */
  ALL
}
