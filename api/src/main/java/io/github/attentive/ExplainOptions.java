package io.github.attentive;

import io.github.attentive.explain.HeadFusion;
import io.github.attentive.explain.MaskEvaluations;
import io.github.attentive.explain.QuadratureRule;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a text is explained. Immutable; {@link #defaults()} fits most hosts.
 *
 * <p>What is set and would do nothing is refused when the options are built: a layer for a method
 * that reads all of them, steps for one without.
 */
public final class ExplainOptions {
  /** The points on the line of integrated gradients where no number is named. */
  public static final int DEFAULT_STEPS = 50;

  private static final ExplainOptions DEFAULTS = builder().build();

  private final Method method;
  private final @Nullable Integer layer;
  private final @Nullable Integer head;
  private final HeadFusion fusion;
  private final @Nullable String target;
  private final @Nullable String contrast;
  private final Granularity granularity;
  private final SpecialTokens specialTokens;
  private final Removal removal;
  private final Baseline baseline;
  private final int steps;
  private final QuadratureRule rule;
  private final long seed;
  private final @Nullable Integer samples;
  private final boolean trust;
  private final @Nullable Verdict atLeast;
  private final int budget;
  private final boolean queriesAndKeys;

  private ExplainOptions(Builder builder) {
    method = builder.method;
    layer = builder.layer;
    head = builder.head;
    fusion = Objects.requireNonNullElse(builder.fusion, HeadFusion.MEAN);
    target = builder.target;
    contrast = builder.contrast;
    granularity = builder.granularity;
    specialTokens = builder.specialTokens;
    removal = Objects.requireNonNullElse(builder.removal, Removal.DELETE);
    baseline = Objects.requireNonNullElse(builder.baseline, Baseline.PAD);
    steps = Objects.requireNonNullElse(builder.steps, DEFAULT_STEPS);
    rule = Objects.requireNonNullElse(builder.rule, QuadratureRule.GAUSS_LEGENDRE);
    seed = builder.seed;
    samples = builder.samples;
    trust = builder.trust || builder.atLeast != null;
    atLeast = builder.atLeast;
    budget = builder.budget;
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
   * @return counted from 0, or empty for what the method reads by itself
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
   * What several heads become: of {@link Method#ATTENTION} those of all layers read, of {@link
   * Method#ROLLOUT} those of each layer.
   *
   * @return mean, maximum or minimum
   */
  public HeadFusion fusion() {
    return fusion;
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
   * The label that the target is compared with: what speaks for the one rather than for the other.
   *
   * @return one of the model's labels, or empty for the target alone
   */
  public Optional<String> contrast() {
    return Optional.ofNullable(contrast);
  }

  /**
   * The unit of the explanation.
   *
   * @return words, tokens or sentences
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
   * What becomes of units that are left out, by methods that do so and for the trust card.
   *
   * @return the operator
   */
  public Removal removal() {
    return removal;
  }

  /**
   * What integrated gradients start from.
   *
   * @return the baseline
   */
  public Baseline baseline() {
    return baseline;
  }

  /**
   * The number of points on the line of integrated gradients.
   *
   * @return as the rule takes it
   */
  public int steps() {
    return steps;
  }

  /**
   * Where those points lie.
   *
   * @return the rule of integration
   */
  public QuadratureRule rule() {
    return rule;
  }

  /**
   * The seed of LIME's and SHAP's samples and of the trust card's random orders.
   *
   * @return any number
   */
  public long seed() {
    return seed;
  }

  /**
   * How many versions of the text LIME or SHAP take.
   *
   * @return at least 2, or empty for the method's default
   */
  public OptionalInt samples() {
    return samples == null ? OptionalInt.empty() : OptionalInt.of(samples);
  }

  /**
   * Whether the explanation is to have a trust card.
   *
   * @return true if {@link Explanation#trust()} is wanted
   */
  public boolean trust() {
    return trust;
  }

  /**
   * The least verdict of an explanation that is not refused.
   *
   * @return the verdict, or empty if none is refused
   */
  public Optional<Verdict> atLeast() {
    return Optional.ofNullable(atLeast);
  }

  /**
   * The most versions of one text that may be evaluated, by a method that leaves units out and for
   * the trust card together.
   *
   * @return at least 1
   */
  public int budget() {
    return budget;
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
   * <p>Defaults: method attention, all layers (gradient times attention: the last), all heads,
   * their mean, the predicted label, no contrast, words, special tokens kept, units deleted, the
   * padding token as baseline, 50 steps by Gauss-Legendre, seed 0, the methods' own numbers of
   * samples, no trust card, a budget of {@link MaskEvaluations#DEFAULT_BUDGET}, no queries and
   * keys.
   */
  public static final class Builder {
    private Method method = Method.ATTENTION;
    private @Nullable Integer layer;
    private @Nullable Integer head;
    private @Nullable HeadFusion fusion;
    private @Nullable String target;
    private @Nullable String contrast;
    private Granularity granularity = Granularity.WORD;
    private SpecialTokens specialTokens = SpecialTokens.KEEP;
    private @Nullable Removal removal;
    private @Nullable Baseline baseline;
    private @Nullable Integer steps;
    private @Nullable QuadratureRule rule;
    private long seed;
    private @Nullable Integer samples;
    private boolean trust;
    private @Nullable Verdict atLeast;
    private int budget = MaskEvaluations.DEFAULT_BUDGET;
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
     * Reads one layer only. For methods of which {@link Method#readsLayers()} says so.
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
     * Reads one head only. For methods of which {@link Method#readsLayers()} says so.
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
     * Says what several heads become. For {@link Method#ATTENTION} and {@link Method#ROLLOUT}.
     *
     * @param fusion mean, maximum or minimum
     * @return this
     */
    public Builder fusion(HeadFusion fusion) {
      this.fusion = Objects.requireNonNull(fusion, "fusion");
      return this;
    }

    /**
     * Explains another label than the predicted one. Weights of attention, rollout, flow and norms
     * do not depend on it; it is recorded in the result.
     *
     * @param label one of the model's labels; checked when it explains
     * @return this
     */
    public Builder target(String label) {
      this.target = Objects.requireNonNull(label, "label");
      return this;
    }

    /**
     * Asks what speaks for the target rather than for another label. Methods by gradients then
     * explain the difference of the two logits (of a model with one sigmoid for two labels, the
     * target's logit is that already), methods that leave units out the difference of the two
     * scores. For methods of which {@link Method#dependsOnTarget()} says so.
     *
     * @param against one of the model's labels, not the target; checked when it explains
     * @return this
     */
    public Builder contrast(String against) {
      this.contrast = Objects.requireNonNull(against, "against");
      return this;
    }

    /**
     * Chooses the unit.
     *
     * @param granularity words, tokens or sentences
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
     * Chooses what becomes of units that are left out. For methods of which {@link
     * Method#perturbs()} says so, and for the trust card.
     *
     * @param removal the operator
     * @return this
     */
    public Builder removal(Removal removal) {
      this.removal = Objects.requireNonNull(removal, "removal");
      return this;
    }

    /**
     * Chooses what integrated gradients start from. For {@link Method#INTEGRATED_GRADIENTS}.
     *
     * @param baseline the baseline
     * @return this
     */
    public Builder baseline(Baseline baseline) {
      this.baseline = Objects.requireNonNull(baseline, "baseline");
      return this;
    }

    /**
     * Sets the number of points on the line of integrated gradients. For {@link
     * Method#INTEGRATED_GRADIENTS}.
     *
     * @param steps from 1, of the trapezoid rule from 2, to {@link QuadratureRule#MOST_POINTS}
     * @return this
     */
    public Builder steps(int steps) {
      this.steps = steps;
      return this;
    }

    /**
     * Chooses where those points lie. For {@link Method#INTEGRATED_GRADIENTS}.
     *
     * @param rule the rule of integration
     * @return this
     */
    public Builder rule(QuadratureRule rule) {
      this.rule = Objects.requireNonNull(rule, "rule");
      return this;
    }

    /**
     * Sets the seed of everything that is drawn. Methods that draw nothing do not depend on it.
     *
     * @param seed any number
     * @return this
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Sets how many versions of the text are taken. For {@link Method#LIME} and {@link
     * Method#SHAP}.
     *
     * @param samples at least 2
     * @return this
     * @throws InvalidInputException if fewer
     */
    public Builder samples(int samples) {
      if (samples < 2) {
        throw new InvalidInputException("samples: expected at least 2, got " + samples);
      }
      this.samples = samples;
      return this;
    }

    /**
     * Asks for a trust card: whole words are left out, as {@link #removal} says, and the
     * probability of the target is looked at. Costs up to 111 forward passes and one for each word.
     *
     * @param trust whether it is wanted
     * @return this
     */
    public Builder trust(boolean trust) {
      this.trust = trust;
      return this;
    }

    /**
     * Asks for a trust card and refuses an explanation whose verdict is worse, by an {@link
     * UntrustedExplanationException} that carries the card.
     *
     * @param verdict the least that is wanted
     * @return this
     */
    public Builder atLeast(Verdict verdict) {
      this.atLeast = Objects.requireNonNull(verdict, "verdict");
      return this;
    }

    /**
     * Limits the versions of one text that are evaluated, by a method that leaves units out and for
     * the trust card together. What would need more is refused before it is run.
     *
     * @param forwardPasses at least 1
     * @return this
     * @throws InvalidInputException if fewer
     */
    public Builder budget(int forwardPasses) {
      this.budget = Checks.atLeastOne("budget of forward passes", forwardPasses);
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
     * @throws InvalidInputException if something is set that the method does not use, or the rule
     *     is not made for so many steps
     */
    public ExplainOptions build() {
      boolean integrates = method == Method.INTEGRATED_GRADIENTS;
      boolean fuses = method == Method.ATTENTION || method == Method.ROLLOUT;
      boolean samplesUnits = method == Method.LIME || method == Method.SHAP;
      boolean judged = trust || atLeast != null;
      refuseUnused("layer", layer, method.readsLayers(), "attention, norm or grad-attention");
      refuseUnused("head", head, method.readsLayers(), "attention, norm or grad-attention");
      refuseUnused("fusion", fusion, fuses, "attention or rollout");
      refuseUnused(
          "contrast", contrast, method.dependsOnTarget(), "one that depends on the target");
      refuseUnused(
          "operator",
          removal,
          method.perturbs() || judged,
          "occlusion, lime or shap, or a trust card");
      refuseUnused("baseline", baseline, integrates, "integrated-gradients");
      refuseUnused("steps", steps, integrates, "integrated-gradients");
      refuseUnused("rule", rule, integrates, "integrated-gradients");
      refuseUnused("samples", samples, samplesUnits, "lime or shap");
      ExplainOptions options = new ExplainOptions(this);
      options.rule.check(options.steps);
      return options;
    }

    private void refuseUnused(
        String option, @Nullable Object value, boolean used, String expected) {
      if (value != null && !used) {
        throw new InvalidInputException(
            "%s: method '%s' does not use it; expected the method %s, or no %s"
                .formatted(option, method.id(), expected, option));
      }
    }
  }
}
