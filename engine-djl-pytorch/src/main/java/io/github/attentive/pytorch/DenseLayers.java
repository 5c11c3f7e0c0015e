package io.github.attentive.pytorch;

import io.github.attentive.Device;
import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.Parameter;
import java.util.Optional;

/**
 * How dense layers are written. Over nine tenths of an encoder's time goes into them, and at short
 * lengths into reading their weights.
 */
enum DenseLayers {
  /** As PyTorch's own {@code linear}: the weights stay as the checkpoint has them. */
  PLAIN,

  /**
   * With oneDNN, over weights that are once brought into the order its kernels read: on x86
   * processors half the time at 16 tokens and three quarters at 128.
   */
  PACKED;

  /** Elements of a weight from which packing pays for the longer way to the kernel. */
  private static final long WORTH_PACKING = 1 << 16;

  /** oneDNN's kernels for x86 processors are in every build of PyTorch for them. */
  static DenseLayers fastestOn(Device device) {
    String machine = System.getProperty("os.arch", "");
    boolean x86 = machine.equals("amd64") || machine.equals("x86_64");
    return x86 && device.kind() == Device.Kind.CPU ? PACKED : PLAIN;
  }

  /** The expression that packs {@code weight}. */
  Optional<String> packing() {
    return this == PACKED
        ? Optional.of("ops.mkldnn._reorder_linear_weight(weight, None)")
        : Optional.empty();
  }

  /** Whether the weight of a dense layer is packed. */
  boolean packs(Parameter weight) {
    return this == PACKED && weight.shape().elements() >= WORTH_PACKING;
  }

  /** The expression of a dense layer, its operands being expressions themselves. */
  String linear(Parameter parameter, String x, String weight, String bias) {
    return packs(parameter)
        ? packed(x, weight, bias, "none", "")
        : "torch.linear(%s, %s, %s)".formatted(x, weight, bias);
  }

  /** The expression of a weight as the checkpoint has it, whether it is packed or not. */
  String unpacked(Parameter parameter, String weight) {
    return packs(parameter) ? "torch.to_dense(%s)".formatted(weight) : weight;
  }

  /** Whether an activation can be computed with the packed dense layer before it. */
  static boolean fuses(Activation activation) {
    return switch (activation) {
      case GELU, GELU_TANH, RELU, SIGMOID, SILU, TANH -> true;
      case ERF, EXP, SOFTPLUS, SQRT, STEP -> false;
    };
  }

  /** The expression of a packed dense layer and the activation after it, which it fuses. */
  String linear(Activation activation, String x, String weight, String bias) {
    return switch (activation) {
      case GELU -> packed(x, weight, bias, "gelu", "none");
      case GELU_TANH -> packed(x, weight, bias, "gelu", "tanh");
      case RELU -> packed(x, weight, bias, "relu", "");
      case TANH -> packed(x, weight, bias, "tanh", "");
      case SIGMOID -> packed(x, weight, bias, "sigmoid", "");
      case SILU -> packed(x, weight, bias, "swish", "");
      case ERF, EXP, SOFTPLUS, SQRT, STEP ->
          throw new IllegalArgumentException(activation + " is not computed with a dense layer");
    };
  }

  private static String packed(
      String x, String weight, String bias, String activation, String algorithm) {
    return "ops.mkldnn._linear_pointwise(%s, %s, %s, \"%s\", annotate(List[Optional[number]], []), \"%s\")"
        .formatted(x, weight, bias, activation, algorithm);
  }
}
