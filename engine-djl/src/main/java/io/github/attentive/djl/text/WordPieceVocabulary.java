package io.github.attentive.djl.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.attentive.ModelLoadException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code vocab.txt}, a token a line, as the tokenizer of BERT's first directories reads it: written
 * as the {@code tokenizer.json} of the same tokenizer.
 */
final class WordPieceVocabulary {
  static final String FILE = "vocab.txt";
  private static final String ADDED_FILE = "added_tokens.json";

  /** Tokenizers that read the same file in the same way, and classes that say nothing. */
  private static final Set<String> CLASSES =
      Set.of(
          "BertTokenizer",
          "ConvBertTokenizer",
          "DistilBertTokenizer",
          "ElectraTokenizer",
          "LayoutLMTokenizer",
          "MobileBertTokenizer",
          "SqueezeBertTokenizer",
          "PreTrainedTokenizer",
          "TokenizersBackend");

  private final Path file;
  private final TokenizerSettings settings;
  private final Map<String, Integer> ids = new LinkedHashMap<>();
  private int lines;

  private WordPieceVocabulary(Path file, TokenizerSettings settings) {
    this.file = file;
    this.settings = settings;
    String text = TokenizerFile.text(file);
    for (int start = 0; start < text.length(); lines++) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      int trimmed = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
      // Of a token that stands twice the last id counts, as in Python.
      ids.put(text.substring(start, trimmed), lines);
      start = end + 1;
    }
  }

  /**
   * The tokenizer of a vocabulary.
   *
   * @throws ModelLoadException if a special token is missing, or the directory says that another
   *     kind of tokenizer reads the file
   */
  static JsonObject tokenizer(Path file, TokenizerSettings settings) {
    settings
        .string("tokenizer_class")
        .map(name -> name.endsWith("Fast") ? name.substring(0, name.length() - 4) : name)
        .filter(name -> !CLASSES.contains(name))
        .ifPresent(
            name -> {
              throw new ModelLoadException(
                  file
                      + ": expected the vocabulary of a BERT tokenizer, got tokenizer_class '"
                      + name
                      + "' in "
                      + TokenizerSettings.FILE
                      + "; "
                      + TokenizerFile.SAVE);
            });
    return new WordPieceVocabulary(file, settings).tokenizer();
  }

  private JsonObject tokenizer() {
    JsonObject tokenizer = new JsonObject();
    tokenizer.addProperty("version", "1.0");
    tokenizer.add("normalizer", normalizer());
    tokenizer.add("pre_tokenizer", ofType("BertPreTokenizer"));
    tokenizer.add("post_processor", template());
    tokenizer.add("model", model());
    tokenizer.add("added_tokens", addedTokens());
    return tokenizer;
  }

  private JsonObject normalizer() {
    JsonObject normalizer = ofType("BertNormalizer");
    normalizer.addProperty("clean_text", true);
    normalizer.addProperty(
        "handle_chinese_chars", settings.flag("tokenize_chinese_chars").orElse(true));
    // Null: as the case goes.
    normalizer.add(
        "strip_accents",
        settings
            .flag("strip_accents")
            .<JsonElement>map(JsonPrimitive::new)
            .orElse(JsonNull.INSTANCE));
    normalizer.addProperty("lowercase", settings.flag("do_lower_case").orElse(true));
    return normalizer;
  }

  private JsonObject model() {
    JsonObject vocabulary = new JsonObject();
    ids.forEach(vocabulary::addProperty);
    JsonObject model = ofType("WordPiece");
    model.addProperty("unk_token", required("unk"));
    model.addProperty("continuing_subword_prefix", "##");
    model.addProperty("max_input_chars_per_word", 100);
    model.add("vocab", vocabulary);
    return model;
  }

  private JsonArray addedTokens() {
    JsonArray tokens = new JsonArray();
    for (String role : new String[] {"pad", "unk", "cls", "sep", "mask"}) {
      String content = settings.specialToken(role);
      if (ids.containsKey(content)) {
        tokens.add(addedToken(content, ids.get(content), true));
      }
    }
    furtherTokens().forEach(token -> tokens.add(addedToken(token, ids.get(token), false)));
    return tokens;
  }

  /** Tokens that were added in training; their ids follow those of the vocabulary. */
  private List<String> furtherTokens() {
    Path added = file.resolveSibling(ADDED_FILE);
    if (!Files.exists(added)) {
      return List.of();
    }
    JsonObject further = TokenizerFile.object(added, TokenizerFile.text(added));
    String[] tokens = new String[further.size()];
    for (Map.Entry<String, JsonElement> token : further.entrySet()) {
      int index = indexOf(token.getValue()) - lines;
      if (index < 0 || index >= tokens.length || tokens[index] != null) {
        throw new ModelLoadException(
            "%s: expected the ids %s to %s, each once, got %s for '%s'"
                .formatted(
                    added, lines, lines + tokens.length - 1, token.getValue(), token.getKey()));
      }
      tokens[index] = token.getKey();
      ids.put(token.getKey(), lines + index);
    }
    return List.of(tokens);
  }

  private static int indexOf(JsonElement id) {
    boolean isNumber = id.isJsonPrimitive() && id.getAsJsonPrimitive().isNumber();
    return isNumber ? id.getAsBigDecimal().intValue() : -1;
  }

  private static JsonObject addedToken(String content, int id, boolean special) {
    JsonObject token = new JsonObject();
    token.addProperty("id", id);
    token.addProperty("content", content);
    token.addProperty("single_word", false);
    token.addProperty("lstrip", false);
    token.addProperty("rstrip", false);
    token.addProperty("normalized", !special);
    token.addProperty("special", special);
    return token;
  }

  private JsonObject template() {
    String first = required("cls");
    String separator = required("sep");
    JsonArray single = new JsonArray();
    single.add(piece("SpecialToken", first, 0));
    single.add(piece("Sequence", "A", 0));
    single.add(piece("SpecialToken", separator, 0));
    JsonArray pair = single.deepCopy();
    pair.add(piece("Sequence", "B", 1));
    pair.add(piece("SpecialToken", separator, 1));
    JsonObject special = new JsonObject();
    special.add(first, specialToken(first));
    special.add(separator, specialToken(separator));
    JsonObject template = ofType("TemplateProcessing");
    template.add("single", single);
    template.add("pair", pair);
    template.add("special_tokens", special);
    return template;
  }

  private JsonObject specialToken(String content) {
    JsonArray id = new JsonArray();
    id.add(ids.get(content));
    JsonArray name = new JsonArray();
    name.add(content);
    JsonObject token = new JsonObject();
    token.addProperty("id", content);
    token.add("ids", id);
    token.add("tokens", name);
    return token;
  }

  private static JsonObject piece(String kind, String id, int type) {
    JsonObject named = new JsonObject();
    named.addProperty("id", id);
    named.addProperty("type_id", type);
    JsonObject piece = new JsonObject();
    piece.add(kind, named);
    return piece;
  }

  private static JsonObject ofType(String type) {
    JsonObject object = new JsonObject();
    object.addProperty("type", type);
    return object;
  }

  private String required(String role) {
    String content = settings.specialToken(role);
    if (!ids.containsKey(content)) {
      throw new ModelLoadException(
          "%s: expected the special token '%s' on a line of its own, found none among %s tokens; if it has another name, give it as '%s_token' in %s"
              .formatted(file, content, ids.size(), role, TokenizerSettings.FILE));
    }
    return content;
  }
}
