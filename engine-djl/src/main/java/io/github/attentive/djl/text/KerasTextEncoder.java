package io.github.attentive.djl.text;

import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.djl.text.TextVectorization.Piece;
import io.github.attentive.djl.text.TextVectorization.Split;
import io.github.attentive.spi.TokenSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Encodes for a model whose {@code TextVectorization} gives ids. Thread-safe.
 *
 * <p>What becomes of padding depends on the model:
 *
 * <ul>
 *   <li>{@linkplain #KerasTextEncoder(TextVectorization, Vocabulary, int, int) shown}, where texts
 *       have one length and the model attends to their padding;
 *   <li>{@linkplain #masked masked}, where an {@code Embedding} with {@code mask_zero} keeps the
 *       model from seeing it;
 *   <li>{@linkplain #unpadded not there}, where Keras pads to the longest text of a batch only, so
 *       that a text alone has none.
 * </ul>
 *
 * <p>Spans leave out white space at the ends of a token, so that the span of a token of white space
 * alone is empty. Each token is a word of its own, but for characters, which belong to the words
 * that white space separates. N-grams overlap, and those of one size stand before those of the
 * next: so do their words.
 */
public final class KerasTextEncoder implements TextEncoder {
  private static final TokenSpan PADDING = special("[PAD]", Vocabulary.PADDING);
  private static final TokenSpan UNKNOWN = special(Vocabulary.UNKNOWN_WORD, Vocabulary.UNKNOWN);

  private final TextVectorization vectorization;
  private final Vocabulary vocabulary;
  private final int limit;
  private final int leastPositions;

  /** The positions of a text without tokens. */
  private final int emptyPositions;

  /** The first position of a text without tokens. */
  private final TokenSpan ofEmptyText;

  /**
   * Creates an encoder whose texts have {@code sequenceLength} positions each, the last ones
   * special tokens {@code [PAD]}.
   *
   * @param vectorization how texts are cut
   * @param vocabulary the words the model knows, with padding
   * @param sequenceLength positions of the model's input
   * @param wordLimit tokens that are read at most; more than {@code sequenceLength} changes nothing
   * @throws IllegalArgumentException if the vocabulary has no padding
   */
  public KerasTextEncoder(
      TextVectorization vectorization, Vocabulary vocabulary, int sequenceLength, int wordLimit) {
    this(
        vectorization,
        padded(vocabulary),
        Math.min(wordLimit, sequenceLength),
        sequenceLength,
        sequenceLength,
        PADDING);
  }

  private KerasTextEncoder(
      TextVectorization vectorization,
      Vocabulary vocabulary,
      int limit,
      int leastPositions,
      int emptyPositions,
      TokenSpan ofEmptyText) {
    this.vectorization = vectorization;
    this.vocabulary = vocabulary;
    this.limit = limit;
    this.leastPositions = leastPositions;
    this.emptyPositions = emptyPositions;
    this.ofEmptyText = ofEmptyText;
  }

  /**
   * Creates an encoder for a model that masks its padding: the positions of a text are its tokens.
   *
   * <p>A text without tokens is one special position {@code [UNK]}, and the model answers as it
   * does for one word that it does not know. To Keras it is all padding: a mean over no position,
   * that of {@code GlobalAveragePooling1D}, is NaN for every class; a recurrent layer stays in its
   * first state.
   *
   * @param vectorization how texts are cut
   * @param vocabulary the words the model knows, with padding
   * @param limit tokens that are read at most: the layer's {@code output_sequence_length}, or less;
   *     {@link Integer#MAX_VALUE} for all
   * @return the encoder
   * @throws IllegalArgumentException if the vocabulary has no padding or the limit is less than 1
   */
  public static KerasTextEncoder masked(
      TextVectorization vectorization, Vocabulary vocabulary, int limit) {
    return ofTokens(vectorization, padded(vocabulary), limit, UNKNOWN);
  }

  /**
   * Creates an encoder for a layer without {@code output_sequence_length} in a model that does not
   * mask: the positions of a text are its tokens, as in a batch of this text alone. A text without
   * tokens is one special position {@code [PAD]}, as in a batch with a text of one token; alone it
   * has no position in Keras.
   *
   * @param vectorization how texts are cut
   * @param vocabulary the words the model knows, with padding
   * @param limit tokens that are read at most; {@link Integer#MAX_VALUE} for all
   * @return the encoder
   * @throws IllegalArgumentException if the vocabulary has no padding or the limit is less than 1
   */
  public static KerasTextEncoder unpadded(
      TextVectorization vectorization, Vocabulary vocabulary, int limit) {
    return ofTokens(vectorization, padded(vocabulary), limit, PADDING);
  }

  /**
   * For a model that is given features of the text in place of tokens, and so has no padding: each
   * text has a position for each token; one without any has a special token for the unknown word,
   * which counts for no feature.
   *
   * @param vectorization how texts are cut
   * @param vocabulary the words the model knows, without padding
   * @param limit tokens that are read at most, at least 1; {@link Integer#MAX_VALUE} for all
   * @return the encoder
   * @throws IllegalArgumentException if the limit is below 1
   */
  public static KerasTextEncoder ofWords(
      TextVectorization vectorization, Vocabulary vocabulary, int limit) {
    return ofTokens(
        vectorization, vocabulary, limit, special(Vocabulary.UNKNOWN_WORD, vocabulary.unknown()));
  }

  private static Vocabulary padded(Vocabulary vocabulary) {
    if (!vocabulary.hasPadding()) {
      throw new IllegalArgumentException(
          "vocabulary: expected the empty word for padding first, got "
              + vocabulary.words().get(0));
    }
    return vocabulary;
  }

  private static KerasTextEncoder ofTokens(
      TextVectorization vectorization, Vocabulary vocabulary, int limit, TokenSpan ofEmptyText) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "limit of tokens: expected at least 1, got %s".formatted(limit));
    }
    return new KerasTextEncoder(vectorization, vocabulary, limit, 1, 1, ofEmptyText);
  }

  /**
   * The same encoder, but that a text without tokens is all padding: for a model that masks its
   * padding and has an answer even then.
   *
   * @param positions of such a text, at least 1
   * @return an encoder that gives it so many special tokens {@code [PAD]}
   */
  public KerasTextEncoder withEmptyTextsAsPadding(int positions) {
    return new KerasTextEncoder(
        vectorization, padded(vocabulary), limit, leastPositions, positions, PADDING);
  }

  /**
   * The same encoder, but that a text without tokens has one special token {@code [UNK]} before its
   * padding: for a model that reads padding in one place, and in another has no answer to padding
   * alone.
   *
   * @return an encoder of as many positions
   */
  public KerasTextEncoder withEmptyTextsAsUnknownWord() {
    return new KerasTextEncoder(
        vectorization, padded(vocabulary), limit, leastPositions, emptyPositions, UNKNOWN);
  }

  private static TokenSpan special(String text, int id) {
    return new TokenSpan(text, id, 0, Token.NO_WORD, 0, 0, true);
  }

  @Override
  public EncodedText encode(TextInput input) {
    if (input.pair() != null) {
      throw new InvalidInputException(
          "this model reads one text; expected no pair, got one of "
              + input.pair().length()
              + " characters");
    }
    // One more than is read tells whether the text goes on.
    int wanted = (int) Math.min(Integer.MAX_VALUE, limit + 1L);
    List<Piece> pieces = vectorization.pieces(input.text(), wanted);
    boolean truncated = pieces.size() > limit;
    return filled(
        positions(input.text(), truncated ? pieces.subList(0, limit) : pieces), truncated);
  }

  @Override
  public EncodedText completed(TextInput input, EncodedText text) {
    List<TokenSpan> tokens =
        new ArrayList<>(text.positions().stream().filter(token -> !token.special()).toList());
    return filled(tokens, text.truncated());
  }

  /** Puts special tokens after the tokens of a text. */
  private EncodedText filled(List<TokenSpan> positions, boolean truncated) {
    int least = leastPositions;
    if (positions.isEmpty()) {
      positions.add(ofEmptyText);
      least = emptyPositions;
    }
    while (positions.size() < least) {
      positions.add(PADDING);
    }
    return new EncodedText(positions, new long[positions.size()], truncated);
  }

  private List<TokenSpan> positions(String text, List<Piece> pieces) {
    boolean characters =
        vectorization.split() == Split.CHARACTER && vectorization.ngrams().equals(List.of(1));
    List<TokenSpan> positions = new ArrayList<>();
    int word = -1;
    boolean ended = true;
    for (Piece piece : pieces) {
      int start = piece.start();
      int end = piece.end();
      while (start < end && Character.isWhitespace(text.charAt(start))) {
        start++;
      }
      while (start < end && Character.isWhitespace(text.charAt(end - 1))) {
        end--;
      }
      boolean blank = start == end;
      if (!characters || (ended && !blank)) {
        word++;
      }
      ended = blank;
      int id = vocabulary.idOf(piece.text());
      // Blanks before the first word count as its own, which they do not extend.
      positions.add(
          new TokenSpan(vocabulary.words().get(id), id, 0, Math.max(word, 0), start, end, false));
    }
    return positions;
  }

  @Override
  public int maxLength() {
    return limit;
  }
}
