package io.github.attentive.internal;

import io.github.attentive.Method;
import io.github.attentive.ModelInfo;
import io.github.attentive.UnsupportedByModelException;

/** Says that a model lacks what a method needs. */
final class MethodRefusal {
  private MethodRefusal() {}

  static UnsupportedByModelException noAttention(Method method, ModelInfo info) {
    return of(
        method,
        info,
        "attention, and it has no attention layer, or was exported without its attentions",
        "integrated-gradients, input-gradient, occlusion, lime or shap");
  }

  static UnsupportedByModelException noGradients(Method method, ModelInfo info) {
    return of(
        method,
        info,
        "gradients, and it gives none, since nothing is known of its arithmetic",
        "occlusion, lime or shap, or one by attention");
  }

  static UnsupportedByModelException notLinear(Method method, ModelInfo info) {
    return of(
        method,
        info,
        "logits that are linear in its attention, and more than dense layers reads what it weighs",
        "relevance, grad-attention or integrated-gradients");
  }

  static UnsupportedByModelException noNorms(Method method, ModelInfo info) {
    return of(
        method,
        info,
        "norms of what its attention moves, and it does not give them",
        "attention, occlusion, lime or shap");
  }

  static UnsupportedByModelException noSelfAttention(Method method, ModelInfo info) {
    return of(
        method,
        info,
        "self-attention, from layer to layer, and its attention has one query, which is no token",
        "attention, grad-attention, occlusion, lime or shap");
  }

  private static UnsupportedByModelException of(
      Method method, ModelInfo info, String lacking, String instead) {
    return new UnsupportedByModelException(
        "method '%s': model '%s' of engine '%s' would need %s; use %s"
            .formatted(method.id(), info.family(), info.engine(), lacking, instead));
  }
}
