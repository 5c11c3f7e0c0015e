package io.github.attentive.spi;

import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import io.github.attentive.Removal;
import io.github.attentive.TextInput;
import java.util.List;

/**
 * A model that reads texts of which tokens are left out, without tokenizing them anew. Calls come
 * from many threads at once.
 */
public interface ErasureModel {
  /**
   * Runs versions of a text.
   *
   * @param input the text
   * @param kept for each version {@code [positions]}, the positions being those of the input's
   *     {@link ModelOutput#positions()}: true for a token that stays; special tokens stay in any
   *     case
   * @param removal what becomes of the others
   * @return an output for each version, in order, without attention; its positions are those left
   * @throws InvalidInputException if a version has another number of positions, the model has no
   *     token to mask or pad with, or cannot take the input
   * @throws InferenceException if the model fails
   */
  List<ModelOutput> run(TextInput input, List<boolean[]> kept, Removal removal);
}
