package io.github.attentive.samples.cli;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Explainer;
import io.github.attentive.LoadOptions;
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

  /**
   * Opens it.
   *
   * @param needsAttention whether one without attention is to be refused before a text is read
   * @param options of loading
   */
  Explainer explainer(boolean needsAttention, LoadOptions options) {
    return needsAttention
        ? AttentionExplainer.load(model, options)
        : Explainer.load(model, options);
  }
}
