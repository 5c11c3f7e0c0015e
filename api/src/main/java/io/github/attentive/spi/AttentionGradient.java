package io.github.attentive.spi;

import io.github.attentive.AttentionTensor;
import io.github.attentive.InvalidInputException;
import java.util.Arrays;

/**
 * The attention of one text and the gradient by it.
 *
 * @param attention the weights
 * @param gradient of the attention's shape {@code [layers, heads, queries, keys]}, row-major; not
 *     copied
 */
public record AttentionGradient(AttentionTensor attention, float[] gradient) {
  /**
   * Creates a pair.
   *
   * @param attention as above
   * @param gradient as above
   * @throws InvalidInputException if the sizes differ
   */
  public AttentionGradient {
    int[] shape = attention.shape();
    if (gradient.length != shape[0] * shape[1] * shape[2] * shape[3]) {
      throw new InvalidInputException(
          "gradient of attention: expected a number for each weight of shape %s, got %s"
              .formatted(Arrays.toString(shape), gradient.length));
    }
  }
}
