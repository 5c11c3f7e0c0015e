package io.github.attentive;

import io.github.attentive.spi.PositionsRead;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A classification with what the model looked at. Immutable.
 *
 * <p>{@link #attention()} holds every position that took part, special tokens included; {@link
 * #tokens()} lists them as the {@link SpecialTokens} policy says, each with the {@link
 * Token#position() position} of its row and column. A model without attention can be explained,
 * too, by methods that need none: {@link #hasAttention()} then says false, and everything but the
 * attention is there.
 */
public final class Explanation {
  private final ModelInfo model;
  private final Classification classification;
  private final Attribution attribution;
  private final List<Token> positions;
  private final @Nullable AttentionTensor attention;
  private final PositionsRead positionsRead;
  private final @Nullable QueriesAndKeys queriesAndKeys;
  private final @Nullable TrustCard trust;

  /**
   * Creates an explanation of a model whose classification head reads the first position, without
   * queries and keys.
   *
   * @param model the model that was asked
   * @param classification what it said
   * @param attribution the weights of tokens and words
   * @param positions every position of the input in order, with its raw weight; position {@code i}
   *     is column {@code i} of the attention
   * @param attention the attention weights of all layers and heads
   * @throws InvalidInputException if the number of positions is not the number of attention columns
   */
  public Explanation(
      ModelInfo model,
      Classification classification,
      Attribution attribution,
      List<Token> positions,
      AttentionTensor attention) {
    this(model, classification, attribution, positions, attention, PositionsRead.FIRST, null);
  }

  /**
   * Creates an explanation without a trust card.
   *
   * @param model the model that was asked
   * @param classification what it said
   * @param attribution the weights of tokens and words
   * @param positions every position of the input in order, with its raw weight; position {@code i}
   *     is column {@code i} of the attention
   * @param attention the attention weights of all layers and heads
   * @param positionsRead which rows of the attention the classification head reads
   * @param queriesAndKeys what the attention was computed from, or null if it was not asked for
   * @throws InvalidInputException if the number of positions is not the number of attention
   *     columns, or the queries and keys are of other layers, heads, queries or positions than the
   *     attention
   */
  public Explanation(
      ModelInfo model,
      Classification classification,
      Attribution attribution,
      List<Token> positions,
      AttentionTensor attention,
      PositionsRead positionsRead,
      @Nullable QueriesAndKeys queriesAndKeys) {
    this(
        model,
        classification,
        attribution,
        positions,
        Objects.requireNonNull(attention, "attention"),
        positionsRead,
        queriesAndKeys,
        null);
  }

  /**
   * Creates an explanation.
   *
   * @param model the model that was asked
   * @param classification what it said
   * @param attribution the weights of tokens and words
   * @param positions every position of the input in order, with its raw weight; position {@code i}
   *     is column {@code i} of the attention
   * @param attention the attention weights of all layers and heads, or null if the model has none
   * @param positionsRead which rows of the attention the classification head reads
   * @param queriesAndKeys what the attention was computed from, or null if it was not asked for
   * @param trust how far the weights can be believed, or null if it was not asked for
   * @throws InvalidInputException if the number of positions is not the number of attention
   *     columns, or the queries and keys are of other layers, heads, queries or positions than the
   *     attention
   */
  public Explanation(
      ModelInfo model,
      Classification classification,
      Attribution attribution,
      List<Token> positions,
      @Nullable AttentionTensor attention,
      PositionsRead positionsRead,
      @Nullable QueriesAndKeys queriesAndKeys,
      @Nullable TrustCard trust) {
    this.model = Objects.requireNonNull(model, "model");
    this.classification = Objects.requireNonNull(classification, "classification");
    this.attribution = Objects.requireNonNull(attribution, "attribution");
    this.positions = List.copyOf(positions);
    this.attention = attention;
    this.positionsRead = Objects.requireNonNull(positionsRead, "positionsRead");
    this.queriesAndKeys = queriesAndKeys;
    this.trust = trust;
    if (attention != null && this.positions.size() != attention.keys()) {
      throw new InvalidInputException(
          "explanation: expected a position for each of the %s attention columns, got %s"
              .formatted(attention.keys(), this.positions.size()));
    }
    if (queriesAndKeys != null) {
      checkShape(queriesAndKeys, attention);
    }
  }

  private static void checkShape(
      QueriesAndKeys queriesAndKeys, @Nullable AttentionTensor attention) {
    int[] expected = attention == null ? new int[0] : attention.shape();
    int[] shape = {
      queriesAndKeys.layers(),
      queriesAndKeys.heads(),
      queriesAndKeys.queries(),
      queriesAndKeys.positions()
    };
    if (!Arrays.equals(shape, expected)) {
      throw new InvalidInputException(
          "explanation: expected queries and keys of the attention's shape %s, got %s"
              .formatted(Arrays.toString(expected), Arrays.toString(shape)));
    }
  }

  /**
   * The model that was asked.
   *
   * @return its description
   */
  public ModelInfo model() {
    return model;
  }

  /**
   * The classification alone.
   *
   * @return label, scores and logits
   */
  public Classification classification() {
    return classification;
  }

  /**
   * The text this is about.
   *
   * @return the caller's input
   */
  public TextInput input() {
    return classification.input();
  }

  /**
   * The predicted label.
   *
   * @return one of the model's labels
   */
  public String label() {
    return classification.label();
  }

  /**
   * All scores.
   *
   * @return an unmodifiable map in the model's label order
   */
  public Map<String, Float> scores() {
    return classification.scores();
  }

  /**
   * The score of a label.
   *
   * @param label one of the model's labels
   * @return its probability, or the raw value of a regression
   * @throws InvalidInputException if the model has no such label
   */
  public float score(String label) {
    return classification.score(label);
  }

  /**
   * The weights and the rule they were made by.
   *
   * @return the attribution
   */
  public Attribution attribution() {
    return attribution;
  }

  /**
   * The tokens with their weights, special ones as the policy says.
   *
   * @return an unmodifiable list in text order
   */
  public List<Token> tokens() {
    return attribution.tokens();
  }

  /**
   * The words with their weights.
   *
   * @return an unmodifiable list in text order
   */
  public List<Word> words() {
    return attribution.words();
  }

  /**
   * Every position of the input with its raw weight, whatever the policy for special tokens. Of a
   * classifier that shows no tokens ({@link BlackBoxExplainer}) these are the words.
   *
   * @return an unmodifiable list; element {@code i} is column {@code i} of the attention
   */
  public List<Token> positions() {
    return positions;
  }

  /**
   * Whether there is attention to look at.
   *
   * @return true for every model that has attention, whatever the method
   */
  public boolean hasAttention() {
    return attention != null;
  }

  /**
   * The attention weights of all layers and heads.
   *
   * @return the tensor
   * @throws UnsupportedByModelException if the model has no attention, see {@link #hasAttention()}
   */
  public AttentionTensor attention() {
    if (attention == null) {
      throw new UnsupportedByModelException(
          "attention: model '%s' has no attention layer, so there are no weights of one to show; its words have weights by method '%s'"
              .formatted(model.family(), attribution.method().id()));
    }
    return attention;
  }

  /**
   * What the attention was computed from.
   *
   * @return queries, keys and scores of all layers and heads, or empty unless {@link
   *     ExplainOptions#queriesAndKeys()} asked for them
   */
  public Optional<QueriesAndKeys> queriesAndKeys() {
    return Optional.ofNullable(queriesAndKeys);
  }

  /**
   * How far the weights can be believed.
   *
   * @return the card, or empty unless {@link ExplainOptions#trust()} asked for it
   */
  public Optional<TrustCard> trust() {
    return Optional.ofNullable(trust);
  }

  /**
   * Which rows of the attention say what the decision looked at.
   *
   * @return the positions that the classification head reads; of no meaning without attention
   */
  public PositionsRead positionsRead() {
    return positionsRead;
  }

  /** Equal parts. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Explanation that
        && model.equals(that.model)
        && classification.equals(that.classification)
        && attribution.equals(that.attribution)
        && positions.equals(that.positions)
        && Objects.equals(attention, that.attention)
        && positionsRead == that.positionsRead
        && Objects.equals(queriesAndKeys, that.queriesAndKeys)
        && Objects.equals(trust, that.trust);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        model,
        classification,
        attribution,
        positions,
        attention,
        positionsRead,
        queriesAndKeys,
        trust);
  }

  @Override
  public String toString() {
    return "Explanation[" + label() + " " + scores() + ", " + words() + "]";
  }
}
