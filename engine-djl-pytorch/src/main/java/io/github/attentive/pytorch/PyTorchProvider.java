package io.github.attentive.pytorch;

import ai.djl.engine.Engine;
import io.github.attentive.Dataset;
import io.github.attentive.ExportFormat;
import io.github.attentive.ExportedModel;
import io.github.attentive.Finding;
import io.github.attentive.LoadOptions;
import io.github.attentive.Recipe;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingOptions;
import io.github.attentive.djl.doctor.DirectoryInspection;
import io.github.attentive.djl.runtime.ModelDirectory;
import io.github.attentive.djl.training.Training;
import io.github.attentive.spi.EngineInfo;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.EngineProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The engine {@code pytorch}. Thread-safe; trainings wait for each other at every step. */
public final class PyTorchProvider implements EngineProvider {
  private static final String NAME = "pytorch";

  /** Above the TensorFlow engine: it is faster and it trains. */
  private static final int PRIORITY = 100;

  /** Made by {@link java.util.ServiceLoader}; loads no natives. */
  public PyTorchProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public int priority() {
    return PRIORITY;
  }

  @Override
  public EngineInfo info() {
    Engine engine = PyTorchRuntime.engine();
    return new EngineInfo(
        engine.getVersion() + " (DJL " + Engine.getDjlVersion() + ")",
        PyTorchRuntime.devices(),
        List.of(
            "opens Hugging Face, Keras and attentive directories",
            "opens TorchScript files, where their origin is trusted",
            "explains by attention",
            "trains "
                + String.join(", ", Training.recipes().stream().map(Recipe::id).sorted().toList()),
            "exports torchscript"));
  }

  @Override
  public Optional<String> objection(Path model) {
    return ForeignTorchScript.at(model).isPresent()
        ? Optional.empty()
        : ModelDirectory.objection(model);
  }

  @Override
  public EngineModel open(Path model, LoadOptions options) {
    Optional<Path> foreign = ForeignTorchScript.at(model);
    return foreign.isPresent()
        ? ForeignTorchScript.open(foreign.get(), options, NAME)
        : ModelDirectory.open(model, options, NAME, PyTorchGraph::load);
  }

  @Override
  public List<Finding> inspect(Path model, LoadOptions options) {
    return ForeignTorchScript.at(model).isPresent()
        ? List.of()
        : DirectoryInspection.of(model, options);
  }

  @Override
  public Set<Recipe> recipes() {
    return Training.recipes();
  }

  @Override
  public TrainingHistory train(
      TrainingOptions options, Dataset training, @Nullable Dataset validation, Path directory) {
    return Training.train(options, training, validation, directory, PyTorchTrainableGraph::load);
  }

  @Override
  public Set<ExportFormat> exportFormats() {
    return Set.of(ExportFormat.TORCHSCRIPT);
  }

  @Override
  public ExportedModel export(Path model, ExportFormat format, Path out, LoadOptions options) {
    return TorchScriptExport.write(model, out, options);
  }
}
