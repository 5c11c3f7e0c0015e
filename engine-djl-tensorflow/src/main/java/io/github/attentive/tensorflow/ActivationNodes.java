package io.github.attentive.tensorflow;

import static io.github.attentive.tensorflow.GraphNodes.Attribute.type;

import io.github.attentive.djl.graph.Activation;
import java.util.List;
import org.tensorflow.proto.DataType;

/**
 * Writes activation functions of floats as nodes.
 *
 * @param nodes where to
 * @param label of the nodes
 */
record ActivationNodes(GraphNodes nodes, String label) {
  /** The factor of {@code x^3} in GELU by the hyperbolic tangent. */
  private static final double CUBIC = 0.044715;

  /** The node of a function of each element. */
  String of(Activation activation, String x) {
    return switch (activation) {
      case ERF -> add("Erf", x);
      case EXP -> add("Exp", x);
      case GELU -> half(x, add("Erf", add("Mul", x, constant(Math.sqrt(0.5)))));
      case GELU_TANH -> {
        String cube = add("Mul", add("Square", x), x);
        String inner = add("AddV2", x, add("Mul", cube, constant(CUBIC)));
        yield half(x, add("Tanh", add("Mul", inner, constant(Math.sqrt(2 / Math.PI)))));
      }
      case RELU -> add("Relu", x);
      case SIGMOID -> add("Sigmoid", x);
      case SILU -> add("Mul", x, add("Sigmoid", x));
      case SOFTPLUS -> add("Softplus", x);
      case SQRT -> add("Sqrt", x);
      case STEP ->
          nodes.add(
              label,
              "Cast",
              List.of(add("Greater", x, constant(0))),
              type("SrcT", DataType.DT_BOOL),
              type("DstT", DataType.DT_FLOAT));
      case TANH -> add("Tanh", x);
    };
  }

  /** {@code x/2 (1 + y)}. */
  private String half(String x, String y) {
    return add("Mul", add("Mul", x, constant(0.5)), add("AddV2", y, constant(1)));
  }

  /** {@code Phi(x) + x phi(x)}, of the normal distribution and its density. */
  String geluSlope(String x) {
    String erf = add("Erf", add("Mul", x, constant(Math.sqrt(0.5))));
    String bell = add("Exp", add("Mul", add("Square", x), constant(-0.5)));
    String density = add("Mul", bell, constant(1 / Math.sqrt(2 * Math.PI)));
    return add("AddV2", affine(erf, 0.5, 0.5), add("Mul", x, density));
  }

  /** {@code (1 + t)/2 + x/2 (1 - t^2) u'} for {@code t = tanh(u)}, {@code u = c (x + a x^3)}. */
  String geluTanhSlope(String x) {
    double factor = Math.sqrt(2 / Math.PI);
    String square = add("Square", x);
    String t = add("Tanh", add("Mul", x, affine(square, CUBIC * factor, factor)));
    String ofU = affine(square, 3 * CUBIC * factor, factor);
    String rest = add("Sub", constant(1), add("Square", t));
    String product = add("Mul", add("Mul", add("Mul", x, constant(0.5)), rest), ofU);
    return add("AddV2", affine(t, 0.5, 0.5), product);
  }

  private String affine(String x, double scale, double shift) {
    return add("AddV2", add("Mul", x, constant(scale)), constant(shift));
  }

  private String add(String operation, String... inputs) {
    return nodes.add(label, operation, List.of(inputs), type("T", DataType.DT_FLOAT));
  }

  private String constant(double value) {
    return nodes.scalar(DataType.DT_FLOAT, value);
  }
}
