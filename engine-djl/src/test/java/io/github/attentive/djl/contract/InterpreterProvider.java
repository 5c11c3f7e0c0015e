package io.github.attentive.djl.contract;

import io.github.attentive.Device;
import io.github.attentive.LoadOptions;
import io.github.attentive.djl.runtime.ModelDirectory;
import io.github.attentive.spi.EngineInfo;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.EngineProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An engine for tests of what all engines share: {@link GraphInterpreter}. */
public final class InterpreterProvider implements EngineProvider {
  /** Made by {@link java.util.ServiceLoader}. */
  public InterpreterProvider() {}

  @Override
  public String name() {
    return "interpreter";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo("1", List.of(Device.CPU), List.of());
  }

  @Override
  public Optional<String> objection(Path model) {
    return ModelDirectory.objection(model);
  }

  @Override
  public EngineModel open(Path model, LoadOptions options) {
    return ModelDirectory.open(
        model, options, name(), (graph, device, threads) -> new GraphInterpreter(graph));
  }
}
