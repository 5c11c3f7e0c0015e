package io.github.attentive.spi;

import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import java.util.List;

/**
 * A model that weighs its attention by the vectors it moves (Kobayashi et al. 2020, "Attention is
 * Not Only a Weight"). Calls come from many threads at once.
 */
public interface NormModel {
  /**
   * Norms of what each query takes from each key.
   *
   * @param inputs at least one input
   * @return for each input its norms
   * @throws InvalidInputException if the model cannot take an input
   * @throws InferenceException if the model fails
   */
  List<AttentionNorms> norms(List<TextInput> inputs);
}
