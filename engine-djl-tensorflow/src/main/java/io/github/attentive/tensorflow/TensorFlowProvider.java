package io.github.attentive.tensorflow;

import io.github.attentive.Device;
import io.github.attentive.EngineUnavailableException;
import io.github.attentive.LoadOptions;
import io.github.attentive.djl.runtime.ModelDirectory;
import io.github.attentive.spi.EngineInfo;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.EngineProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The engine {@code tensorflow}. Thread-safe. Opens no models in this version. */
public final class TensorFlowProvider implements EngineProvider {
  private static final String NAME = "tensorflow";
  private static final int PRIORITY = 50;

  /** The libraries that DJL 0.35.1 and TensorFlow-Java 1.0.0-rc.1 are made for. */
  private static final String VERSION = "2.16.1";

  private static final String NOT_YET =
      "the tensorflow engine of this version opens no models yet; use the engine pytorch"
          + " (io.github.attentive:attentive-engine-djl-pytorch)";

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
    ai.djl.engine.Engine engine = TensorFlowRuntime.engine();
    return new EngineInfo(engine.getVersion(), TensorFlowRuntime.devices(), List.of("opens"));
  }

  @Override
  public Optional<String> objection(Path model) {
    return ModelDirectory.objection(model);
  }

  @Override
  public EngineModel open(Path model, LoadOptions options) {
    return ModelDirectory.open(model, options, NAME, TensorFlowGraph::load);
  }
}
