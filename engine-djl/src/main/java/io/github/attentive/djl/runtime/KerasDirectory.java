package io.github.attentive.djl.runtime;

import io.github.attentive.LoadOptions;
import io.github.attentive.ModelInfo;
import io.github.attentive.djl.keras.KerasSettings;
import io.github.attentive.djl.keras.SavedKerasModel;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.PositionsRead;
import java.nio.file.Path;

/** Opens whole models that Keras has saved, on any engine. */
final class KerasDirectory {
  private static final String FAMILY = "keras";

  private KerasDirectory() {}

  static EngineModel open(Path file, LoadOptions options, String engine, GraphCompiler compiler) {
    SavedKerasModel model = read(file);
    TextEncoder encoder = model.encoder(options.maxLength());
    ModelInfo info =
        new ModelInfo(
            engine,
            FAMILY,
            model.layers(),
            model.heads(),
            encoder.maxLength(),
            model.labels(),
            model.problemType());
    return new GraphModel(
        info,
        PositionsRead.ALL,
        model.attentionKind(),
        GraphAbilities.of(model.graph()),
        encoder,
        new BatchInputs(model.graph(), model.features().orElse(null)),
        compiler.compile(model.graph(), options.device(), options.threads()),
        options.batchSize());
  }

  private static SavedKerasModel read(Path file) {
    return SavedKerasModel.read(file, KerasSettings.of(file.toAbsolutePath().getParent()));
  }

  static PortableModel portable(Path file) {
    SavedKerasModel model = read(file);
    return PortableModel.of(model.graph(), model.sideFiles().content());
  }
}
