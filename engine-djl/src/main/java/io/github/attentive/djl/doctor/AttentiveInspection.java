package io.github.attentive.djl.doctor;

import io.github.attentive.ProblemType;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.checkpoint.Safetensors;
import io.github.attentive.djl.checkpoint.StoredTensor;
import io.github.attentive.djl.runtime.AttentiveDirectory;
import io.github.attentive.djl.text.Vocabulary;
import io.github.attentive.djl.text.VocabularyFile;
import io.github.attentive.spi.Findings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks this library's own directories of Keras-style models. Whether the weights have the shapes
 * of the configuration is left to opening the model, which looks at nothing else.
 */
final class AttentiveInspection {
  private AttentiveInspection() {}

  static void inspect(Path directory, JsonFile json, Findings findings) {
    Optional<KerasConfig> config = findings.attempt("configuration", () -> KerasConfig.of(json));
    config.ifPresent(
        read -> {
          findings.ok(
              "configuration",
              "%s, %s attention, %s positions, %s words of %s numbers"
                  .formatted(
                      KerasConfig.MODEL_TYPE,
                      read.attention() ? "with" : "without",
                      read.sequenceLength(),
                      read.vocabSize(),
                      read.embeddingDim()));
          LabelsInspection.inspect(read.labels(), ProblemType.SINGLE_LABEL, findings);
        });
    inspectWeights(directory, findings);
    Optional<Vocabulary> vocabulary =
        findings.attempt(
            "vocabulary",
            () -> VocabularyFile.read(directory.resolve(AttentiveDirectory.VOCABULARY)));
    if (config.isPresent()
        && vocabulary.isPresent()
        && vocabulary.get().size() <= config.get().vocabSize()) {
      findings.ok(
          "vocabulary",
          "%s words, the model has room for %s"
              .formatted(vocabulary.get().size(), config.get().vocabSize()));
    }
  }

  /** The numbers that any of this library's own directories holds. */
  static void inspectWeights(Path directory, Findings findings) {
    Optional<Map<String, StoredTensor>> weights =
        findings.attempt(
            "weights", () -> Safetensors.read(directory.resolve(AttentiveDirectory.WEIGHTS)));
    weights.ifPresent(
        tensors ->
            findings.check(
                "weights", () -> NumbersInspection.inspect(tensors.values(), Set.of(), findings)));
  }
}
