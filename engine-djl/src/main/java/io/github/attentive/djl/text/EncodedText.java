package io.github.attentive.djl.text;

import io.github.attentive.spi.TokenSpan;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * A text as a model reads it. Immutable.
 *
 * <p>The token type is what a model of the BERT family embeds beside the token: 0 for the first
 * text and 1 for the second, special tokens included. It differs from {@link TokenSpan#segment()}
 * for families that tell their texts apart by separators alone: there it is always 0.
 */
public final class EncodedText implements TokenSequence {
  private final List<TokenSpan> positions;
  private final long[] tokenTypes;
  private final boolean truncated;

  /** Positions that no one attends to; empty for none. */
  private final BitSet hidden;

  /**
   * Creates an encoded text.
   *
   * @param positions every position in order, padding included where the model attends to it
   * @param tokenTypes a type for each position, copied
   * @param truncated true if the text was longer than the model reads
   * @throws IllegalArgumentException if the numbers of positions and types differ
   */
  public EncodedText(List<TokenSpan> positions, long[] tokenTypes, boolean truncated) {
    this(positions, tokenTypes, truncated, new BitSet());
  }

  private EncodedText(
      List<TokenSpan> positions, long[] tokenTypes, boolean truncated, BitSet hidden) {
    if (positions.size() != tokenTypes.length) {
      throw new IllegalArgumentException(
          "token types: expected one for each of %s positions, got %s"
              .formatted(positions.size(), tokenTypes.length));
    }
    this.positions = List.copyOf(positions);
    this.tokenTypes = tokenTypes.clone();
    this.truncated = truncated;
    this.hidden = hidden;
  }

  /**
   * The same text with positions that no one attends to, where the model can be told so.
   *
   * @param hidden those positions; copied
   * @return another text
   */
  public EncodedText hiding(BitSet hidden) {
    return new EncodedText(positions, tokenTypes, truncated, (BitSet) hidden.clone());
  }

  /**
   * Every position in order.
   *
   * @return an unmodifiable list
   */
  public List<TokenSpan> positions() {
    return positions;
  }

  /**
   * Says whether the text was cut.
   *
   * @return true if it was longer than the model reads
   */
  public boolean truncated() {
    return truncated;
  }

  @Override
  public int length() {
    return positions.size();
  }

  @Override
  public long[] ids() {
    return positions.stream().mapToLong(TokenSpan::id).toArray();
  }

  @Override
  public long[] tokenTypes() {
    return tokenTypes.clone();
  }

  @Override
  public long[] attentionMask() {
    long[] mask = TokenSequence.super.attentionMask();
    hidden.stream().forEach(position -> mask[position] = 0);
    return mask;
  }

  /** Equal positions, types, cut and hidden positions. */
  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedText that
        && positions.equals(that.positions)
        && Arrays.equals(tokenTypes, that.tokenTypes)
        && truncated == that.truncated
        && hidden.equals(that.hidden);
  }

  @Override
  public int hashCode() {
    return Objects.hash(positions, Arrays.hashCode(tokenTypes), truncated, hidden);
  }

  @Override
  public String toString() {
    return "EncodedText" + positions + (truncated ? "..." : "");
  }
}
