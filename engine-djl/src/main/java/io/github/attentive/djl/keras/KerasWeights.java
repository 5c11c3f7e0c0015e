package io.github.attentive.djl.keras;

import io.github.attentive.djl.checkpoint.Hdf5File;
import java.util.Optional;

/** Where the weights of a saved model are. Not thread-safe. */
interface KerasWeights {

  /**
   * A weight.
   *
   * @param layer whose it is
   * @param path its place below the layer's, as an archive has it
   * @param number its place among the layer's weights, as a file of Keras 2 counts them, from 0
   * @return the weight, or empty if there is none
   * @throws io.github.attentive.ModelLoadException if the file is damaged
   */
  Optional<Hdf5File.Floats> find(KerasLayer layer, String path, int number);
}
