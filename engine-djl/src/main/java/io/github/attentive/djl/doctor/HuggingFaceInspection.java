package io.github.attentive.djl.doctor;

import io.github.attentive.LoadOptions;
import io.github.attentive.djl.architecture.HuggingFaceModel;
import io.github.attentive.djl.checkpoint.Checkpoint;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.text.HuggingFaceTextEncoder;
import io.github.attentive.djl.text.TokenizerDescription;
import io.github.attentive.spi.Findings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Checks a Hugging Face directory, file by file; one that is broken does not hide the others. */
final class HuggingFaceInspection {
  private final Path directory;
  private final JsonFile config;
  private final Findings findings;

  HuggingFaceInspection(Path directory, JsonFile config, Findings findings) {
    this.directory = directory;
    this.config = config;
    this.findings = findings;
  }

  void inspect(LoadOptions options) {
    Optional<HuggingFaceModel> model =
        findings.attempt("configuration", () -> HuggingFaceModel.of(config));
    model.ifPresent(this::configuration);
    weights(model);
    Optional<TokenizerDescription> tokenizer =
        findings.attempt("tokenizer", () -> TokenizerDescription.read(directory));
    tokenizer.ifPresent(
        read ->
            model.ifPresentOrElse(
                known -> tokenizer(known, read, options),
                () ->
                    findings.ok(
                        "tokenizer",
                        "%s: %s tokens".formatted(read.file().getFileName(), read.size()))));
  }

  private void configuration(HuggingFaceModel model) {
    findings.ok(
        "configuration",
        "%s, layers: %s, heads: %s, positions: %s, tokens: %s"
            .formatted(
                model.family(),
                model.layers(),
                model.heads(),
                model.positions(),
                model.vocabularySize()));
    LabelsInspection.inspect(model.labels(), model.problemType(), findings);
    findings.check(
        "labels", () -> LabelsInspection.compareNumbers(config, model.labels(), findings));
  }

  private void weights(Optional<HuggingFaceModel> model) {
    Optional<Checkpoint> checkpoint = findings.attempt("weights", () -> Checkpoint.read(directory));
    if (checkpoint.isEmpty()) {
      return;
    }
    Set<String> unused =
        model
            .flatMap(
                known ->
                    findings.attempt(
                        "weights",
                        () -> WeightsInspection.inspect(known, checkpoint.get(), findings)))
            .orElse(Set.of());
    findings.check(
        "numbers",
        () -> NumbersInspection.inspect(checkpoint.get().tensors().values(), unused, findings));
  }

  private void tokenizer(
      HuggingFaceModel model, TokenizerDescription tokenizer, LoadOptions options) {
    findings
        .attempt(
            "tokenizer",
            () ->
                HuggingFaceTextEncoder.open(
                    directory, model.positions(), options.maxLength(), model.tokenTypes()))
        .ifPresent(
            encoder -> {
              try (encoder) {
                TokenizerCheck.Model read =
                    new TokenizerCheck.Model(
                        model.vocabularySize(),
                        model.padId(),
                        model.positions(),
                        model.tokenTypes());
                new TokenizerCheck(read, tokenizer, encoder, findings).inspect();
              }
            });
  }
}
