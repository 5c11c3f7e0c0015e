package io.github.attentive.djl.text;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.attentive.ModelLoadException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The tokenizer of a Hugging Face model directory as two files that say all of it. Immutable.
 *
 * @param json {@value #FILE}: a copy, or what {@code vocab.txt} amounts to
 * @param settings {@value #SETTINGS_FILE}: the directory's, with the length that the model can read
 *     and whether it reads token types
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
}
