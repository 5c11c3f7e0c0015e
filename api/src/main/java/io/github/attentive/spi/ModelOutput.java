package io.github.attentive.spi;

import io.github.attentive.AttentionTensor;
import io.github.attentive.QueriesAndKeys;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model gives for one input, as plain data. Immutable; arrays are copied.
 *
 * <p>Only positions that took part in the model's arithmetic are here: padding that a batch needed
 * is cut off, padding that the model attends to stays, as special tokens.
 */
public final class ModelOutput {
  private final List<TokenSpan> positions;
  private final boolean truncated;
  private final float[] logits;
  private final float[] scores;
  private final @Nullable AttentionTensor attention;
  private final @Nullable QueriesAndKeys queriesAndKeys;

  /**
   * Creates an output without queries and keys.
   *
   * @param positions every position in order
   * @param truncated true if the text was longer than the model reads
   * @param logits the raw outputs of the head; empty if the model gives none
   * @param scores a score for each label, as {@link io.github.attentive.Classification} has it for
   *     the model's problem type
   * @param attention the attention weights, or null if they were not asked for
   */
  public ModelOutput(
      List<TokenSpan> positions,
      boolean truncated,
      float[] logits,
      float[] scores,
      @Nullable AttentionTensor attention) {
    this(positions, truncated, logits, scores, attention, null);
  }

  /**
   * Creates an output.
   *
   * @param positions every position in order
   * @param truncated true if the text was longer than the model reads
   * @param logits the raw outputs of the head; empty if the model gives none
   * @param scores a score for each label, as {@link io.github.attentive.Classification} has it for
   *     the model's problem type
   * @param attention the attention weights, or null if they were not asked for
   * @param queriesAndKeys what the attention was computed from, or null if it was not asked for
   */
  public ModelOutput(
      List<TokenSpan> positions,
      boolean truncated,
      float[] logits,
      float[] scores,
      @Nullable AttentionTensor attention,
      @Nullable QueriesAndKeys queriesAndKeys) {
    this.positions = List.copyOf(positions);
    this.truncated = truncated;
    this.logits = logits.clone();
    this.scores = scores.clone();
    this.attention = attention;
    this.queriesAndKeys = queriesAndKeys;
  }

  /**
   * Every position of the input.
   *
   * @return an unmodifiable list in order
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

  /**
   * The raw outputs of the head.
   *
   * @return a copy; empty if the model gives none
   */
  public float[] logits() {
    return logits.clone();
  }

  /**
   * The scores: probabilities, or the raw values of a regression.
   *
   * @return a copy, one for each label
   */
  public float[] scores() {
    return scores.clone();
  }

  /**
   * The attention weights.
   *
   * @return the tensor, or empty if it was not asked for
   */
  public Optional<AttentionTensor> attention() {
    return Optional.ofNullable(attention);
  }

  /**
   * What the attention was computed from.
   *
   * @return queries, keys and scores, or empty if they were not asked for
   */
  public Optional<QueriesAndKeys> queriesAndKeys() {
    return Optional.ofNullable(queriesAndKeys);
  }
}
