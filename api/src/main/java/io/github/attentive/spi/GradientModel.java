package io.github.attentive.spi;

import io.github.attentive.Baseline;
import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import java.util.List;

/**
 * A model that gives gradients of its logits. Calls come from many threads at once; nothing they
 * give depends on how inputs are grouped.
 *
 * <p>What is differentiated is the sum over the model's outputs of a factor and the output's logit:
 * one factor of 1 for a class, 1 and -1 for the contrast of two.
 */
public interface GradientModel {
  /**
   * Gradients by the attention weights, as if each could be changed alone.
   *
   * @param inputs at least one input
   * @param factors for each input {@code [outputs]}, as many as the model has logits
   * @return for each input its attention and the gradient
   * @throws InvalidInputException if the model has no attention, or cannot take an input
   * @throws InferenceException if the model fails
   */
  List<AttentionGradient> byAttention(List<TextInput> inputs, List<float[]> factors);

  /**
   * Runs the model and differentiates each text's largest logit by the attention weights, in one
   * pass each way: what is most often asked, for the time of the gradients alone.
   *
   * @param inputs at least one input
   * @return for each input what {@link EngineModel#run} gives with {@link Detail#ATTENTION}, and
   *     the gradient
   * @throws InvalidInputException if the model has no attention, or cannot take an input
   * @throws InferenceException if the model fails
   */
  List<PredictionGradient> byAttention(List<TextInput> inputs);

  /**
   * Whether the logits are a piecewise linear function of all attention weights, everything else
   * being held, as where a dense layer reads a sum of states that attention weighs. Then the
   * weights times their gradients are what they contribute, exactly.
   *
   * @return true only where that is known; false by default
   */
  default boolean isPiecewiseLinearInAttention() {
    return false;
  }

  /**
   * The word vectors of a text and of its baseline, before positions and norms are added.
   *
   * @param input the text
   * @param baseline what stands in place of every token that is not special
   * @return both, for the positions of the input's {@link ModelOutput#positions()}
   * @throws InvalidInputException if the model has no such token, or cannot take the input
   * @throws InferenceException if the model fails
   */
  WordVectors wordVectors(TextInput input, Baseline baseline);

  /**
   * Gradients by word vectors, at given vectors.
   *
   * @param input the text, whose mask, token types and places the vectors have
   * @param vectors {@code [positions * size]} row-major, one array for each point
   * @param factors {@code [outputs]}, as many as the model has logits
   * @return for each point the logits and the gradient
   * @throws InvalidInputException if the vectors have another shape, or the model cannot take the
   *     input
   * @throws InferenceException if the model fails
   */
  List<VectorGradient> byWordVectors(TextInput input, List<float[]> vectors, float[] factors);
}
