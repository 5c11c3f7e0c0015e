package io.github.attentive.djl.text;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.attentive.InvalidInputException;
import io.github.attentive.ModelLoadException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokenizer of a Hugging Face model directory as two files that say all of it. Immutable.
 *
 * @param json {@value #FILE}: a copy, what {@code vocab.txt} amounts to, or a new one
 * @param settings {@value #SETTINGS_FILE}: the directory's, with the length that the model can read
 *     and whether it reads token types, or new ones
 */
public record PortableTokenizer(String json, String settings) {
  /** How texts are cut. */
  public static final String FILE = TokenizerFile.FILE;

  /** How long they may be. */
  public static final String SETTINGS_FILE = TokenizerSettings.FILE;

  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

  /**
   * Reads a directory that {@link HuggingFaceTextEncoder#open} takes.
   *
   * @param directory the model directory
   * @param maxLength the most positions of an input
   * @param tokenTypes which token types the model reads
   * @return its tokenizer
   * @throws ModelLoadException if a file is missing, damaged or not supported
   */
  public static PortableTokenizer of(Path directory, int maxLength, TokenTypes tokenTypes) {
    TokenizerSettings settings = TokenizerSettings.read(directory);
    Path file = directory.resolve(FILE);
    String json =
        Files.exists(file)
            ? TokenizerFile.text(file)
            : TokenizerFile.read(directory, settings).json();
    JsonObject fields = settings.fields();
    fields.addProperty("model_max_length", maxLength);
    JsonArray inputs = new JsonArray();
    inputs.add("input_ids");
    inputs.add("attention_mask");
    if (settings.readsTokenTypes(tokenTypes)) {
      inputs.add("token_type_ids");
    }
    fields.add("model_input_names", inputs);
    return new PortableTokenizer(json, PRETTY.toJson(fields) + "\n");
  }

  /**
   * A tokenizer that cuts as the one of {@code bert-base-uncased} does, in small letters without
   * accents, with other word pieces.
   *
   * @param tokens different tokens in the order of their ids, as {@link WordPieceLearner#learn}
   *     gives them
   * @param maxLength the most positions of an input, at least 1
   * @return the tokenizer
   * @throws InvalidInputException if a token is there twice, {@code [PAD]}, {@code [UNK]}, {@code
   *     [CLS]}, {@code [SEP]} or {@code [MASK]} is missing, or the length is less than 1
   */
  public static PortableTokenizer ofWordPieces(List<String> tokens, int maxLength) {
    if (maxLength < 1) {
      throw new InvalidInputException("maximum length: expected at least 1, got " + maxLength);
    }
    if (!tokens.containsAll(WordPieceTokenizer.SPECIAL_TOKENS)) {
      throw new InvalidInputException(
          "tokens: expected %s among them, got %s tokens without one of these"
              .formatted(WordPieceTokenizer.SPECIAL_TOKENS, tokens.size()));
    }
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (String token : tokens) {
      if (ids.put(token, ids.size()) != null) {
        throw new InvalidInputException("tokens: expected each once, got '" + token + "' twice");
      }
    }
    JsonObject json = WordPieceTokenizer.of(ids, Map.of(), TokenizerSettings.standard());
    return new PortableTokenizer(
        PRETTY.toJson(json) + "\n", PRETTY.toJson(WordPieceTokenizer.settings(maxLength)) + "\n");
  }
}
