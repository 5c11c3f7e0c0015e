package io.github.attentive.djl.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
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
    List.of("cls", "sep", "unk").forEach(this::checkThere);
    return WordPieceTokenizer.of(ids, furtherTokens(), settings);
  }

  /** Tokens that were added in training; their ids follow those of the vocabulary. */
  private Map<String, Integer> furtherTokens() {
    Path added = file.resolveSibling(ADDED_FILE);
    if (!Files.exists(added)) {
      return Map.of();
    }
    JsonObject found = TokenizerFile.object(added, TokenizerFile.text(added));
    String[] tokens = new String[found.size()];
    for (Map.Entry<String, JsonElement> token : found.entrySet()) {
      int index = indexOf(token.getValue()) - lines;
      if (index < 0 || index >= tokens.length || tokens[index] != null) {
        throw new ModelLoadException(
            "%s: expected the ids %s to %s, each once, got %s for '%s'"
                .formatted(
                    added, lines, lines + tokens.length - 1, token.getValue(), token.getKey()));
      }
      tokens[index] = token.getKey();
    }
    Map<String, Integer> further = new LinkedHashMap<>();
    for (String token : tokens) {
      further.put(token, lines + further.size());
    }
    return further;
  }

  private static int indexOf(JsonElement id) {
    boolean isNumber = id.isJsonPrimitive() && id.getAsJsonPrimitive().isNumber();
    return isNumber ? id.getAsBigDecimal().intValue() : -1;
  }

  private void checkThere(String role) {
    String content = settings.specialToken(role);
    if (!ids.containsKey(content)) {
      throw new ModelLoadException(
          "%s: expected the special token '%s' on a line of its own, found none among %s tokens; if it has another name, give it as '%s_token' in %s"
              .formatted(file, content, ids.size(), role, TokenizerSettings.FILE));
    }
  }
}
