package io.github.attentive;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The forms in which a model can be written for other runtimes. */
public enum ExportFormat {
  /** A TorchScript archive, {@code .pt}: for PyTorch, DJL, and servers of either. */
  TORCHSCRIPT,
  /** A SavedModel, a directory with {@code saved_model.pb}: for TensorFlow, DJL, and servers. */
  SAVED_MODEL;

  /**
   * The format of a name.
   *
   * @param id as {@link #id()} has it
   * @return the format
   * @throws InvalidInputException if there is none of that name
   */
  public static ExportFormat of(String id) {
    return Arrays.stream(values())
        .filter(format -> format.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "export format: expected one of %s, got '%s'"
                        .formatted(
                            Arrays.stream(values())
                                .map(ExportFormat::id)
                                .collect(Collectors.joining(", ")),
                            id)));
  }

  /**
   * The name used on the command line.
   *
   * @return {@code torchscript} or {@code savedmodel}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace("_", "");
  }
}
