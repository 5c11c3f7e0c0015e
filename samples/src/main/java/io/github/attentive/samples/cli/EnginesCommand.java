package io.github.attentive.samples.cli;

import io.github.attentive.Device;
import io.github.attentive.EngineUnavailableException;
import io.github.attentive.spi.EngineInfo;
import io.github.attentive.spi.EngineProvider;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engines}: what is on the class path. */
@Command(name = "engines", description = "Lists the engines: name, version, devices, abilities.")
final class EnginesCommand implements Runnable {
  private final Console console;

  @Mixin private CommonOptions common = new CommonOptions();

  EnginesCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    List<EngineProvider> engines = EngineProvider.onClassPath();
    if (engines.isEmpty()) {
      throw new EngineUnavailableException(
          "no engine is on the class path; expected attentive-engine-djl-pytorch beside this jar");
    }
    boolean json = common.format == OutputFormat.json;
    List<String> lines = engines.stream().map(e -> json ? json(e) : text(e)).toList();
    lines.forEach(console.out()::println);
  }

  private static String text(EngineProvider engine) {
    try {
      EngineInfo info = engine.info();
      return String.join(
          "  ",
          engine.name(),
          info.version(),
          info.devices().stream().map(Device::toString).collect(Collectors.joining(",")),
          String.join(", ", info.abilities()));
    } catch (EngineUnavailableException e) {
      return engine.name() + "  cannot start: " + e.getMessage();
    }
  }

  private static String json(EngineProvider engine) {
    EngineInfo info = engine.info();
    return JsonLine.of(
        json -> {
          json.writeStartObject();
          json.writeStringField("name", engine.name());
          json.writeStringField("version", info.version());
          JsonLine.strings(json, "devices", info.devices().stream().map(Device::toString).toList());
          JsonLine.strings(json, "abilities", info.abilities());
          json.writeEndObject();
        });
  }
}
