package io.github.attentive.samples.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which model. */
final class ModelOption {
  @Option(names = "--model", required = true, paramLabel = "DIR", description = "model directory")
  Path model = Path.of("");
}
