package io.github.attentive.djl.keras;

import io.github.attentive.djl.checkpoint.Hdf5File;
import java.util.List;
import java.util.Optional;

/** The weights of a whole-model {@code .h5} file: groups named after layers, weights in a list. */
final class WholeModelWeights implements KerasWeights {
  private static final String ROOT = "model_weights/";
  private static final String NAMES = "weight_names";

  private final Hdf5File file;

  WholeModelWeights(Hdf5File file) {
    this.file = file;
  }

  @Override
  public Optional<Hdf5File.Floats> find(KerasLayer layer, String path, int number) {
    String group = ROOT + layer.name();
    List<String> names = file.texts(group, NAMES).orElse(List.of());
    return number < names.size() ? file.floats(group + "/" + names.get(number)) : Optional.empty();
  }
}
