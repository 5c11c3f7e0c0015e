package io.github.attentive.samples.cli;

import io.github.attentive.ExportFormat;
import io.github.attentive.ExportedModel;
import io.github.attentive.ModelExporter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code export}: a model for other runtimes. */
@Command(
    name = "export",
    description = "Writes a model for other runtimes: PyTorch, TensorFlow, DJL, servers of these.")
final class ExportCommand implements Runnable {
  private final Console console;

  @Mixin private ModelOption model = new ModelOption();
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FORMAT",
      description = "torchscript or savedmodel")
  private String format = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description =
          "a directory, where tokenizer and labels go along, or for torchscript a file ending in"
              + " .pt")
  private Path out = Path.of("");

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    ExportFormat to = ExportFormat.of(format);
    ExportedModel written = ModelExporter.export(model.model, to, out, common.loadOptions());
    console
        .err()
        .println(
            "wrote %s: %s of %s"
                .formatted(
                    written.path(),
                    String.join(", ", written.functions()),
                    String.join(", ", written.inputs())));
  }
}
