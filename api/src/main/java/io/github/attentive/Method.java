package io.github.attentive;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * The ways to weigh the tokens of a text.
 *
 * <p>Weights are raw: each method's formula as it stands, normalised by nothing that it does not
 * name. "The rows read" are those of the positions that the classification head reads: the first
 * token's for heads like BERT's, the mean over all for heads that average, the one query of
 * attention pooling. A is a layer's attention {@code [queries, keys]}, y the logit of the target,
 * or the difference of two where {@link ExplainOptions#contrast()} names another class, p its
 * probability. A model that lacks what a method needs refuses it with an {@link
 * UnsupportedByModelException}.
 */
public enum Method {
  /**
   * The attention a token receives: the mean over the chosen layers and heads (or the maximum, see
   * {@link ExplainOptions#fusion()}), in the rows read. 0 or above; the mean sums to 1. Needs
   * attention; one forward pass. Says nothing of signs or of the target.
   */
  ATTENTION("attention", Need.ATTENTION),
  /**
   * Attention rollout (Abnar &amp; Zuidema 2020, "Quantifying Attention Flow in Transformers"):
   * {@code R_l = rownorm(A_l + I) R_(l-1)}, A being a layer's heads fused, in the rows read of the
   * last R. 0 or above, sums to 1. Needs self-attention; one forward pass. Says nothing of signs or
   * of the target.
   */
  ROLLOUT("rollout", Need.ATTENTION),
  /**
   * Attention flow (Abnar &amp; Zuidema 2020): the largest flow from the rows read of the last
   * layer to each input position, where edges carry {@code rownorm(A_l + I)}; as in the paper a
   * row's flows are divided by their sum. 0 or above, sums to 1. Needs self-attention and a short
   * text ({@link io.github.attentive.explain.AttentionFlow#TOKEN_LIMIT}); one forward pass and a
   * maximum flow for each token. Says nothing of signs or of the target.
   */
  FLOW("flow", Need.ATTENTION),
  /**
   * Attention weighed by the vectors it moves (Kobayashi et al. 2020, "Attention is Not Only a
   * Weight"): {@code N_ij = |sum over heads of A_ij f(x_j)|}, the mean over the chosen layers, in
   * the rows read; with one head chosen, the norm of that head alone. 0 or above. Needs a model
   * that gives these norms; two forward passes. Says nothing of signs or of the target.
   */
  NORM("norm", Need.NORMS),
  /**
   * Gradient times attention: {@code mean over heads of relu(dy/dA * A)} of the last layer or of
   * the chosen one, in the rows read. 0 or above: what speaks for the target. Needs attention and
   * its gradients; a forward and a backward pass, and another forward one where a target or a
   * contrast is named.
   */
  GRAD_ATTENTION("grad-attention", Need.ATTENTION_GRADIENTS),
  /**
   * Relevance (Chefer et al. 2021, "Generic Attention-model Explainability"): {@code R = I}, then
   * for each layer from the lowest {@code R <- R + mean over heads of relu(dy/dA * A) R}; the rows
   * read of {@code R - I}. 0 or above: what speaks for the target. Needs self-attention and its
   * gradients; a forward and a backward pass, and another forward one where a target or a contrast
   * is named.
   */
  RELEVANCE("relevance", Need.ATTENTION_GRADIENTS),
  /**
   * The exact contributions of the states that attention weighs, where dense layers without an
   * activation, or with rectifiers, read their sum: attention pooling, or one layer of attention
   * and an average. {@code sum over heads and queries of A * dy/dA}, which for pooling is {@code
   * a_j (w . h_j)}. Signed: positive speaks for the target; y less their sum is what the head adds
   * without them, its bias. Exact of the attention, for this text: where a recurrent layer or
   * another made the states, they hold their neighbours, too. Needs gradients by attention and such
   * a head; a forward and a backward pass, and another forward one where a target or a contrast is
   * named.
   */
  CONTRIBUTIONS("contributions", Need.ATTENTION_GRADIENTS),
  /**
   * Integrated gradients (Sundararajan et al. 2017, "Axiomatic Attribution for Deep Networks"):
   * {@code (x - b) * integral over t of dy/dx at b + t (x - b)}, summed over the dimensions of a
   * token's word vector x, from a {@link ExplainOptions#baseline() baseline} b. Signed: positive
   * speaks for the target; together they are {@code y(x) - y(b)} but for the {@linkplain
   * Provenance#completenessError() completeness error}. Needs gradients by word vectors; a forward
   * and a backward pass for each of the steps and up to two more.
   */
  INTEGRATED_GRADIENTS("integrated-gradients", Need.VECTOR_GRADIENTS),
  /**
   * Input times gradient: {@code dy/dx * x}, summed over the dimensions of a token's word vector x.
   * Signed: positive speaks for the target. Needs gradients by word vectors; two forward passes and
   * a backward one.
   */
  INPUT_GRADIENT("input-gradient", Need.VECTOR_GRADIENTS),
  /**
   * Occlusion, or leave-one-out: {@code p(text) - p(text without the unit)}. Signed: positive
   * speaks for the target. Works with every classifier; a forward pass for each unit and two more.
   */
  OCCLUSION("occlusion", Need.PREDICTIONS),
  /**
   * LIME (Ribeiro et al. 2016, "Why Should I Trust You?"): the weights of a linear model of p,
   * fitted to texts with units left out at random. Signed: positive speaks for the target. How well
   * it fits is {@link Provenance#determination()}. Works with every classifier; a forward pass for
   * each of the samples ({@link ExplainOptions#samples()}, 1000 by default).
   */
  LIME("lime", Need.PREDICTIONS),
  /**
   * Kernel SHAP (Lundberg &amp; Lee 2017, "A Unified Approach to Interpreting Model Predictions"):
   * Shapley values of the units, exact for short texts, else sampled. Signed: positive speaks for
   * the target; together they are {@code p(text) - p(nothing)}. Works with every classifier; a
   * forward pass for each of the samples ({@code 2 * units + 1024} by default).
   */
  SHAP("shap", Need.PREDICTIONS);

  /** What a method asks of a model. */
  private enum Need {
    ATTENTION,
    NORMS,
    ATTENTION_GRADIENTS,
    VECTOR_GRADIENTS,
    PREDICTIONS
  }

  private static final Set<Need> OF_ATTENTION =
      EnumSet.of(Need.ATTENTION, Need.NORMS, Need.ATTENTION_GRADIENTS);

  private final String id;
  private final Need need;

  Method(String id, Need need) {
    this.id = id;
    this.need = need;
  }

  /**
   * The name used on the command line and in JSON.
   *
   * @return lower case, words joined by hyphens
   */
  public String id() {
    return id;
  }

  /**
   * Whether only models with attention can be explained so.
   *
   * @return true for the methods from {@link #ATTENTION} to {@link #CONTRIBUTIONS}
   */
  public boolean needsAttention() {
    return OF_ATTENTION.contains(need);
  }

  /**
   * Whether one layer or one head can be chosen.
   *
   * @return true for {@link #ATTENTION}, {@link #NORM} and {@link #GRAD_ATTENTION}
   */
  public boolean readsLayers() {
    return this == ATTENTION || this == NORM || this == GRAD_ATTENTION;
  }

  /**
   * Whether weights depend on the class that is explained.
   *
   * @return false for the methods that read attention or norms alone
   */
  public boolean dependsOnTarget() {
    return need != Need.ATTENTION && need != Need.NORMS;
  }

  /**
   * Whether units of the text are left out and nothing but predictions is asked for, so that every
   * classifier can be explained so.
   *
   * @return true for {@link #OCCLUSION}, {@link #LIME} and {@link #SHAP}
   */
  public boolean perturbs() {
    return need == Need.PREDICTIONS;
  }

  /**
   * The method that has an id.
   *
   * @param id as {@link #id()} gives it; case counts
   * @return the method
   * @throws InvalidInputException if no method has it
   */
  public static Method of(String id) {
    return Arrays.stream(values())
        .filter(method -> method.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "method: expected one of %s, got '%s'"
                        .formatted(Arrays.stream(values()).map(Method::id).toList(), id)));
  }
}
