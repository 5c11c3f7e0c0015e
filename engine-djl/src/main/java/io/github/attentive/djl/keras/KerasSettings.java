package io.github.attentive.djl.keras;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.architecture.ConfiguredLabels;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.checkpoint.TextFile;
import io.github.attentive.djl.text.TextVectorization;
import io.github.attentive.djl.text.Vocabulary;
import io.github.attentive.djl.text.VocabularyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the files beside a model of Keras say: {@value #VOCABULARY}, {@value #LABELS} and {@value
 * #SETTINGS}, each of which may be missing. Immutable.
 */
public final class KerasSettings {
  /** The words, one a line. */
  public static final String VOCABULARY = "vocabulary.txt";

  /** The labels in output order, one a line. */
  public static final String LABELS = "labels.txt";

  /** What cannot be read from the model. */
  public static final String SETTINGS = "attentive.json";

  private static final long MAX_LABELS_BYTES = 1 << 20;

  private static final String LABELS_FIELD = "labels";
  private static final String SEQUENCE_LENGTH = "sequenceLength";
  private static final String STANDARDIZE = "standardize";
  private static final String SPLIT = "split";
  private static final String MASK_PADDING = "maskPadding";
  private static final String INPUTS = "inputs";
  private static final String OUTPUTS = "outputs";
  private static final String IDS = "ids";
  private static final String SCORES = "scores";
  private static final String ATTENTION = "attention";
  private static final Set<String> FIELDS =
      Set.of(LABELS_FIELD, SEQUENCE_LENGTH, STANDARDIZE, SPLIT, MASK_PADDING, INPUTS, OUTPUTS);

  private final Path directory;
  private final Optional<JsonFile> json;

  private KerasSettings(Path directory, Optional<JsonFile> json) {
    this.directory = directory;
    this.json = json;
  }

  /**
   * Reads the settings of a directory.
   *
   * @param directory the model's
   * @return what its files say
   * @throws ModelLoadException if {@value #SETTINGS} is damaged or has a field it should not have
   */
  public static KerasSettings of(Path directory) {
    Path file = directory.resolve(SETTINGS);
    if (!Files.exists(file)) {
      return new KerasSettings(directory, Optional.empty());
    }
    JsonFile json = JsonFile.read(file);
    for (String name : json.names()) {
      if (!FIELDS.contains(name)) {
        throw json.unexpected(name, "no field but " + FIELDS.stream().sorted().toList());
      }
    }
    requireOnly(json, INPUTS, Set.of(IDS));
    requireOnly(json, OUTPUTS, Set.of(SCORES, ATTENTION));
    return new KerasSettings(directory, Optional.of(json));
  }

  private static void requireOnly(JsonFile json, String field, Set<String> known) {
    json.optionalObject(field)
        .ifPresent(
            object -> {
              for (String name : object.names()) {
                if (!known.contains(name)) {
                  throw object.unexpected(name, "none but " + known.stream().sorted().toList());
                }
              }
            });
  }

  /**
   * The directory the files are in.
   *
   * @return its path
   */
  public Path directory() {
    return directory;
  }

  /**
   * The positions of the model's input.
   *
   * @return the number, or empty where the settings leave it to the model
   * @throws ModelLoadException if the field is wrong
   */
  public OptionalInt sequenceLength() {
    if (json.isEmpty() || !json.get().has(SEQUENCE_LENGTH)) {
      return OptionalInt.empty();
    }
    int length = json.get().positive(SEQUENCE_LENGTH);
    if (length > KerasConfig.LONGEST_SEQUENCE) {
      throw json.get().unexpected(SEQUENCE_LENGTH, "at most " + KerasConfig.LONGEST_SEQUENCE);
    }
    return OptionalInt.of(length);
  }

  /**
   * How texts are cut.
   *
   * @return Keras's defaults where the settings say nothing
   * @throws ModelLoadException if a field has a value that Keras does not know
   */
  public TextVectorization vectorization() {
    return new TextVectorization(
        choice(STANDARDIZE, TextVectorization.DEFAULT.standardize(), "none"),
        choice(SPLIT, TextVectorization.DEFAULT.split(), "none"));
  }

  private <E extends Enum<E>> E choice(String field, E absent, String none) {
    if (json.isEmpty() || !json.get().names().contains(field)) {
      return absent;
    }
    // Keras writes null for none.
    String value = json.get().string(field, none);
    for (E constant : absent.getDeclaringClass().getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
        return constant;
      }
    }
    throw json.get()
        .unexpected(
            field,
            List.of(absent.getDeclaringClass().getEnumConstants())
                .toString()
                .toLowerCase(Locale.ROOT));
  }

  /**
   * Whether the model masks its padding.
   *
   * @return what the settings say, or empty where it is to be found out
   * @throws ModelLoadException if the field is wrong
   */
  public Optional<Boolean> maskPadding() {
    return json.filter(file -> file.has(MASK_PADDING)).map(file -> file.flag(MASK_PADDING, false));
  }

  /**
   * The name of the input for token numbers.
   *
   * @return the name, or empty where it is to be found out
   */
  public Optional<String> idsInput() {
    return name(INPUTS, IDS);
  }

  /**
   * The name of the output for scores.
   *
   * @return the name, or empty where it is to be found out
   */
  public Optional<String> scoresOutput() {
    return name(OUTPUTS, SCORES);
  }

  /**
   * The name of the output for attention.
   *
   * @return the name, or empty where it is to be found out
   */
  public Optional<String> attentionOutput() {
    return name(OUTPUTS, ATTENTION);
  }

  private Optional<String> name(String group, String field) {
    return json.flatMap(file -> file.optionalObject(group))
        .filter(object -> object.has(field))
        .map(object -> object.string(field));
  }

  /**
   * The words beside the model.
   *
   * @return the vocabulary, or empty if there is no such file
   * @throws ModelLoadException if it is damaged
   */
  public Optional<Vocabulary> vocabulary() {
    Path file = directory.resolve(VOCABULARY);
    return Files.exists(file) ? Optional.of(VocabularyFile.read(file)) : Optional.empty();
  }

  /**
   * The words beside a model that needs them.
   *
   * @param rows of the model's embedding, or {@link Integer#MAX_VALUE} where that is not known
   * @return the vocabulary
   * @throws ModelLoadException if it is missing, damaged or larger than the embedding
   */
  public Vocabulary vocabulary(int rows) {
    Vocabulary vocabulary =
        vocabulary()
            .orElseThrow(
                () ->
                    new ModelLoadException(
                        directory.resolve(VOCABULARY)
                            + ": is missing; expected the words the model was trained with, one a"
                            + " line, as TextVectorization.get_vocabulary() returns them"));
    if (vocabulary.size() > rows) {
      throw new ModelLoadException(
          "%s: expected at most %s words, as many as the embedding has rows, got %s; use the"
                  .formatted(directory.resolve(VOCABULARY), rows, vocabulary.size())
              + " vocabulary the model was trained with");
    }
    return vocabulary;
  }

  /**
   * The labels: of {@value #SETTINGS}, else of {@value #LABELS}, else the usual ones.
   *
   * @param classes how many the model tells apart
   * @param twoOfOne whether two classes share one output, the second one's probability
   * @return different labels in output order
   * @throws ModelLoadException if a file names another number of labels, or one twice
   */
  public List<String> labels(int classes, boolean twoOfOne) {
    boolean own = json.isPresent() && json.get().has(LABELS_FIELD);
    Path file = directory.resolve(own ? SETTINGS : LABELS);
    if (!own && !Files.exists(file)) {
      return twoOfOne ? List.of("Negative", "Positive") : ConfiguredLabels.numbered(classes);
    }
    List<String> labels =
        own
            ? json.get().strings(LABELS_FIELD)
            : TextFile.read(file, MAX_LABELS_BYTES).lines().toList();
    if (labels.size() != classes || labels.stream().distinct().count() != classes) {
      throw new ModelLoadException(
          "%s: expected %s different labels, as many as the model tells apart, got %s"
              .formatted(file, classes, labels));
    }
    return labels;
  }
}
