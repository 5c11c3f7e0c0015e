package io.github.attentive.spi;

import io.github.attentive.InvalidInputException;

/**
 * What reads logits off a sum of states: {@code logits = weights x + bias}, x being the sum, or
 * {@code relu(hidden sum + hiddenBias)} where there is a hidden layer.
 *
 * @param size numbers of a state
 * @param units rectified units of the hidden layer; 0 if there is none
 * @param outputs how many logits
 * @param hidden {@code [units * size]} row-major; not copied
 * @param hiddenBias {@code [units]}; not copied
 * @param weights {@code [outputs * units]}, or {@code [outputs * size]} without a hidden layer,
 *     row-major; not copied
 * @param bias {@code [outputs]}; not copied
 */
public record PoolingHead(
    int size,
    int units,
    int outputs,
    float[] hidden,
    float[] hiddenBias,
    float[] weights,
    float[] bias) {
  /**
   * Creates a head.
   *
   * @param size as above
   * @param units as above
   * @param outputs as above
   * @param hidden as above
   * @param hiddenBias as above
   * @param weights as above
   * @param bias as above
   * @throws InvalidInputException if an array is not as long as its shape says
   */
  public PoolingHead {
    if (hidden.length != units * size
        || hiddenBias.length != units
        || weights.length != outputs * (units == 0 ? size : units)
        || bias.length != outputs) {
      throw new InvalidInputException(
          "head of %s numbers, %s hidden units, %s outputs: got %s, %s, %s and %s numbers"
              .formatted(
                  size,
                  units,
                  outputs,
                  hidden.length,
                  hiddenBias.length,
                  weights.length,
                  bias.length));
    }
  }
}
