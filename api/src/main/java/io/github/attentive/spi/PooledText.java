package io.github.attentive.spi;

import io.github.attentive.InvalidInputException;

/**
 * The states of a text and the weights by which they are summed.
 *
 * @param weights {@code [positions]}; of self-attention whose rows are averaged, the column means;
 *     not copied
 * @param states {@code [positions * size]} row-major; not copied
 * @param head what reads the sum
 */
public record PooledText(float[] weights, float[] states, PoolingHead head) {
  /**
   * Creates a pooled text.
   *
   * @param weights as above
   * @param states as above
   * @param head as above
   * @throws InvalidInputException if the states are not as many as the weights, or not of the size
   *     that the head reads
   */
  public PooledText {
    if (states.length != weights.length * head.size()) {
      throw new InvalidInputException(
          "pooled states: expected %s numbers for each of %s positions, got %s in all"
              .formatted(head.size(), weights.length, states.length));
    }
  }
}
