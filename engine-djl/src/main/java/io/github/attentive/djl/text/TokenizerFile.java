package io.github.attentive.djl.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.TextFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The file of a model directory that says how its texts are cut: {@code tokenizer.json}, or {@code
 * vocab.txt} for the first BERT directories.
 */
final class TokenizerFile {
  static final String SAVE =
      "save the tokenizer with AutoTokenizer.from_pretrained(DIR).save_pretrained(DIR) in"
          + " transformers, which writes tokenizer.json";

  static final String FILE = "tokenizer.json";
  private static final long MAX_BYTES = 1L << 28;

  /** Files that hold a tokenizer in a form that only Python reads. */
  private static final List<String> OTHER_FORMS =
      List.of(
          "spiece.model",
          "spm.model",
          "sentencepiece.bpe.model",
          "tokenizer.model",
          "vocab.json",
          "merges.txt");

  private TokenizerFile() {}

  /**
   * The tokenizer of a directory.
   *
   * @return what {@code tokenizer.json} says, without the parts that encoding does not need
   */
  static Source read(Path directory, TokenizerSettings settings) {
    Path file = directory.resolve(FILE);
    if (Files.exists(file)) {
      Map<String, String> members = members(file, text(file));
      // Texts are cut and padded here; a decoder makes text, and a damaged one ends the process.
      List.of("truncation", "padding", "decoder").forEach(members::remove);
      TokenizerInspection.inspect(file, members);
      return new Source(
          file,
          members.entrySet().stream()
              .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
              .collect(Collectors.joining(",", "{", "}")));
    }
    Path vocabulary = directory.resolve(WordPieceVocabulary.FILE);
    if (Files.exists(vocabulary)) {
      return new Source(vocabulary, WordPieceVocabulary.tokenizer(vocabulary, settings).toString());
    }
    String others =
        OTHER_FORMS.stream()
            .filter(name -> Files.exists(directory.resolve(name)))
            .collect(Collectors.joining(", "));
    throw new ModelLoadException(
        directory
            + ": expected the tokenizer as "
            + FILE
            + " (or "
            + WordPieceVocabulary.FILE
            + " for BERT), got neither"
            + (others.isEmpty() ? "" : ", only " + others + ", which is not enough")
            + "; "
            + SAVE);
  }

  /** A file of at most 256 MB as text. */
  static String text(Path file) {
    return TextFile.read(file, MAX_BYTES);
  }

  /** The members of the JSON object that a text is. */
  static Map<String, String> members(Path file, String text) {
    try {
      return JsonMembers.of(text);
    } catch (IllegalArgumentException e) {
      throw new ModelLoadException(
          file + ": expected one JSON object, got " + e.getMessage() + "; fetch the file anew", e);
    }
  }

  /** A text as one JSON object. */
  static JsonObject object(Path file, String text) {
    if (element(file, text) instanceof JsonObject object) {
      return object;
    }
    throw new ModelLoadException(file + ": expected one JSON object, got another value");
  }

  /** A text as one JSON value. */
  static JsonElement element(Path file, String text) {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    try {
      JsonElement element = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new ModelLoadException(file + ": the JSON value goes on after its end");
      }
      return element;
    } catch (JsonParseException | IOException e) {
      throw new ModelLoadException(
          file + ": is not valid JSON; fetch the file anew: " + e.getMessage(), e);
    }
  }

  /**
   * A tokenizer.
   *
   * @param file where it was read
   * @param json as {@code tokenizer.json} has it
   */
  record Source(Path file, String json) {}
}
