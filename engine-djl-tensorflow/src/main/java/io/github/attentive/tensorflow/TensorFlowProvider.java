package io.github.attentive.tensorflow;

import ai.djl.engine.Engine;
import io.github.attentive.ExportFormat;
import io.github.attentive.ExportedModel;
import io.github.attentive.Finding;
import io.github.attentive.LoadOptions;
import io.github.attentive.djl.doctor.DirectoryInspection;
import io.github.attentive.djl.runtime.ModelDirectory;
import io.github.attentive.spi.EngineInfo;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.EngineProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The engine {@code tensorflow}. Thread-safe. */
public final class TensorFlowProvider implements EngineProvider {
  private static final String NAME = "tensorflow";

  /** Below the PyTorch engine, which is faster and trains. */
  private static final int PRIORITY = 50;

  /** Made by {@link java.util.ServiceLoader}; loads no natives. */
  public TensorFlowProvider() {}

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
    Engine engine = TensorFlowRuntime.engine();
    return new EngineInfo(
        engine.getVersion() + " (DJL " + Engine.getDjlVersion() + ")",
        TensorFlowRuntime.devices(),
        List.of(
            "opens Hugging Face, Keras and attentive directories",
            "opens SavedModels, where their origin is trusted",
            "explains by attention",
            "exports savedmodel"));
  }

  @Override
  public Optional<String> objection(Path model) {
    return ForeignSavedModel.at(model).isPresent()
        ? Optional.empty()
        : ModelDirectory.objection(model);
  }

  @Override
  public EngineModel open(Path model, LoadOptions options) {
    Optional<Path> foreign = ForeignSavedModel.at(model);
    return foreign.isPresent()
        ? ForeignSavedModel.open(foreign.get(), options, NAME)
        : ModelDirectory.open(model, options, NAME, TensorFlowGraph::load);
  }

  @Override
  public List<Finding> inspect(Path model, LoadOptions options) {
    return ForeignSavedModel.at(model).isPresent()
        ? List.of()
        : DirectoryInspection.of(model, options);
  }

  @Override
  public Set<ExportFormat> exportFormats() {
    return Set.of(ExportFormat.SAVED_MODEL);
  }

  @Override
  public ExportedModel export(Path model, ExportFormat format, Path out, LoadOptions options) {
    return SavedModelExport.write(model, out, options);
  }
}
