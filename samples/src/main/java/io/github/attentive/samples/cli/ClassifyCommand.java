package io.github.attentive.samples.cli;

import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code classify}: a label and scores for each text. */
@Command(name = "classify", description = "Classifies texts, one result a line.")
final class ClassifyCommand implements Runnable {
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
    List<TextInput> inputs = input.read();
    StringBuilder lines = new StringBuilder();
    try (Classifier classifier = Classifier.load(model.model, common.loadOptions())) {
      for (Classification result : classifier.classifyAll(inputs)) {
        lines
            .append(
                common.format == OutputFormat.json
                    ? ResultJson.classification(result)
                    : text(result))
            .append('\n');
      }
    }
    write(lines.toString());
  }

  private void write(String lines) {
    if (output == null) {
      console.out().print(lines);
      return;
    }
    try {
      Files.writeString(output, lines);
    } catch (IOException e) {
      throw new InvalidInputException("--output " + output + ": cannot be written: " + e, e);
    }
  }

  private static String text(Classification result) {
    return String.format(
        Locale.ROOT,
        "%s\t%.4f\t%s",
        result.label(),
        result.score(result.label()),
        result.input().text().replaceAll("\\R", " "));
  }
}
