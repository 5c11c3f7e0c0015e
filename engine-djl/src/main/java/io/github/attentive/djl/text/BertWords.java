package io.github.attentive.djl.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.function.Consumer;

/**
 * Counts the words of texts as BERT's tokenizer cuts them: in small letters, without accents,
 * punctuation and Chinese characters each a word.
 *
 * <p>The native tokenizer itself cuts, so that no table of Unicode is needed twice: its model knows
 * nothing but bytes, and gives each word back as the bytes of its UTF-8.
 */
final class BertWords {
  /** What ends a word for certain; the tokenizer sees to the rest. */
  private static final String WHITE_SPACE = " \t\n\r";

  /** So many UTF-16 units are cut at once; only a text without white space has more in a row. */
  private static final int MAX_STRETCH = 10_000;

  private final HuggingFaceTokenizer tokenizer;
  private final Map<String, Long> counts = new LinkedHashMap<>();

  private BertWords(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** How often each word of the texts is there; a lone surrogate is none, as U+FFFD is none. */
  static Map<String, Long> count(Iterable<String> texts) {
    // Most stretches are there many times, and calls of the native library are dear.
    Map<String, Long> stretches = new LinkedHashMap<>();
    for (String text : texts) {
      StringTokenizer parts = new StringTokenizer(new ScalarText(text).scalars(), WHITE_SPACE);
      while (parts.hasMoreTokens()) {
        stretches.merge(parts.nextToken(), 1L, Long::sum);
      }
    }
    TokenizerFile.Source source =
        new TokenizerFile.Source(Path.of(TokenizerFile.FILE), bytesTokenizer().toString());
    try (HuggingFaceTokenizer tokenizer = HuggingFaceTextEncoder.load(source)) {
      BertWords words = new BertWords(tokenizer);
      stretches.forEach(words::addStretch);
      return words.counts;
    }
  }

  private void addStretch(String stretch, long count) {
    for (int start = 0; start < stretch.length(); ) {
      int end = Math.min(start + MAX_STRETCH, stretch.length());
      if (end < stretch.length() && Character.isHighSurrogate(stretch.charAt(end - 1))) {
        end--;
      }
      cut(stretch.substring(start, end), word -> counts.merge(word, count, Long::sum));
      start = end;
    }
  }

  private void cut(String stretch, Consumer<String> words) {
    Encoding encoding = tokenizer.encode(stretch, false, false);
    long[] bytes = encoding.getIds();
    long[] indexes = encoding.getWordIds();
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    for (int i = 0; i < bytes.length; i++) {
      word.write((int) bytes[i]);
      if (i + 1 == bytes.length || indexes[i + 1] != indexes[i]) {
        words.accept(word.toString(StandardCharsets.UTF_8));
        word.reset();
      }
    }
  }

  /** Its vocabulary is the bytes, each with its value as its id. */
  private static JsonObject bytesTokenizer() {
    JsonObject vocabulary = new JsonObject();
    for (int value = 0; value < 256; value++) {
      vocabulary.addProperty("<0x%02X>".formatted(value), value);
    }
    JsonObject model = WordPieceTokenizer.ofType("BPE");
    model.addProperty("byte_fallback", true);
    model.add("vocab", vocabulary);
    model.add("merges", new JsonArray());
    JsonObject tokenizer = new JsonObject();
    tokenizer.addProperty("version", "1.0");
    tokenizer.add("normalizer", WordPieceTokenizer.normalizer(TokenizerSettings.standard()));
    tokenizer.add("pre_tokenizer", WordPieceTokenizer.preTokenizer());
    tokenizer.add("model", model);
    return tokenizer;
  }
}
