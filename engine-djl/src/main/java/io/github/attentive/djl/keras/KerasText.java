package io.github.attentive.djl.keras;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.text.OutputMode;
import io.github.attentive.djl.text.TextVectorization;
import io.github.attentive.djl.text.Vocabulary;
import java.util.OptionalInt;

/**
 * How a text enters a model: how it is cut, the words, and what the model gets.
 *
 * @param vectorization how it is cut
 * @param mode numbers of tokens, or a feature for each word
 * @param vocabulary the words
 * @param length positions of the input, or empty for as many as a text has
 * @param features how many features there are; 0 for numbers of tokens
 * @param frequencies inverse document frequencies for {@link OutputMode#TF_IDF}, else none
 * @param inside whether the model's own layer says all this
 */
record KerasText(
    TextVectorization vectorization,
    OutputMode mode,
    Vocabulary vocabulary,
    OptionalInt length,
    int features,
    float[] frequencies,
    boolean inside) {

  /** Refuses a vocabulary with more words than an embedding has rows. */
  void requireRows(int rows, String place) {
    if (vocabulary.size() > rows) {
      throw new ModelLoadException(
          "%s: expected a vocabulary of at most %s words, as many as it has rows, got %s; use the"
                  .formatted(place, rows, vocabulary.size())
              + " vocabulary the model was trained with");
    }
  }
}
