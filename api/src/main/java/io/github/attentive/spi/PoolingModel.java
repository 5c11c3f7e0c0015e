package io.github.attentive.spi;

import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import java.util.List;

/**
 * A model that weighs states by attention, sums them, and reads its logits off the sum: what {@link
 * io.github.attentive.explain.PoolingContributions} takes apart. Calls come from many threads at
 * once.
 */
public interface PoolingModel {
  /**
   * What the logits of texts are made of.
   *
   * @param inputs at least one input
   * @return for each input its states and weights, for the positions of its {@link
   *     ModelOutput#positions()}
   * @throws InvalidInputException if the model cannot take an input
   * @throws InferenceException if the model fails
   */
  List<PooledText> pooled(List<TextInput> inputs);
}
