package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Tensor;
import java.util.function.UnaryOperator;

/**
 * A step of a gated recurrent unit (Cho et al. 2014) whose reset comes after the product with the
 * state, as PyTorch and, by default, Keras have it. In which order the gates stand is theirs.
 */
public final class GruStep {
  private GruStep() {}

  /**
   * The state after a step: {@code z h + (1 - z) f(x + r u)}.
   *
   * @param function that is written
   * @param reset {@code r}, what of the state goes into the candidate, {@code [batch, units]}
   * @param update {@code z}, what of the state stays, {@code [batch, units]}
   * @param position {@code x}, what the position adds to the candidate, {@code [batch, units]}
   * @param recurrent {@code u}, what the state adds to it, {@code [batch, units]}
   * @param state {@code h}, {@code [batch, units]}
   * @param activation {@code f}
   * @return {@code [batch, units]}
   */
  public static Tensor next(
      FunctionBuilder function,
      Tensor reset,
      Tensor update,
      Tensor position,
      Tensor recurrent,
      Tensor state,
      UnaryOperator<Tensor> activation) {
    Tensor rest = function.multiply(reset, recurrent);
    return mixed(function, update, state, activation.apply(function.add(position, rest)));
  }

  /**
   * What the last line of every such unit is: {@code z h + (1 - z) c}.
   *
   * @param function that is written
   * @param update {@code z}, {@code [batch, units]}
   * @param state {@code h}, {@code [batch, units]}
   * @param candidate {@code c}, {@code [batch, units]}
   * @return {@code [batch, units]}
   */
  public static Tensor mixed(
      FunctionBuilder function, Tensor update, Tensor state, Tensor candidate) {
    return function.add(
        function.multiply(update, state),
        function.multiply(function.affine(update, -1, 1), candidate));
  }
}
