package io.github.attentive.djl.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;

/** Writes BERT's tokenizer as {@code tokenizer.json} has it. */
final class WordPieceTokenizer {
  private static final List<String> ROLES = List.of("pad", "unk", "cls", "sep", "mask");

  /** The special tokens of a tokenizer that names none. */
  static final List<String> SPECIAL_TOKENS =
      ROLES.stream().map(TokenizerSettings.standard()::specialToken).toList();

  /** Before every piece of a word but the first. */
  static final String CONTINUATION = "##";

  /** A word of more code points is unknown. */
  static final int MAX_WORD_LENGTH = 100;

  private final Map<String, Integer> ids;
  private final TokenizerSettings settings;

  private WordPieceTokenizer(Map<String, Integer> ids, TokenizerSettings settings) {
    this.ids = ids;
    this.settings = settings;
  }

  /**
   * A tokenizer.
   *
   * @param ids of the tokens, among them the special ones that stand for unknown words, the
   *     beginning and the end
   * @param further tokens that are found before words are looked for, with their ids
   */
  static JsonObject of(
      Map<String, Integer> ids, Map<String, Integer> further, TokenizerSettings settings) {
    WordPieceTokenizer parts = new WordPieceTokenizer(ids, settings);
    JsonObject tokenizer = new JsonObject();
    tokenizer.addProperty("version", "1.0");
    tokenizer.add("truncation", JsonNull.INSTANCE);
    tokenizer.add("padding", JsonNull.INSTANCE);
    tokenizer.add("added_tokens", parts.addedTokens(further));
    tokenizer.add("normalizer", normalizer(settings));
    tokenizer.add("pre_tokenizer", preTokenizer());
    tokenizer.add("post_processor", parts.template());
    tokenizer.add("decoder", decoder());
    tokenizer.add("model", parts.model());
    return tokenizer;
  }

  /** What {@code tokenizer_config.json} says of the tokenizer with {@link #SPECIAL_TOKENS}. */
  static JsonObject settings(int maxLength) {
    JsonObject fields = new JsonObject();
    fields.addProperty("tokenizer_class", "BertTokenizer");
    fields.addProperty("model_max_length", maxLength);
    fields.addProperty("do_lower_case", true);
    fields.addProperty("tokenize_chinese_chars", true);
    fields.add("strip_accents", JsonNull.INSTANCE);
    ROLES.forEach(
        role ->
            fields.addProperty(role + "_token", TokenizerSettings.standard().specialToken(role)));
    return fields;
  }

  static JsonObject normalizer(TokenizerSettings settings) {
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

  static JsonObject preTokenizer() {
    return ofType("BertPreTokenizer");
  }

  static JsonObject ofType(String type) {
    JsonObject object = new JsonObject();
    object.addProperty("type", type);
    return object;
  }

  private JsonArray addedTokens(Map<String, Integer> further) {
    JsonArray tokens = new JsonArray();
    for (String role : ROLES) {
      String content = settings.specialToken(role);
      Integer id = ids.get(content);
      if (id != null) {
        tokens.add(addedToken(content, id, true));
      }
    }
    further.forEach((content, id) -> tokens.add(addedToken(content, id, false)));
    return tokens;
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
    String first = settings.specialToken("cls");
    String separator = settings.specialToken("sep");
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

  private static JsonObject decoder() {
    JsonObject decoder = ofType("WordPiece");
    decoder.addProperty("prefix", CONTINUATION);
    decoder.addProperty("cleanup", true);
    return decoder;
  }

  private JsonObject model() {
    JsonObject vocabulary = new JsonObject();
    ids.forEach(vocabulary::addProperty);
    JsonObject model = ofType("WordPiece");
    model.addProperty("unk_token", settings.specialToken("unk"));
    model.addProperty("continuing_subword_prefix", CONTINUATION);
    model.addProperty("max_input_chars_per_word", MAX_WORD_LENGTH);
    model.add("vocab", vocabulary);
    return model;
  }
}
