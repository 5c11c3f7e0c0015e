package io.github.attentive.djl.doctor;

import io.github.attentive.Finding;
import io.github.attentive.LoadOptions;
import io.github.attentive.djl.architecture.BiGruConfig;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.runtime.AttentiveDirectory;
import io.github.attentive.djl.runtime.ModelDirectory;
import io.github.attentive.spi.Findings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Checks the files of the model directories that are written as a graph, without an engine. */
public final class DirectoryInspection {
  private DirectoryInspection() {}

  /**
   * Checks the files of a directory. A file that is missing, damaged or contradicts another is a
   * finding, not an exception.
   *
   * @param model an existing path
   * @param options limits
   * @return what was found; nothing for a path that {@link ModelDirectory#open} does not take
   */
  public static List<Finding> of(Path model, LoadOptions options) {
    Findings findings = new Findings();
    Optional<Path> keras =
        findings.attempt("model", () -> ModelDirectory.kerasFile(model)).flatMap(file -> file);
    if (keras.isPresent()) {
      KerasInspection.inspect(keras.get(), findings);
    } else if (ModelDirectory.objection(model).isEmpty()) {
      JsonFile config = JsonFile.read(model.resolve(AttentiveDirectory.CONFIG));
      if (BiGruConfig.isIn(config)) {
        new BiGruInspection(model, config, findings).inspect(options);
      } else if (config.string("model_type").equals(KerasConfig.MODEL_TYPE)) {
        AttentiveInspection.inspect(model, config, findings);
      } else {
        new HuggingFaceInspection(model, config, findings).inspect(options);
      }
    }
    return findings.all();
  }
}
