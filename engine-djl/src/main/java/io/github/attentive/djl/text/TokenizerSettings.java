package io.github.attentive.djl.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.attentive.ModelLoadException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tokenizer_config.json} and {@code special_tokens_map.json} say; both are optional,
 * and the first has precedence. Immutable.
 */
final class TokenizerSettings {
  static final String FILE = "tokenizer_config.json";
  private static final String SPECIAL_TOKENS_FILE = "special_tokens_map.json";

  private final Path directory;
  private final JsonObject config;
  private final JsonObject specialTokens;

  private TokenizerSettings(Path directory, JsonObject config, JsonObject specialTokens) {
    this.directory = directory;
    this.config = config;
    this.specialTokens = specialTokens;
  }

  static TokenizerSettings read(Path directory) {
    return new TokenizerSettings(
        directory,
        objectOrEmpty(directory.resolve(FILE)),
        objectOrEmpty(directory.resolve(SPECIAL_TOKENS_FILE)));
  }

  /** The settings of a directory that says nothing. */
  static TokenizerSettings standard() {
    return new TokenizerSettings(Path.of(""), new JsonObject(), new JsonObject());
  }

  private static JsonObject objectOrEmpty(Path file) {
    return Files.exists(file)
        ? TokenizerFile.object(file, TokenizerFile.text(file))
        : new JsonObject();
  }

  /** All that {@value #FILE} says, as a copy. */
  JsonObject fields() {
    return config.deepCopy();
  }

  /** {@code model_max_length}, unless it is absent or stands for no limit. */
  OptionalInt modelMaxLength() {
    JsonElement value =
        field("model_max_length", "a number of at least 1", TokenizerSettings::isLength);
    if (value == null || value.getAsDouble() > Integer.MAX_VALUE) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(value.getAsInt());
  }

  private static boolean isLength(JsonElement value) {
    return value.isJsonPrimitive()
        && value.getAsJsonPrimitive().isNumber()
        && value.getAsDouble() >= 1;
  }

  /** Whether the model reads the tokenizer's types, by {@code model_input_names}. */
  boolean readsTokenTypes(TokenTypes tokenTypes) {
    return switch (tokenTypes) {
      case NONE -> false;
      case UNLESS_LEFT_OUT -> namesTokenTypes(true);
      case IF_NAMED -> namesTokenTypes(false);
    };
  }

  private boolean namesTokenTypes(boolean absent) {
    JsonElement names = field("model_input_names", "a list", JsonElement::isJsonArray);
    if (names == null) {
      return absent;
    }
    for (JsonElement name : names.getAsJsonArray()) {
      if (isString(name) && name.getAsString().equals("token_type_ids")) {
        return true;
      }
    }
    return false;
  }

  /** True where a long text loses its beginning. */
  boolean truncatesLeft() {
    JsonElement side =
        field(
            "truncation_side",
            "'left' or 'right'",
            value ->
                isString(value)
                    && (value.getAsString().equals("left") || value.getAsString().equals("right")));
    return side != null && side.getAsString().equals("left");
  }

  /** A true-or-false field; empty where it is absent or null. */
  Optional<Boolean> flag(String name) {
    JsonElement value =
        field(
            name,
            "true or false",
            found -> found.isJsonPrimitive() && found.getAsJsonPrimitive().isBoolean());
    return Optional.ofNullable(value).map(JsonElement::getAsBoolean);
  }

  /** A string field; empty where it is absent or null. */
  Optional<String> string(String name) {
    return Optional.ofNullable(field(name, "a string", TokenizerSettings::isString))
        .map(JsonElement::getAsString);
  }

  /** How the special token of this role ({@code cls}, {@code sep}, ...) is written. */
  String specialToken(String role) {
    String name = role + "_token";
    for (JsonObject fields : new JsonObject[] {config, specialTokens}) {
      JsonElement value = fields.get(name);
      if (value != null && value.isJsonObject()) {
        value = value.getAsJsonObject().get("content");
      }
      if (value != null && isString(value)) {
        return value.getAsString();
      }
    }
    return "[" + role.toUpperCase(Locale.ROOT) + "]";
  }

  private static boolean isString(JsonElement value) {
    return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
  }

  private @Nullable JsonElement field(
      String name, String expected, Predicate<JsonElement> isExpected) {
    JsonElement value = config.get(name);
    if (value == null || value.isJsonNull()) {
      return null;
    }
    if (!isExpected.test(value)) {
      String text = value.toString();
      throw new ModelLoadException(
          "%s: field '%s': expected %s, got %s"
              .formatted(
                  directory.resolve(FILE),
                  name,
                  expected,
                  text.length() > 80 ? text.substring(0, 80) + " ..." : text));
    }
    return value;
  }
}
