package io.github.attentive.tensorflow;

import io.github.attentive.ExportedModel;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.checkpoint.AtomicFiles;
import io.github.attentive.djl.runtime.ExportDirectory;
import io.github.attentive.djl.runtime.ModelDirectory;
import io.github.attentive.djl.runtime.PortableModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a model directory as a SavedModel for other programs, with what belongs beside it. Weights
 * go from the checkpoint to the file one at a time; no native code is loaded.
 */
final class SavedModelExport {
  /** The signature that servers run where a request names none. */
  static final String DEFAULT_SIGNATURE = "serving_default";

  /** What TensorFlow and Keras write into a SavedModel, and this library does not. */
  private static final List<String> FOREIGN =
      List.of("variables/variables.index", "fingerprint.pb", "keras_metadata.pb");

  private static final String OF_TORCHSCRIPT = ".pt";

  private SavedModelExport() {}

  static ExportedModel write(Path model, Path out, LoadOptions options) {
    if (!Files.isDirectory(out)
        && out.toString().toLowerCase(Locale.ROOT).endsWith(OF_TORCHSCRIPT)) {
      throw new InvalidInputException(
          "output %s: expected a directory, which a SavedModel is, got a name ending in %s, as a"
                  .formatted(out, OF_TORCHSCRIPT)
              + " TorchScript file has it; choose another name, or export torchscript");
    }
    ExportDirectory directory =
        ExportDirectory.of(out, SavedModelFile.NAME, FOREIGN, "a directory");
    PortableModel portable = ModelDirectory.portable(model, options);
    directory.write(portable, content(portable, directory));
    return ExportDirectory.describe(out, portable.graph());
  }

  private static AtomicFiles.Content content(PortableModel portable, ExportDirectory directory) {
    try {
      return SavedModelFile.withWeights(
          portable.graph(), Map.of(DEFAULT_SIGNATURE, ModelFunctions.CLASSIFY));
    } catch (IOException e) {
      throw new ModelLoadException("export " + directory.file() + ": cannot be made: " + e, e);
    }
  }
}
