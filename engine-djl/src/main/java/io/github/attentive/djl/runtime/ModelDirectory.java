package io.github.attentive.djl.runtime;

import io.github.attentive.LoadOptions;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.architecture.BiGruConfig;
import io.github.attentive.djl.architecture.HuggingFaceModel;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.keras.SavedKerasModel;
import io.github.attentive.spi.EngineModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the model directories that are written as a graph, on any engine. */
public final class ModelDirectory {
  private static final String MODEL_TYPE = "model_type";

  private ModelDirectory() {}

  /**
   * Says why a path is no model directory that {@link #open} takes, from a look at its
   * configuration.
   *
   * @param model an existing path
   * @return the reason, or empty if {@link #open} should be tried
   */
  public static Optional<String> objection(Path model) {
    try {
      if (kerasFile(model).isPresent()) {
        return Optional.empty();
      }
      if (!Files.isDirectory(model)) {
        return Optional.of(
            "expected a directory with "
                + AttentiveDirectory.CONFIG
                + ", or a model.keras, got another file");
      }
      config(model);
      return Optional.empty();
    } catch (ModelLoadException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The file of a model that Keras has saved, unless a configuration says that the directory is
   * something else.
   *
   * @param model an existing path
   * @return the file, or empty if there is none
   * @throws ModelLoadException if there are several
   */
  public static Optional<Path> kerasFile(Path model) {
    return Files.isDirectory(model) && Files.exists(model.resolve(AttentiveDirectory.CONFIG))
        ? Optional.empty()
        : SavedKerasModel.at(model);
  }

  private static JsonFile config(Path model) {
    JsonFile json = JsonFile.read(model.resolve(AttentiveDirectory.CONFIG));
    if (BiGruConfig.isIn(json)) {
      return json;
    }
    String type = json.string(MODEL_TYPE);
    if (!type.equals(KerasConfig.MODEL_TYPE) && !HuggingFaceModel.knows(type)) {
      throw json.unexpected(
          MODEL_TYPE,
          "one of %s, %s, %s"
              .formatted(
                  KerasConfig.MODEL_TYPE,
                  BiGruConfig.MODEL_TYPE,
                  String.join(", ", HuggingFaceModel.families())));
    }
    return json;
  }

  /**
   * Opens a directory.
   *
   * @param model an existing path
   * @param options limits
   * @param engine the engine's name
   * @param compiler the engine
   * @return the model
   * @throws ModelLoadException if a file is missing, damaged, not supported, or contradicts another
   * @throws io.github.attentive.EngineUnavailableException if the engine cannot start
   */
  public static EngineModel open(
      Path model, LoadOptions options, String engine, GraphCompiler compiler) {
    Optional<Path> keras = kerasFile(model);
    if (keras.isPresent()) {
      return KerasDirectory.open(keras.get(), options, engine, compiler);
    }
    JsonFile config = config(model);
    if (BiGruConfig.isIn(config)) {
      return BiGruDirectory.open(model, config, options, engine, compiler);
    }
    return config.string(MODEL_TYPE).equals(KerasConfig.MODEL_TYPE)
        ? AttentiveDirectory.open(model, config, options, engine, compiler)
        : HuggingFaceDirectory.open(model, config, options, engine, compiler);
  }

  /**
   * Reads a directory that {@link #open} takes for export, on no engine.
   *
   * @param model an existing path
   * @param options limits
   * @return its graph, and the files that belong beside it
   * @throws ModelLoadException if it is no such directory, or a file is missing, damaged, not
   *     supported, or contradicts another
   */
  public static PortableModel portable(Path model, LoadOptions options) {
    Optional<Path> keras = kerasFile(model);
    if (keras.isPresent()) {
      return KerasDirectory.portable(keras.get());
    }
    if (!Files.isDirectory(model)) {
      throw new ModelLoadException(
          "model %s: expected a directory with %s and weights, got a file"
              .formatted(model, AttentiveDirectory.CONFIG));
    }
    JsonFile config = config(model);
    if (BiGruConfig.isIn(config)) {
      return BiGruDirectory.portable(model, config, options);
    }
    return config.string(MODEL_TYPE).equals(KerasConfig.MODEL_TYPE)
        ? AttentiveDirectory.portable(model, config)
        : HuggingFaceDirectory.portable(model, config, options);
  }
}
