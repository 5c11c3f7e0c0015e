package io.github.attentive.djl.text;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.github.attentive.EngineUnavailableException;
import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import io.github.attentive.ModelLoadException;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.djl.setup.DjlSwitches;
import io.github.attentive.spi.TokenSpan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
  /** Letters, and one that few vocabularies have. */
  private static final String PROBE = "a \uD800\uDF30";

  private final Path file;
  private final HuggingFaceTokenizer tokenizer;
  private final HuggingFacePositions positions;
  private final String mask;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private HuggingFaceTextEncoder(
      Path file, HuggingFaceTokenizer tokenizer, HuggingFacePositions positions, String mask) {
    this.mask = mask;
    this.file = file;
    this.tokenizer = tokenizer;
    this.positions = positions;
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
   * @param tokenTypes which token types the model reads
   * @return the encoder; its maximum length is the smallest of {@code positions}, {@code
   *     wishedMaxLength} and the directory's {@code model_max_length}
   * @throws ModelLoadException if a file is missing, damaged or not supported
   * @throws InvalidInputException if {@code wishedMaxLength} is less than 1
   * @throws EngineUnavailableException if the native tokenizer library cannot be loaded
   */
  public static HuggingFaceTextEncoder open(
      Path directory, int positions, OptionalInt wishedMaxLength, TokenTypes tokenTypes) {
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
    HuggingFacePositions reader =
        new HuggingFacePositions(
            maxLength, settings.readsTokenTypes(tokenTypes), settings.truncatesLeft());
    return new HuggingFaceTextEncoder(
        source.file(), load(source), reader, settings.specialToken("mask"));
  }

  /** Opens a tokenizer of any kind, which the caller closes. */
  static HuggingFaceTokenizer load(TokenizerFile.Source source) {
    DjlSwitches.apply();
    Map<String, String> options =
        Map.of("addSpecialTokens", "true", "truncation", "false", "padding", "false");
    HuggingFaceTokenizer tokenizer = null;
    try {
      ByteBuffer json = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(source.json()));
      InputStream stream = new ByteArrayInputStream(json.array(), 0, json.limit());
      tokenizer = HuggingFaceTokenizer.newInstance(stream, options);
      // A vocabulary without its unknown token shows itself here, not at the first odd text.
      tokenizer.encode(PROBE, PROBE, true, false);
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
    if (second == null) {
      return positions.of(
          guarded(() -> tokenizer.encode(text.scalars(), true, false)), List.of(text));
    }
    ScalarText pair = new ScalarText(second);
    return positions.of(
        guarded(() -> tokenizer.encode(text.scalars(), pair.scalars(), true, false)),
        List.of(text, pair));
  }

  /**
   * What the directory's files call it, or else {@code [MASK]} or {@code <mask>}, if there is one.
   */
  @Override
  public Optional<TokenSpan> maskToken() {
    return Stream.of(mask, "<mask>")
        .flatMap(
            text -> {
              Encoding encoding = guarded(() -> tokenizer.encode(text, false, false));
              String[] tokens = encoding.getTokens();
              return IntStream.range(0, tokens.length)
                  .filter(i -> tokens[i].equals(text))
                  .mapToObj(
                      i -> new TokenSpan(text, encoding.getIds()[i], 0, Token.NO_WORD, 0, 0, true));
            })
        .findFirst();
  }

  /** The memory that a call reads is not freed before it is done. */
  private Encoding guarded(Supplier<Encoding> call) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the tokenizer " + file + " is closed");
      }
      return reported(call);
    } finally {
      lock.readLock().unlock();
      Reference.reachabilityFence(this);
    }
  }

  private Encoding reported(Supplier<Encoding> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw new InferenceException(file + ": cannot encode the text: " + e.getMessage(), e);
    }
  }

  /**
   * Encodes several inputs in the threads of the common pool. (The native library's own batches are
   * slower, since only a part of the work is done in parallel, and its errors end the process.)
   */
  @Override
  public List<EncodedText> encodeAll(List<TextInput> inputs) {
    return inputs.size() == 1
        ? List.of(encode(inputs.get(0)))
        : inputs.parallelStream().map(this::encode).toList();
  }

  @Override
  public int maxLength() {
    return positions.maxLength();
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
