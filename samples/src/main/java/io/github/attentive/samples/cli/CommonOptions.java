package io.github.attentive.samples.cli;

import io.github.attentive.Device;
import io.github.attentive.LoadOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command with a model has. */
final class CommonOptions {
  /** The engines by name; a name that is not one of them is wrong usage. */
  enum EngineName {
    pytorch,
    tensorflow
  }

  @Option(names = "--engine", paramLabel = "NAME", description = "${COMPLETION-CANDIDATES}")
  @Nullable EngineName engine;

  @Option(names = "--device", paramLabel = "DEVICE", description = "cpu, gpu or gpu:N")
  String device = "cpu";

  @Option(names = "--threads", paramLabel = "N", description = "threads of one operation")
  @Nullable Integer threads;

  @Option(names = "--max-length", paramLabel = "N", description = "tokens of a text at most")
  @Nullable Integer maxLength;

  @Option(names = "--batch-size", paramLabel = "N", description = "texts of one pass at most")
  @Nullable Integer batchSize;

  @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}")
  OutputFormat format = OutputFormat.text;

  /** Read before the command starts; listed here for --help. */
  @Option(names = "--verbose", description = "logs, and a stack trace with an error")
  boolean verbose;

  @Option(names = "--help", usageHelp = true, description = "this text")
  boolean help;

  Device device() {
    return Device.parse(device);
  }

  /** How many inputs a model is given at once, so that batches can be as large as asked for. */
  int atLeastABatch(int usual) {
    return batchSize == null ? usual : Math.max(usual, batchSize);
  }

  LoadOptions loadOptions() {
    // On the command line naming a model is consent to run it.
    LoadOptions.Builder options = LoadOptions.builder().device(device()).trustForeignGraph(true);
    if (engine != null) {
      options.engine(engine.name());
    }
    if (threads != null) {
      options.threads(threads);
    }
    if (maxLength != null) {
      options.maxLength(maxLength);
    }
    if (batchSize != null) {
      options.batchSize(batchSize);
    }
    return options.build();
  }
}
