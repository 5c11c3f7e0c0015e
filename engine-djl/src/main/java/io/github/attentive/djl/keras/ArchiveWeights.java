package io.github.attentive.djl.keras;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.Hdf5File;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The {@code model.weights.h5} of a {@code .keras} archive: groups named after kinds of layers. */
final class ArchiveWeights implements KerasWeights {
  private static final String OWN = "/vars";
  private static final String NAME = "name";

  private final Hdf5File file;
  private final Map<String, String> groups = new HashMap<>();

  ArchiveWeights(Hdf5File file) {
    this.file = file;
  }

  @Override
  public Optional<Hdf5File.Floats> find(KerasLayer layer, String path, int number) {
    return file.floats(groups.computeIfAbsent(layer.weights(), group -> group(layer)) + "/" + path);
  }

  /** The group where it should be, unless it says that it is another layer's. */
  private String group(KerasLayer layer) {
    String expected = layer.weights();
    Optional<String> owner = owner(expected);
    if (owner.isEmpty() || owner.get().equals(layer.name())) {
      return expected;
    }
    int slash = expected.lastIndexOf('/');
    String parent = expected.substring(0, slash + 1);
    return file.members(parent).stream()
        .map(member -> parent + member)
        .filter(group -> owner(group).filter(layer.name()::equals).isPresent())
        .findFirst()
        .orElseThrow(
            () ->
                new ModelLoadException(
                    "%s: expected its weights in '%s', got those of '%s'; save the model again"
                        .formatted(layer.place(), expected, owner.get())));
  }

  private Optional<String> owner(String group) {
    return file.texts(group + OWN, NAME)
        .filter(names -> names.size() == 1)
        .map(names -> names.get(0));
  }
}
