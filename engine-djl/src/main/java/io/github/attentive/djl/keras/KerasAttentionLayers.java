package io.github.attentive.djl.keras;

import io.github.attentive.djl.architecture.QueryKeyLayer;
import io.github.attentive.djl.architecture.ValueLayer;
import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Attention} (Luong et al. 2015) and {@code AdditiveAttention} (Bahdanau et al. 2014). */
final class KerasAttentionLayers {
  /** What Keras takes from the score of a key that must not be seen. */
  private static final double UNSEEN = 1e9;

  private static final String RETURN_SCORES = "return_attention_scores";
  private static final String CAUSAL = "use_causal_mask";

  private KerasAttentionLayers() {}

  /** What an attention is called with: query and value, and perhaps a key of its own. */
  private record Called(KerasValue query, KerasValue value, KerasValue key) {
    static Called of(KerasScope scope) {
      List<KerasValue> inputs = scope.inputs();
      if (inputs.size() < 2 || inputs.size() > 3) {
        throw scope.fail(
            "expected a list of query and value, or query, value and key, got %s"
                .formatted(inputs.size()));
      }
      for (KerasValue input : inputs) {
        if (scope.floats(input).shape().rank() != 3) {
          throw scope.fail("expected [batch, positions, numbers], got " + input.tensor());
        }
      }
      return new Called(inputs.get(0), inputs.get(1), inputs.get(inputs.size() - 1));
    }
  }

  static List<KerasValue> attention(KerasScope scope) {
    KerasOptions options = scope.options();
    options.requireSinglePrecision();
    boolean scales = options.flag("use_scale", false);
    String mode = options.string("score_mode", "dot");
    Called called = Called.of(scope);
    double scale = scales ? scope.number("vars/0", 0, "scale") : 1;
    if (mode.equals("dot")) {
      return dot(scope, called, scale);
    }
    if (!mode.equals("concat")) {
      throw options.unsupported("score_mode", "dot or concat", options.element("score_mode"));
    }
    int number = scales ? 1 : 0;
    double weight = scope.number("vars/" + number, number, "concat_score_weight");
    FunctionBuilder function = scope.function();
    Tensor sums = function.affine(sums(scope, called), scale, 0);
    Tensor scores = function.sum(function.activate(Activation.TANH, sums), -1);
    return attend(
        scope,
        called,
        function.affine(scores, weight, 0),
        "attention with score_mode concat",
        null);
  }

  static List<KerasValue> additiveAttention(KerasScope scope) {
    KerasOptions options = scope.options();
    options.requireSinglePrecision();
    boolean scales = options.flag("use_scale", true);
    Called called = Called.of(scope);
    FunctionBuilder function = scope.function();
    Tensor terms = function.activate(Activation.TANH, sums(scope, called));
    if (scales) {
      Shape shape = Shape.of(scope.floats(called.query()).shape().axis(-1));
      terms = function.multiply(terms, function.rows(scope.weight("vars/0", 0, "scale", shape)));
    }
    return attend(scope, called, function.sum(terms, -1), "additive attention", null);
  }

  /** Each query and each key added: {@code [batch, queries, keys, numbers]}. */
  private static Tensor sums(KerasScope scope, Called called) {
    FunctionBuilder function = scope.function();
    return function.add(
        function.unsqueeze(scope.floats(called.query()), 2),
        function.unsqueeze(scope.floats(called.key()), 1));
  }

  private static List<KerasValue> dot(KerasScope scope, Called called, double scale) {
    FunctionBuilder function = scope.function();
    Tensor query = scope.floats(called.query());
    Tensor key = scope.floats(called.key());
    if (scope.writer().explain() || scope.flag(RETURN_SCORES)) {
      Tensor scores = function.matMul(query, function.transpose(key, 1, 2));
      return attend(scope, called, function.affine(scores, scale, 0), "dot products", scale);
    }
    scope.writer().mixesPositions(called.key(), called.value().mask());
    Tensor attended =
        function.attention(query, key, scope.floats(called.value()), unseen(scope, called), scale);
    return results(scope, called, attended, null);
  }

  /** What is added to scores, {@code [batch, 1, keys]} or with queries; or null. */
  private static @Nullable Tensor unseen(KerasScope scope, Called called) {
    FunctionBuilder function = scope.function();
    Tensor mask = called.value().mask();
    Tensor seen = mask == null ? null : function.unsqueeze(mask, 1);
    if (scope.flag(CAUSAL)) {
      Tensor causal =
          CausalMask.of(function, scope.floats(called.query()), scope.floats(called.key()));
      seen = seen == null ? causal : function.multiply(seen, causal);
    }
    return seen == null ? null : function.affine(seen, UNSEEN, -UNSEEN);
  }

  /** Attends by scores: those of dot products have a scale, which others have not. */
  private static List<KerasValue> attend(
      KerasScope scope, Called called, Tensor scores, String kind, @Nullable Double scale) {
    FunctionBuilder function = scope.function();
    scope.writer().mixesPositions(called.key(), called.value().mask());
    Tensor unseen = unseen(scope, called);
    Tensor masked = unseen == null ? scores : function.add(scores, unseen);
    Tensor weights = function.softmax(masked, -1);
    if (called.key().positions() == 1) {
      Tensor shown = function.unsqueeze(weights, 1);
      scope
          .writer()
          .show(
              new ShownAttention(
                  scope.layer().name(),
                  weights,
                  shown,
                  called.value().mask() != null,
                  kind,
                  scale == null
                      ? null
                      : new QueryKeyLayer(
                          scope.floats(called.query()), scope.floats(called.key()), masked, scale),
                  new ValueLayer(shown, scope.floats(called.value()), null)));
    }
    Tensor attended = function.matMul(weights, scope.floats(called.value()));
    return results(scope, called, attended, weights);
  }

  private static List<KerasValue> results(
      KerasScope scope, Called called, Tensor attended, @Nullable Tensor weights) {
    FunctionBuilder function = scope.function();
    Tensor mask = called.query().mask();
    Tensor masked =
        mask == null ? attended : function.multiply(attended, function.unsqueeze(mask, 2));
    List<KerasValue> results = new ArrayList<>();
    results.add(new KerasValue(masked, mask, called.query().positions(), null));
    if (scope.flag(RETURN_SCORES) && weights != null) {
      results.add(KerasValue.of(weights));
    }
    return results;
  }
}
