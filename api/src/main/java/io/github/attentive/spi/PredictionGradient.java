package io.github.attentive.spi;

import io.github.attentive.AttentionTensor;
import io.github.attentive.InvalidInputException;

/**
 * What a model gives for one input, and the gradient of one of its logits by the attention weights.
 *
 * @param output with attention
 * @param factors {@code [outputs]}: 1 for the logit that was differentiated, 0 for every other; not
 *     copied
 * @param gradient of the attention's shape {@code [layers, heads, queries, keys]}, row-major; not
 *     copied
 */
public record PredictionGradient(ModelOutput output, float[] factors, float[] gradient) {
  /**
   * Creates one.
   *
   * @param output as above
   * @param factors as above
   * @param gradient as above
   * @throws InvalidInputException if the output has no attention
   */
  public PredictionGradient {
    if (output.attention().isEmpty()) {
      throw new InvalidInputException(
          "gradient of attention: expected an output with attention, got one without");
    }
  }

  /**
   * The attention of the output.
   *
   * @return the weights
   */
  public AttentionTensor attention() {
    return output.attention().orElseThrow();
  }
}
