package io.github.attentive;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What an export has written. Immutable.
 *
 * @param path the file of the model, or its directory where the format is one
 * @param functions what the model can be asked for: the first, {@code forward} of TorchScript or
 *     {@code classify} of a SavedModel, gives logits, {@code explain} logits and the attention of
 *     every layer
 * @param inputs what each function takes, in order
 */
public record ExportedModel(Path path, List<String> functions, List<String> inputs) {

  /**
   * Creates the description.
   *
   * @param path as above
   * @param functions as above
   * @param inputs as above
   */
  public ExportedModel {
    Objects.requireNonNull(path, "path");
    functions = List.copyOf(functions);
    inputs = List.copyOf(inputs);
  }
}
