package io.github.attentive.internal;

import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.Method;
import io.github.attentive.ModelInfo;
import io.github.attentive.Provenance;
import io.github.attentive.Token;
import io.github.attentive.TrustCard;
import io.github.attentive.UntrustedExplanationException;
import io.github.attentive.explain.TokenWeights;
import io.github.attentive.spi.PositionsRead;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Puts explanations together.
 *
 * @param info the model that was asked
 * @param read which rows of its attention its classification head reads
 * @param options what it was asked for
 */
record ExplanationAssembly(ModelInfo info, PositionsRead read, ExplainOptions options) {

  /**
   * Makes an explanation, with a trust card if one is wanted.
   *
   * @throws UntrustedExplanationException if its verdict is below the least that is wanted
   */
  Explanation of(WeighedText weighed) {
    ExplainedText text = weighed.text();
    PositionWeights weights = weighed.weights();
    List<Token> positions = text.tokens(weights.values());
    TrustCard trust = options.trust() ? weighed.perturbation().get().trust(weights) : null;
    if (trust != null) {
      refuseBelow(trust, text);
    }
    return new Explanation(
        info,
        text.classification(),
        TokenWeights.attribute(
            text.input(),
            positions,
            text.target().label(),
            options,
            provenance(text.target(), weights)),
        positions,
        text.attention(),
        read,
        text.queriesAndKeys(),
        trust);
  }

  private void refuseBelow(TrustCard trust, ExplainedText text) {
    options
        .atLeast()
        .filter(least -> !trust.verdict().atLeast(least))
        .ifPresent(
            least -> {
              throw new UntrustedExplanationException(
                  "explanation of '%s' by method '%s' for '%s': expected a verdict of at least %s, got %s; try another method, or allow a worse one"
                      .formatted(
                          text.input().text(),
                          options.method().id(),
                          text.target().label(),
                          least.id(),
                          trust.verdict().id()),
                  trust);
            });
  }

  private Provenance provenance(ExplanationTarget target, PositionWeights weights) {
    Method method = options.method();
    boolean fuses = method == Method.ATTENTION || method == Method.ROLLOUT;
    boolean integrates = method == Method.INTEGRATED_GRADIENTS;
    boolean draws = weights.samples().isPresent() || options.trust();
    return new Provenance(
        target.contrast(),
        options.layer(),
        options.head(),
        fuses ? Optional.of(options.fusion()) : Optional.empty(),
        method.perturbs() || options.trust() ? Optional.of(options.removal()) : Optional.empty(),
        integrates ? Optional.of(options.baseline()) : Optional.empty(),
        integrates ? OptionalInt.of(options.steps()) : OptionalInt.empty(),
        integrates ? Optional.of(options.rule()) : Optional.empty(),
        draws ? OptionalLong.of(options.seed()) : OptionalLong.empty(),
        weights.samples(),
        weights.completenessError(),
        weights.determination());
  }
}
