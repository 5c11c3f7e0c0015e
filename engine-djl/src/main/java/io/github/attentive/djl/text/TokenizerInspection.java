package io.github.attentive.djl.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.attentive.ModelLoadException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the mistakes in a {@code tokenizer.json} at which the native library (tokenizers 0.21)
 * does not report an error but ends the process. All others it reports itself.
 */
final class TokenizerInspection {
  /** A character that no pattern asks for. */
  private static final String OTHER = "\uE000";

  private final Path file;
  private int templates;

  private TokenizerInspection(Path file) {
    this.file = file;
  }

  /**
   * Looks through a tokenizer.
   *
   * @param file where it was read
   * @param members of its JSON object
   * @throws ModelLoadException if the native library would not survive it
   */
  static void inspect(Path file, Map<String, String> members) {
    TokenizerInspection inspection = new TokenizerInspection(file);
    each(inspection.read(members, "normalizer"), "normalizers", inspection::normalizer);
    each(inspection.read(members, "pre_tokenizer"), "pretokenizers", inspection::preTokenizer);
    inspection.processor(inspection.read(members, "post_processor"));
    inspection.model(TokenizerFile.members(file, members.getOrDefault("model", "{}")));
  }

  private JsonElement read(Map<String, String> members, String name) {
    return TokenizerFile.element(file, members.getOrDefault(name, "null"));
  }

  /** A part, and those in its list, and those in theirs. */
  private static void each(JsonElement element, String list, Consumer<JsonObject> action) {
    if (element instanceof JsonObject part) {
      action.accept(part);
      if (part.get(list) instanceof JsonArray several) {
        several.forEach(one -> each(one, list, action));
      }
    }
  }

  private void normalizer(JsonObject normalizer) {
    String type = textOf(normalizer.get("type"));
    if (type.equals("Precompiled")) {
      try {
        byte[] map = Base64.getDecoder().decode(textOf(normalizer.get("precompiled_charsmap")));
        require(CharacterMap.isSound(map), "normalizer", "a whole 'precompiled_charsmap'");
      } catch (IllegalArgumentException e) {
        require(false, "normalizer", "a 'precompiled_charsmap' in Base64");
      }
    }
    if (type.equals("Replace") && normalizer.get("pattern") instanceof JsonObject pattern) {
      boolean matchesNothing =
          pattern.has("String")
              ? textOf(pattern.get("String")).isEmpty()
              : matchesNothing(textOf(pattern.get("Regex")));
      require(
          !matchesNothing || textOf(normalizer.get("content")).isEmpty(),
          "normalizer",
          "'Replace' with a pattern that matches at least one character");
    }
  }

  /** True if a match at the start of a text may have no characters. */
  private static boolean matchesNothing(String regex) {
    try {
      Matcher matcher = Pattern.compile(regex).matcher(OTHER);
      return matcher.lookingAt() && matcher.end() == 0;
    } catch (PatternSyntaxException e) {
      // Another dialect, which the library judges.
      return false;
    }
  }

  private void preTokenizer(JsonObject preTokenizer) {
    require(
        !textOf(preTokenizer.get("type")).equals("FixedLength")
            || !textOf(preTokenizer.get("length")).equals("0"),
        "pre_tokenizer",
        "'FixedLength' of at least 1");
  }

  private void model(Map<String, String> model) {
    String prefix = textOf(read(model, "continuing_subword_prefix"));
    if (!prefix.isEmpty() && read(model, "merges") instanceof JsonArray merges) {
      merges.forEach(
          merge ->
              require(
                  secondOf(merge).startsWith(prefix),
                  "model",
                  "merges whose second token starts with 'continuing_subword_prefix'"));
    }
  }

  private static String secondOf(JsonElement merge) {
    if (merge instanceof JsonArray pair) {
      return pair.size() == 2 ? textOf(pair.get(1)) : "";
    }
    String pair = textOf(merge);
    return pair.substring(pair.indexOf(' ') + 1);
  }

  private void processor(JsonElement element) {
    if (element.isJsonNull()) {
      return;
    }
    require(element.isJsonObject(), "post_processor", "an object");
    JsonObject processor = element.getAsJsonObject();
    if (processor.get("processors") instanceof JsonArray several) {
      several.forEach(this::processor);
    }
    // The library goes by the fields, not by the type.
    if (processor.has("special_tokens")) {
      templates++;
      require(templates == 1, "post_processor", "one template");
      JsonElement tokens = processor.get("special_tokens");
      require(tokens.isJsonObject(), "special_tokens", "an object");
      JsonObject specialTokens = tokens.getAsJsonObject();
      specialTokens.entrySet().forEach(token -> specialToken(token.getValue()));
      template(processor.get("single"), "single", Set.of("A"), specialTokens.keySet());
      template(processor.get("pair"), "pair", Set.of("A", "B"), specialTokens.keySet());
    }
  }

  private void specialToken(JsonElement element) {
    require(
        element instanceof JsonObject token
            && token.get("ids") instanceof JsonArray ids
            && token.get("tokens") instanceof JsonArray names
            && ids.size() == names.size(),
        "special_tokens",
        "as many 'ids' as 'tokens' for each token");
  }

  private void template(
      @Nullable JsonElement element, String name, Set<String> texts, Set<String> specialTokens) {
    require(element instanceof JsonArray, name, "a list");
    Set<String> missing = new HashSet<>(texts);
    for (JsonElement piece : (JsonArray) element) {
      String text = idOf(piece, "Sequence");
      require(
          text.isEmpty()
              ? specialTokens.contains(idOf(piece, "SpecialToken"))
              : missing.remove(text),
          name,
          "each text once and tokens that 'special_tokens' defines");
    }
    require(missing.isEmpty(), name, "each text");
  }

  private static String idOf(JsonElement element, String kind) {
    return element instanceof JsonObject piece && piece.get(kind) instanceof JsonObject named
        ? textOf(named.get("id"))
        : "";
  }

  private static String textOf(@Nullable JsonElement element) {
    return element != null && element.isJsonPrimitive() ? element.getAsString() : "";
  }

  private void require(boolean holds, String where, String expected) {
    if (!holds) {
      throw new ModelLoadException(
          "%s: %s: expected %s, got something else; fetch the file anew"
              .formatted(file, where, expected));
    }
  }
}
