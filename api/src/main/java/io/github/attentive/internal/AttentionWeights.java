package io.github.attentive.internal;

import io.github.attentive.AttentionTensor;
import io.github.attentive.ExplainOptions;
import io.github.attentive.ModelInfo;
import io.github.attentive.explain.AttentionAggregation;
import io.github.attentive.explain.AttentionFlow;
import io.github.attentive.explain.AttentionRollout;
import io.github.attentive.explain.GradientAttention;
import io.github.attentive.explain.NormAttention;
import io.github.attentive.explain.PoolingContributions;
import io.github.attentive.explain.Relevance;
import io.github.attentive.spi.AttentionGradient;
import io.github.attentive.spi.AttentionNorms;
import io.github.attentive.spi.PositionsRead;

/**
 * Weights from attention, its gradients and its norms, in the rows that the classification head
 * reads.
 *
 * @param info the model
 * @param read the rows
 * @param options method, layer, head
 */
record AttentionWeights(ModelInfo info, PositionsRead read, ExplainOptions options) {

  /** By attention alone. */
  double[] of(AttentionTensor attention) {
    return switch (options.method()) {
      case ROLLOUT -> {
        requireSquare(attention);
        yield AttentionRollout.received(attention, options.fusion(), read);
      }
      case FLOW -> {
        requireSquare(attention);
        yield AttentionFlow.received(attention, read);
      }
      default ->
          AttentionAggregation.received(
              attention, options.layer(), options.head(), read, options.fusion());
    };
  }

  /** By attention and its gradients. */
  double[] of(AttentionGradient gradient) {
    EngineNumbers.requireFinite("gradient by attention", gradient.gradient());
    return switch (options.method()) {
      case RELEVANCE -> {
        requireSquare(gradient.attention());
        yield Relevance.received(gradient, read);
      }
      case CONTRIBUTIONS -> PoolingContributions.received(gradient);
      default -> GradientAttention.received(gradient, options.layer(), options.head(), read);
    };
  }

  /** By norms. */
  double[] of(AttentionNorms norms) {
    EngineNumbers.requireFinite("norms of attention", norms.ofLayers());
    EngineNumbers.requireFinite("norms of attention", norms.ofHeads());
    return NormAttention.received(norms, options.layer(), options.head(), read);
  }

  private void requireSquare(AttentionTensor attention) {
    if (attention.queries() != attention.keys()) {
      throw MethodRefusal.noSelfAttention(options.method(), info);
    }
  }
}
