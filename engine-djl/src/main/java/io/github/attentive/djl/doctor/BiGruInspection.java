package io.github.attentive.djl.doctor;

import io.github.attentive.LoadOptions;
import io.github.attentive.Padding;
import io.github.attentive.ProblemType;
import io.github.attentive.djl.architecture.BiGruConfig;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.text.HuggingFaceTextEncoder;
import io.github.attentive.djl.text.TokenTypes;
import io.github.attentive.djl.text.TokenizerDescription;
import io.github.attentive.spi.Findings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Checks a directory of a recurrent classifier, file by file. Whether the weights have the names
 * and shapes of the configuration is left to opening the model.
 */
final class BiGruInspection {
  private final Path directory;
  private final JsonFile json;
  private final Findings findings;

  BiGruInspection(Path directory, JsonFile json, Findings findings) {
    this.directory = directory;
    this.json = json;
    this.findings = findings;
  }

  void inspect(LoadOptions options) {
    Optional<BiGruConfig> config = findings.attempt("configuration", () -> BiGruConfig.of(json));
    config.ifPresent(this::configuration);
    AttentiveInspection.inspectWeights(directory, findings);
    Optional<TokenizerDescription> tokenizer =
        findings.attempt("tokenizer", () -> TokenizerDescription.read(directory));
    if (config.isPresent() && tokenizer.isPresent()) {
      tokenizer(config.get(), tokenizer.get(), options);
    }
  }

  private void configuration(BiGruConfig config) {
    findings.ok(
        "configuration",
        "%s, %s, states of %s numbers, %s tokens of %s numbers, at most %s positions"
            .formatted(
                BiGruConfig.MODEL_TYPE,
                config.attention() == BiGruConfig.Attention.FINAL_STATE
                    ? "attention by the last states"
                    : "attention without a query",
                config.hiddenSize(),
                config.vocabSize(),
                config.embeddingDim(),
                config.maxLength()));
    findings.ok(
        "padding",
        config.padding() == Padding.MASK
            ? "the model does not see padding"
            : "every text is padded to %s positions, which the model reads as any other token"
                .formatted(config.maxLength()));
    LabelsInspection.inspect(config.labels(), ProblemType.SINGLE_LABEL, findings);
  }

  private void tokenizer(BiGruConfig config, TokenizerDescription tokenizer, LoadOptions options) {
    if (config.padding() == Padding.ATTEND
        && tokenizer.padding().orElse(BiGruConfig.PAD_ID) != BiGruConfig.PAD_ID) {
      findings.warning(
          "padding",
          "the tokenizer pads with token %s, models of this family with %s"
              .formatted(tokenizer.padding().getAsInt(), BiGruConfig.PAD_ID),
          "the model reads its padding: give it the tokenizer that it was trained with");
    }
    TokenizerCheck.Model model =
        new TokenizerCheck.Model(
            config.vocabSize(), BiGruConfig.PAD_ID, config.maxLength(), TokenTypes.NONE);
    findings
        .attempt(
            "tokenizer",
            () ->
                HuggingFaceTextEncoder.open(
                    directory, config.maxLength(), options.maxLength(), TokenTypes.NONE))
        .ifPresent(
            encoder -> {
              try (encoder) {
                new TokenizerCheck(model, tokenizer, encoder, findings).inspectOfPooling();
              }
            });
  }
}
