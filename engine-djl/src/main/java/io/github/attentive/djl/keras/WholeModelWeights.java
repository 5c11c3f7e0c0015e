package io.github.attentive.djl.keras;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.Hdf5File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The weights of a whole-model {@code .h5} file: groups named after the layers of the outermost
 * model, weights in a list. A model among those layers has the weights of its own layers in its
 * group, by names that the layer's is a part of.
 */
final class WholeModelWeights implements KerasWeights {
  private static final String ROOT = "model_weights";
  private static final String NAMES = "weight_names";

  private final Hdf5File file;

  WholeModelWeights(Hdf5File file) {
    this.file = file;
  }

  @Override
  public Optional<Hdf5File.Floats> find(KerasLayer layer, String path, int number) {
    List<String> places = layer.withinModel() ? within(layer) : own(layer.name());
    return number < places.size() ? file.floats(places.get(number)) : Optional.empty();
  }

  private List<String> own(String group) {
    String place = ROOT + "/" + group;
    return file.texts(place, NAMES).orElse(List.of()).stream()
        .map(name -> place + "/" + name)
        .toList();
  }

  private List<String> within(KerasLayer layer) {
    List<String> found = List.of();
    List<String> groups = new ArrayList<>();
    for (String group : file.texts(ROOT, "layer_names").orElse(List.of())) {
      List<String> places =
          group.equals(layer.name())
              ? List.of()
              : own(group).stream()
                  .filter(place -> Arrays.asList(place.split("/")).contains(layer.name()))
                  .toList();
      if (!places.isEmpty()) {
        found = places;
        groups.add(group);
      }
    }
    if (groups.size() > 1) {
      throw new ModelLoadException(
          "%s: expected its weights in one place, got the layers %s; save the model as .keras"
              .formatted(layer.place(), groups));
    }
    return found;
  }
}
