package io.github.attentive.samples.cli;

import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code classify}: a label and scores for each text. */
@Command(name = "classify", description = "Classifies texts, one result a line.")
final class ClassifyCommand implements Runnable {
  /** Enough for an engine to batch texts of like length. */
  private static final int CHUNK = 1024;

  private final Console console;

  @Mixin private ModelOption model = new ModelOption();
  @Mixin private InputOptions input = new InputOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--output", paramLabel = "FILE", description = "default: standard output")
  private @Nullable Path output;

  ClassifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Texts inputs = input.read(console);
    try (Classifier classifier = Classifier.load(model.model, common.loadOptions())) {
      new ResultLines(console, output, common.atLeastABatch(CHUNK))
          .write(inputs, chunk -> classifier.classifyAll(chunk).stream().map(this::line).toList());
    }
  }

  private String line(Classification result) {
    return common.format == OutputFormat.json
        ? ResultJson.classification(result)
        : ResultText.classification(result);
  }
}
