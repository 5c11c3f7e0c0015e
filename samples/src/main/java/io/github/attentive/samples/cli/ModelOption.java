package io.github.attentive.samples.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which model. */
final class ModelOption {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "model directory, or the one file of a model; it is trusted to run")
  Path model = Path.of("");
}
