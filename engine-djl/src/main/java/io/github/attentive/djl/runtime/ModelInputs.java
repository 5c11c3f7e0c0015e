package io.github.attentive.djl.runtime;

import io.github.attentive.TextInput;
import io.github.attentive.djl.text.EncodedText;
import java.util.List;

/** Turns a batch of texts into the inputs of a graph. Immutable. */
public interface ModelInputs {

  /**
   * Says whether texts of different lengths may share a batch.
   *
   * @return false where padding would change the results
   */
  boolean pads();

  /**
   * The inputs of a batch.
   *
   * @param inputs the texts as the caller gave them, at least one
   * @param texts the same as the model reads them
   * @return the arrays in the order of the graph's inputs
   */
  List<HostArray> of(List<TextInput> inputs, List<EncodedText> texts);
}
