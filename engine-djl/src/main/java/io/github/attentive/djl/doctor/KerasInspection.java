package io.github.attentive.djl.doctor;

import io.github.attentive.djl.keras.KerasSettings;
import io.github.attentive.djl.keras.SavedKerasModel;
import io.github.attentive.spi.Findings;
import java.nio.file.Path;

/** Checks whole models that Keras has saved: their layers, weights, words and labels. */
final class KerasInspection {
  private KerasInspection() {}

  static void inspect(Path file, Findings findings) {
    findings
        .attempt("settings", () -> KerasSettings.of(file.toAbsolutePath().getParent()))
        .flatMap(settings -> findings.attempt("model", () -> SavedKerasModel.read(file, settings)))
        .ifPresent(model -> inspect(file, model, findings));
  }

  private static void inspect(Path file, SavedKerasModel model, Findings findings) {
    findings.ok(
        "model",
        "%s: attention layers: %s, heads: %s, padding is %s"
            .formatted(
                file.getFileName(),
                model.layers(),
                model.heads(),
                model.ignoresPadding() ? "masked" : "read as any other token"));
    findings.ok("vocabulary", "%s words".formatted(model.vocabularySize()));
    LabelsInspection.inspect(model.labels(), model.problemType(), findings);
  }
}
