package io.github.attentive.djl.text;

import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.spi.TokenSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Encodes for a model with a {@code TextVectorization} of fixed length that does not mask its
 * padding: each text has {@code sequenceLength} positions, the last ones special tokens {@code
 * [PAD]}. Thread-safe.
 */
public final class KerasTextEncoder implements TextEncoder {
  private static final TokenSpan PADDING =
      new TokenSpan("[PAD]", Vocabulary.PADDING, 0, Token.NO_WORD, 0, 0, true);

  private final TextVectorization vectorization;
  private final Vocabulary vocabulary;
  private final int sequenceLength;
  private final int wordLimit;

  /**
   * Creates an encoder.
   *
   * @param vectorization how texts are cut
   * @param vocabulary the words the model knows
   * @param sequenceLength positions of the model's input
   * @param wordLimit words that are read at most; more than {@code sequenceLength} changes nothing
   */
  public KerasTextEncoder(
      TextVectorization vectorization, Vocabulary vocabulary, int sequenceLength, int wordLimit) {
    this.vectorization = vectorization;
    this.vocabulary = vocabulary;
    this.sequenceLength = sequenceLength;
    this.wordLimit = Math.min(wordLimit, sequenceLength);
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
    List<TextVectorization.Piece> pieces = vectorization.pieces(input.text(), wordLimit + 1);
    List<TokenSpan> positions = new ArrayList<>(sequenceLength);
    for (int i = 0; i < sequenceLength; i++) {
      if (i < Math.min(pieces.size(), wordLimit)) {
        TextVectorization.Piece piece = pieces.get(i);
        int id = vocabulary.idOf(piece.text());
        String text = vocabulary.words().get(id);
        positions.add(new TokenSpan(text, id, 0, i, piece.start(), piece.end(), false));
      } else {
        positions.add(PADDING);
      }
    }
    return new EncodedText(positions, new long[sequenceLength], pieces.size() > wordLimit);
  }

  @Override
  public int maxLength() {
    return wordLimit;
  }
}
