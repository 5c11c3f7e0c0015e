package io.github.attentive.pytorch;

import io.github.attentive.djl.training.AdamW;

/** A TorchScript module without weights that moves those of another: a call for many of them. */
final class AdamWScript {
  /** Cuts gradients to a length, in place, and returns their norm before. */
  static final String CUT = "cut";

  /** Moves weights, and makes their gradients zero. */
  static final String UPDATE = "update";

  private static final String SELF = "(self: __torch__." + TorchScriptCode.CLASS_NAME;

  private AdamWScript() {}

  static String code() {
    return """
        class %s(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          def %s%s,
            gradients: List[Tensor],
            longest: float) -> Tensor:
            norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gradients, 2)))
            if torch.gt(longest, 0.):
              share = torch.mul(torch.reciprocal(torch.add(norm, 1e-06)), longest)
              torch._foreach_mul_(gradients, torch.clamp(share, None, 1.))
            else:
              pass
            return norm
          def %s%s,
            weights: List[Tensor],
            gradients: List[Tensor],
            means: List[Tensor],
            squares: List[Tensor],
            updates: List[Tensor],
            rate: float,
            decay: float) -> NoneType:
            torch._fused_adamw_(weights, gradients, means, squares, annotate(List[Tensor], []), \
        updates, lr=rate, beta1=%s, beta2=%s, weight_decay=decay, eps=%s, amsgrad=False, \
        maximize=False)
            torch._foreach_zero_(gradients)
            return None
        """
        .formatted(
            TorchScriptCode.CLASS_NAME,
            CUT,
            SELF,
            UPDATE,
            SELF,
            AdamW.BETA_1,
            AdamW.BETA_2,
            AdamW.EPSILON);
  }
}
