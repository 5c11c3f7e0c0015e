package io.github.attentive.djl.text;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.github.attentive.EngineUnavailableException;
import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import io.github.attentive.ModelLoadException;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.djl.runtime.DjlSwitches;
import io.github.attentive.spi.TokenSpan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Encodes with the tokenizer of a Hugging Face model directory. Thread-safe: many threads may
 * encode at once; {@link #close} waits for them.
 *
 * <p>Texts are never padded, and cut to {@link #maxLength} positions whatever the directory's files
 * say about padding and truncation; of a pair the longer text is cut first. A lone surrogate is
 * encoded as U+FFFD. A special token that the caller wrote, {@code [MASK]} for one, gets the
 * model's id for it, but stands for text: it has a span and a word and is not special.
 *
 * <p>Native memory is held until {@link #close}.
 */
public final class HuggingFaceTextEncoder implements TextEncoder {
  private static final int NO_SEQUENCE = -1;

  private final Path file;
  private final HuggingFaceTokenizer tokenizer;
  private final int maxLength;
  private final boolean tokenTypes;
  private final boolean cutsLeft;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private HuggingFaceTextEncoder(
      Path file,
      HuggingFaceTokenizer tokenizer,
      int maxLength,
      boolean tokenTypes,
      boolean cutsLeft) {
    this.file = file;
    this.tokenizer = tokenizer;
    this.maxLength = maxLength;
    this.tokenTypes = tokenTypes;
    this.cutsLeft = cutsLeft;
  }

  /**
   * Opens the tokenizer of a model directory: {@code tokenizer.json}, or {@code vocab.txt} where
   * that is missing, and {@code tokenizer_config.json} and {@code special_tokens_map.json} where
   * they are there.
   *
   * @param directory the model directory
   * @param positions how many positions the model has, at least 1
   * @param wishedMaxLength how many positions an encoded text has at most, at least 1; empty for
   *     what the model can
   * @param tokenTypes true if the model embeds token types; otherwise, and where {@code
   *     model_input_names} leaves {@code token_type_ids} out, all are 0
   * @return the encoder; its maximum length is the smallest of {@code positions}, {@code
   *     wishedMaxLength} and the directory's {@code model_max_length}
   * @throws ModelLoadException if a file is missing, damaged or not supported
   * @throws InvalidInputException if {@code wishedMaxLength} is less than 1
   * @throws EngineUnavailableException if the native tokenizer library cannot be loaded
   */
  public static HuggingFaceTextEncoder open(
      Path directory, int positions, OptionalInt wishedMaxLength, boolean tokenTypes) {
    if (wishedMaxLength.isPresent() && wishedMaxLength.getAsInt() < 1) {
      throw new InvalidInputException(
          "maximum length: expected at least 1, got " + wishedMaxLength.getAsInt());
    }
    TokenizerSettings settings = TokenizerSettings.read(directory);
    TokenizerFile.Source source = TokenizerFile.read(directory, settings);
    int maxLength =
        Math.min(
            positions,
            Math.min(
                wishedMaxLength.orElse(Integer.MAX_VALUE),
                settings.modelMaxLength().orElse(Integer.MAX_VALUE)));
    boolean types = tokenTypes && settings.namesInput("token_type_ids");
    boolean cutsLeft = settings.truncatesLeft();
    return new HuggingFaceTextEncoder(source.file(), load(source), maxLength, types, cutsLeft);
  }

  private static HuggingFaceTokenizer load(TokenizerFile.Source source) {
    DjlSwitches.apply();
    byte[] json = source.tokenizer().toString().getBytes(StandardCharsets.UTF_8);
    Map<String, String> options =
        Map.of("addSpecialTokens", "true", "truncation", "false", "padding", "false");
    HuggingFaceTokenizer tokenizer = null;
    try {
      tokenizer = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options);
      // A vocabulary without its unknown token shows itself here, not at the first odd text.
      tokenizer.encode("a\uE000 \uE000", "b", true, false);
      return tokenizer;
    } catch (EngineException | LinkageError e) {
      throw new EngineUnavailableException(
          "the native library of DJL's tokenizers cannot be loaded: "
              + e
              + "; see whether DJL supports this platform and may write to its cache directory",
          e);
    } catch (RuntimeException | IOException e) {
      if (tokenizer != null) {
        tokenizer.close();
      }
      throw new ModelLoadException(
          source.file()
              + ": expected a tokenizer that tokenizers 0.21 reads, got: "
              + e.getMessage()
              + "; "
              + TokenizerFile.SAVE,
          e);
    }
  }

  @Override
  public EncodedText encode(TextInput input) {
    ScalarText text = new ScalarText(input.text());
    String second = input.pair();
    ScalarText pair = second == null ? null : new ScalarText(second);
    Encoding encoding;
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the tokenizer " + file + " is closed");
      }
      encoding =
          pair == null
              ? tokenizer.encode(text.scalars(), true, false)
              : tokenizer.encode(text.scalars(), pair.scalars(), true, false);
    } catch (RuntimeException e) {
      throw e instanceof IllegalStateException
          ? e
          : new InferenceException(file + ": cannot encode the text: " + e.getMessage(), e);
    } finally {
      lock.readLock().unlock();
    }
    return encoded(encoding, pair == null ? List.of(text) : List.of(text, pair));
  }

  private EncodedText encoded(Encoding encoding, List<ScalarText> texts) {
    long[] ids = encoding.getIds();
    long[] types = encoding.getTypeIds();
    long[] sequences = encoding.getSequenceIds();
    long[] words = encoding.getWordIds();
    String[] tokens = encoding.getTokens();
    CharSpan[] spans = encoding.getCharTokenSpans();

    int[] lengths = new int[2];
    int specials = 0;
    for (long sequence : sequences) {
      if (sequence == NO_SEQUENCE) {
        specials++;
      } else {
        lengths[(int) sequence]++;
      }
    }
    if (specials > maxLength) {
      throw new InvalidInputException(
          "maximum length %s: expected at least %s, the number of special tokens around %s; raise it"
              .formatted(maxLength, specials, texts.size() == 1 ? "a text" : "a pair of texts"));
    }
    int[] kept = longestFirst(lengths, maxLength - specials);

    List<TokenSpan> positions = new ArrayList<>();
    long[] keptTypes = new long[specials + kept[0] + kept[1]];
    int[] seen = new int[2];
    for (int i = 0; i < ids.length; i++) {
      int segment;
      TokenSpan position;
      if (sequences[i] == NO_SEQUENCE) {
        segment = types[i] == 1 || seen[1] > 0 ? 1 : 0;
        position = new TokenSpan(tokens[i], ids[i], segment, Token.NO_WORD, 0, 0, true);
      } else {
        segment = (int) sequences[i];
        int index = seen[segment]++;
        int first = cutsLeft ? lengths[segment] - kept[segment] : 0;
        if (index < first || index >= first + kept[segment]) {
          continue;
        }
        ScalarText.Span span = texts.get(segment).span(spans[i].getStart(), spans[i].getEnd());
        position =
            new TokenSpan(
                tokens[i], ids[i], segment, (int) words[i], span.start(), span.end(), false);
      }
      keptTypes[positions.size()] = tokenTypes ? types[i] : 0;
      positions.add(position);
    }
    return new EncodedText(positions, keptTypes, positions.size() < ids.length);
  }

  /**
   * How many tokens of a text and its pair are left, the longer one being cut first and the shorter
   * one only to the half, as tokenizers 0.21 counts them.
   */
  private static int[] longestFirst(int[] lengths, int room) {
    int shorter = Math.min(lengths[0], lengths[1]);
    int longer = Math.max(lengths[0], lengths[1]);
    if (shorter + longer > room) {
      shorter = Math.min(shorter, room / 2);
      longer = room - shorter;
    }
    return lengths[0] > lengths[1] ? new int[] {longer, shorter} : new int[] {shorter, longer};
  }

  @Override
  public int maxLength() {
    return maxLength;
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      closed = true;
      tokenizer.close();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
