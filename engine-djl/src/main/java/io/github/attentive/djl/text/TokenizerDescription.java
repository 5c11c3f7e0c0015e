package io.github.attentive.djl.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.attentive.ModelLoadException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a tokenizer say about its vocabulary, special tokens and length, for checks: a
 * {@link HuggingFaceTextEncoder} does not need it. Immutable.
 */
public final class TokenizerDescription {
  private final Path file;
  private final Map<String, Integer> numbers;
  private final OptionalInt unknown;
  private final TokenizerSettings settings;

  private TokenizerDescription(
      Path file, Map<String, Integer> numbers, OptionalInt unknown, TokenizerSettings settings) {
    this.file = file;
    this.numbers = numbers;
    this.unknown = unknown;
    this.settings = settings;
  }

  /**
   * Reads the tokenizer of a model directory.
   *
   * @param directory the model directory
   * @return what its files say
   * @throws ModelLoadException if a file is missing or damaged
   */
  public static TokenizerDescription read(Path directory) {
    TokenizerSettings settings = TokenizerSettings.read(directory);
    TokenizerFile.Source source = TokenizerFile.read(directory, settings);
    JsonObject json = TokenizerFile.object(source.file(), source.json());
    Map<String, Integer> numbers = new HashMap<>();
    OptionalInt unknown = OptionalInt.empty();
    try {
      if (json.get("model") instanceof JsonObject model) {
        addVocabulary(model.get("vocab"), numbers);
        unknown = unknown(model, numbers);
      }
      if (json.get("added_tokens") instanceof JsonArray added) {
        for (JsonElement token : added) {
          JsonObject fields = token.getAsJsonObject();
          numbers.put(fields.get("content").getAsString(), fields.get("id").getAsInt());
        }
      }
    } catch (RuntimeException e) {
      throw new ModelLoadException(
          source.file()
              + ": expected tokens with their numbers in 'vocab' and 'added_tokens', got: "
              + e.getMessage()
              + "; "
              + TokenizerFile.SAVE,
          e);
    }
    return new TokenizerDescription(source.file(), numbers, unknown, settings);
  }

  /** Tokens with their numbers, or a list of pairs of token and score in the order of numbers. */
  private static void addVocabulary(
      @Nullable JsonElement vocabulary, Map<String, Integer> numbers) {
    if (vocabulary instanceof JsonObject tokens) {
      tokens.entrySet().forEach(token -> numbers.put(token.getKey(), token.getValue().getAsInt()));
    } else if (vocabulary instanceof JsonArray pieces) {
      for (int i = 0; i < pieces.size(); i++) {
        numbers.put(pieces.get(i).getAsJsonArray().get(0).getAsString(), i);
      }
    }
  }

  private static OptionalInt unknown(JsonObject model, Map<String, Integer> numbers) {
    JsonElement number = model.get("unk_id");
    if (number != null && !number.isJsonNull()) {
      return OptionalInt.of(number.getAsInt());
    }
    JsonElement token = model.get("unk_token");
    return token == null || token.isJsonNull()
        ? OptionalInt.empty()
        : number(token.getAsString(), numbers);
  }

  private static OptionalInt number(String token, Map<String, Integer> numbers) {
    Integer number = numbers.get(token);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /**
   * Where the vocabulary is.
   *
   * @return the file
   */
  public Path file() {
    return file;
  }

  /**
   * How many rows a model needs for its tokens.
   *
   * @return the highest number of a token, plus 1; 0 if there are none
   */
  public int size() {
    return numbers.values().stream().mapToInt(number -> number + 1).max().orElse(0);
  }

  /**
   * The token that stands for what is not in the vocabulary.
   *
   * @return its number, or empty if there is none
   */
  public OptionalInt unknown() {
    return unknown;
  }

  /**
   * The token that pads.
   *
   * @return its number, or empty if there is none
   */
  public OptionalInt padding() {
    return number(settings.specialToken("pad"), numbers);
  }

  /**
   * The {@code model_max_length}.
   *
   * @return at least 1, or empty if there is none or it stands for no limit
   */
  public OptionalInt modelMaxLength() {
    return settings.modelMaxLength();
  }
}
