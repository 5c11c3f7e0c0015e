package io.github.attentive;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How a text is explained. Immutable; {@link #defaults()} fits most hosts. */
public final class ExplainOptions {
  private static final ExplainOptions DEFAULTS = builder().build();

  private final Method method;
  private final @Nullable Integer layer;
  private final @Nullable Integer head;
  private final @Nullable String target;
  private final Granularity granularity;
  private final SpecialTokens specialTokens;
  private final boolean queriesAndKeys;

  private ExplainOptions(Builder builder) {
    method = builder.method;
    layer = builder.layer;
    head = builder.head;
    target = builder.target;
    granularity = builder.granularity;
    specialTokens = builder.specialTokens;
    queriesAndKeys = builder.queriesAndKeys;
  }

  /**
   * The defaults listed at {@link Builder}.
   *
   * @return the shared instance
   */
  public static ExplainOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Starts from the defaults.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The method.
   *
   * @return how tokens are weighed
   */
  public Method method() {
    return method;
  }

  /**
   * The one layer to read.
   *
   * @return counted from 0, or empty for all
   */
  public OptionalInt layer() {
    return layer == null ? OptionalInt.empty() : OptionalInt.of(layer);
  }

  /**
   * The one head to read.
   *
   * @return counted from 0, or empty for all
   */
  public OptionalInt head() {
    return head == null ? OptionalInt.empty() : OptionalInt.of(head);
  }

  /**
   * The label to explain.
   *
   * @return one of the model's labels, or empty for the predicted one
   */
  public Optional<String> target() {
    return Optional.ofNullable(target);
  }

  /**
   * The unit of the explanation.
   *
   * @return words or tokens
   */
  public Granularity granularity() {
    return granularity;
  }

  /**
   * What happens to special tokens.
   *
   * @return the policy
   */
  public SpecialTokens specialTokens() {
    return specialTokens;
  }

  /**
   * Whether the explanation is to have the queries and keys of the attention, too.
   *
   * @return true if {@link Explanation#queriesAndKeys()} is wanted
   */
  public boolean queriesAndKeys() {
    return queriesAndKeys;
  }

  /**
   * Builds {@link ExplainOptions}. Not thread-safe.
   *
   * <p>Defaults: method attention, all layers, all heads, the predicted label, words, special
   * tokens kept, no queries and keys.
   */
  public static final class Builder {
    private Method method = Method.ATTENTION;
    private @Nullable Integer layer;
    private @Nullable Integer head;
    private @Nullable String target;
    private Granularity granularity = Granularity.WORD;
    private SpecialTokens specialTokens = SpecialTokens.KEEP;
    private boolean queriesAndKeys;

    private Builder() {}

    /**
     * Chooses the method.
     *
     * @param method the method
     * @return this
     */
    public Builder method(Method method) {
      this.method = Objects.requireNonNull(method, "method");
      return this;
    }

    /**
     * Reads one layer only.
     *
     * @param layer counted from 0; checked against the model when it explains
     * @return this
     * @throws InvalidInputException if negative
     */
    public Builder layer(int layer) {
      this.layer = Checks.notNegative("layer", layer);
      return this;
    }

    /**
     * Reads one head only.
     *
     * @param head counted from 0; checked against the model when it explains
     * @return this
     * @throws InvalidInputException if negative
     */
    public Builder head(int head) {
      this.head = Checks.notNegative("head", head);
      return this;
    }

    /**
     * Explains another label than the predicted one. Attention weights do not depend on it; it is
     * recorded in the result.
     *
     * @param label one of the model's labels; checked when it explains
     * @return this
     */
    public Builder target(String label) {
      this.target = Objects.requireNonNull(label, "label");
      return this;
    }

    /**
     * Chooses the unit.
     *
     * @param granularity words or tokens
     * @return this
     */
    public Builder granularity(Granularity granularity) {
      this.granularity = Objects.requireNonNull(granularity, "granularity");
      return this;
    }

    /**
     * Chooses the policy for special tokens.
     *
     * @param policy keep, drop or drop and renormalise
     * @return this
     */
    public Builder specialTokens(SpecialTokens policy) {
      this.specialTokens = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Asks for the queries and keys of the attention, too: for each layer and head the vectors of
     * every position and the scores before the softmax. They take several times the memory of the
     * attention, and the first such call takes longer. They change nothing else.
     *
     * @param queriesAndKeys whether they are wanted; a model whose attention has none refuses when
     *     it explains
     * @return this
     */
    public Builder queriesAndKeys(boolean queriesAndKeys) {
      this.queriesAndKeys = queriesAndKeys;
      return this;
    }

    /**
     * Finishes.
     *
     * @return the options
     */
    public ExplainOptions build() {
      return new ExplainOptions(this);
    }
  }
}
