package io.github.attentive.pytorch;

import io.github.attentive.ModelLoadException;
import io.github.attentive.ProblemType;
import io.github.attentive.TextInput;
import io.github.attentive.djl.architecture.BiGruConfig;
import io.github.attentive.djl.architecture.ConfiguredLabels;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.runtime.BiGruDirectory;
import io.github.attentive.djl.runtime.CheckedTextEncoder;
import io.github.attentive.djl.text.HuggingFaceTextEncoder;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.djl.text.TokenTypes;
import io.github.attentive.spi.PositionsRead;
import io.github.attentive.spi.TokenSpan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the files beside a TorchScript file say: the tokenizer's, and, where they are there, {@code
 * config.json} and {@code attentive.json}. Immutable.
 */
final class ForeignSettings {
  /** How long a text may be where nothing says so. */
  private static final int USUAL_POSITIONS = 512;

  private static final String POSITIONS = "max_position_embeddings";
  private static final String PAD_ID = "pad_token_id";
  private static final String PAD_TOKEN = "pad_token";
  private static final String VOCABULARY_SIZE = "vocab_size";
  private static final String LABELS = "labels";

  /** Families that count positions from {@code padding + 1} on. */
  private static final Set<String> COUNTED_FROM_PADDING =
      Set.of(
          "camembert",
          "data2vec-text",
          "ibert",
          "longformer",
          "luke",
          "mpnet",
          "roberta",
          "roberta-prelayernorm",
          "xlm-roberta",
          "xlm-roberta-xl",
          "xmod");

  private static final Map<String, String> INPUTS =
      Map.of(
          "ids", ModelFunctions.INPUT_IDS,
          "mask", ModelFunctions.ATTENTION_MASK,
          "types", ModelFunctions.TOKEN_TYPE_IDS);

  private final Path directory;
  private final Optional<JsonFile> config;
  private final Optional<JsonFile> tokenizerConfig;
  private final Optional<JsonFile> attentive;

  /** Reads the files of a directory. */
  ForeignSettings(Path directory) {
    this.directory = directory;
    this.config = optional("config.json");
    this.tokenizerConfig = optional("tokenizer_config.json");
    this.attentive = optional("attentive.json");
  }

  private Optional<JsonFile> optional(String name) {
    Path file = directory.resolve(name);
    return Files.exists(file) ? Optional.of(JsonFile.read(file)) : Optional.empty();
  }

  /** Names of arguments that {@code attentive.json} gives, by the input that each stands for. */
  Map<String, String> argumentNames() {
    Map<String, String> names = new LinkedHashMap<>();
    attentive
        .flatMap(json -> json.optionalObject("inputs"))
        .ifPresent(
            given -> {
              for (String role : given.names()) {
                if (!INPUTS.containsKey(role)) {
                  throw given.unexpected(role, "none but ids, mask and types");
                }
                names.put(INPUTS.get(role), given.string(role));
              }
            });
    return names;
  }

  /**
   * Opens the tokenizer.
   *
   * @param tokenTypes whether the model reads them
   * @param wished the length asked for, if any
   */
  TextEncoder encoder(boolean tokenTypes, OptionalInt wished) {
    if (config.isPresent() && BiGruConfig.isIn(config.get())) {
      BiGruConfig own = BiGruConfig.of(config.get());
      return new CheckedTextEncoder(
          BiGruDirectory.encoder(directory, own, wished), directory, own.vocabSize());
    }
    boolean severalTypes =
        tokenTypes && config.map(json -> json.whole("type_vocab_size", 2) > 1).orElse(true);
    TextEncoder encoder =
        HuggingFaceTextEncoder.open(
            directory,
            positions(wished),
            wished,
            severalTypes ? TokenTypes.UNLESS_LEFT_OUT : TokenTypes.NONE);
    return config
        .filter(json -> json.has(VOCABULARY_SIZE))
        .<TextEncoder>map(
            json -> new CheckedTextEncoder(encoder, directory, json.positive(VOCABULARY_SIZE)))
        .orElse(encoder);
  }

  /**
   * Those of the configuration; without it the tokenizer's limit, the wish, or the usual number.
   */
  private int positions(OptionalInt wished) {
    if (config.isPresent() && config.get().has(POSITIONS)) {
      JsonFile json = config.get();
      int rows = json.positive(POSITIONS);
      if (!COUNTED_FROM_PADDING.contains(json.string("model_type", ""))) {
        return rows;
      }
      int unused = json.whole(PAD_ID, 1) + 1;
      if (rows <= unused) {
        throw json.unexpected(POSITIONS, "more than " + unused + ", where positions begin");
      }
      return rows - unused;
    }
    boolean tokenizerLimits =
        tokenizerConfig
            .map(json -> json.number("model_max_length", Double.MAX_VALUE) <= Integer.MAX_VALUE)
            .orElse(false);
    return tokenizerLimits ? Integer.MAX_VALUE : wished.orElse(USUAL_POSITIONS);
  }

  /** The token that pads: the configuration's, else the tokenizer's, else 0. */
  long padId(TextEncoder encoder) {
    if (config.isPresent() && config.get().has(PAD_ID)) {
      int id = config.get().whole(PAD_ID, 0);
      if (id < 0) {
        throw config.get().unexpected(PAD_ID, "a token number of at least 0");
      }
      return id;
    }
    return padTokens().stream()
        .flatMap(
            pad ->
                encoder.encode(TextInput.of(pad)).positions().stream()
                    .filter(token -> token.text().equals(pad)))
        .mapToLong(TokenSpan::id)
        .findFirst()
        .orElse(0);
  }

  private List<String> padTokens() {
    return tokenizerConfig
        .filter(json -> json.has(PAD_TOKEN))
        .map(
            json ->
                List.of(
                    json.isString(PAD_TOKEN)
                        ? json.string(PAD_TOKEN)
                        : json.object(PAD_TOKEN).string("content")))
        .orElse(List.of("[PAD]", "<pad>"));
  }

  /** What the scores of so many outputs mean. */
  ProblemType problemType(int outputs) {
    if (config.isPresent()) {
      return ConfiguredLabels.problemType(config.get(), outputs);
    }
    boolean twoNames = attentive.isPresent() && attentiveLabels().map(List::size).orElse(0) == 2;
    return outputs == 1 && !twoNames ? ProblemType.REGRESSION : ProblemType.SINGLE_LABEL;
  }

  private Optional<List<String>> attentiveLabels() {
    return attentive.filter(json -> json.has(LABELS)).map(json -> json.strings(LABELS));
  }

  /**
   * The labels: of {@code attentive.json}, else of the configuration, else numbered.
   *
   * @param file the TorchScript file, to be named
   * @param outputs of the model
   * @throws ModelLoadException if a file names another number of labels than the model has
   */
  List<String> labels(Path file, int outputs) {
    int count = outputs == 1 && problemType(1) == ProblemType.SINGLE_LABEL ? 2 : outputs;
    Optional<List<String>> ours = attentiveLabels();
    Optional<List<String>> configured = config.flatMap(ConfiguredLabels::of);
    for (Optional<List<String>> labels : List.of(ours, configured)) {
      if (labels.isPresent()
          && (labels.get().size() != count || labels.get().stream().distinct().count() != count)) {
        throw new ModelLoadException(
            "%s: expected %s different labels, as many as %s has, got %s; mend the labels, or use the"
                    .formatted(
                        directory.resolve(labels == ours ? "attentive.json" : "config.json"),
                        count,
                        file.getFileName(),
                        labels.get())
                + " model they belong to");
      }
    }
    return ours.or(() -> configured).orElseGet(() -> ConfiguredLabels.numbered(count));
  }

  /** The first position, unless the configuration names another pooling. */
  PositionsRead positionsRead() {
    return config
        .filter(json -> json.string("classifier_pooling", "cls").equals("mean"))
        .map(json -> PositionsRead.ALL)
        .orElse(PositionsRead.FIRST);
  }
}
