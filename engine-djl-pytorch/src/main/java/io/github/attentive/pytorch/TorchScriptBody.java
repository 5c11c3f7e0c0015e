package io.github.attentive.pytorch;

import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.FusedActivations;
import io.github.attentive.djl.graph.Operation;
import io.github.attentive.djl.graph.OperationVisitor;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.ParameterViews;
import io.github.attentive.djl.graph.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the statements of one function: a line for each step. */
final class TorchScriptBody implements OperationVisitor<String> {
  /** PyTorch's numbers of the element types. */
  private static final int INT64 = 4;

  private static final int FLOAT32 = 6;

  private final Function function;
  private final TorchScriptNames attributes;
  private final DenseLayers denseLayers;
  private final Map<Tensor, String> names = new HashMap<>();
  private final StringBuilder text = new StringBuilder();
  private String indent = "    ";

  /** Packed dense layers that are written together with the activation after them. */
  private final FusedActivations fused;

  /** What depends on parameters alone, as expressions; empty where nothing is folded. */
  private final Map<Tensor, String> constants = new HashMap<>();

  private final @Nullable FoldedConstants folded;

  /** What of the constants is not kept. */
  private final ParameterViews views = new ParameterViews();

  /** Whether the expression that is written becomes a part of a constant. */
  private boolean inConstant;

  private boolean inRecurrence;

  /**
   * For one function.
   *
   * @param folded takes up what depends on parameters alone, or null if that is computed anew at
   *     each call
   */
  TorchScriptBody(
      Function function,
      TorchScriptNames attributes,
      DenseLayers denseLayers,
      @Nullable FoldedConstants folded) {
    this.function = function;
    this.attributes = attributes;
    this.denseLayers = denseLayers;
    this.folded = folded;
    this.fused =
        FusedActivations.of(
            function, linear -> denseLayers.packs(linear.weight()), DenseLayers::fuses);
  }

  String text() {
    for (Function.Named input : function.inputs()) {
      names.put(input.tensor(), input.name());
    }
    statements(function.steps());
    String outputs =
        function.outputs().stream()
            .map(output -> name(output.tensor()))
            .collect(Collectors.joining(", "));
    return text.append("    return ")
        .append(function.outputs().size() == 1 ? outputs : "(" + outputs + ")")
        .append('\n')
        .toString();
  }

  private void statements(List<Function.Step> steps) {
    for (Function.Step step : steps) {
      if (fused.holds(step.result())) {
        continue;
      }
      boolean constant = isConstant(step.operation());
      inConstant = constant;
      String expression = step.operation().accept(this);
      if (constant) {
        constants.put(step.result(), expression);
        views.add(step.operation(), step.result());
      } else {
        statement(named(step.result()), expression);
      }
    }
    inConstant = false;
  }

  private void statement(String variable, String expression) {
    text.append(indent).append(variable).append(" = ").append(expression).append('\n');
  }

  /** Gives a tensor its variable. */
  private String named(Tensor tensor) {
    String name = "x" + tensor.index();
    names.put(tensor, name);
    return name;
  }

  private boolean isConstant(Operation operation) {
    return folded != null
        && !(operation instanceof Operation.Recurrence)
        && (operation instanceof Operation.Rows
            || (!operation.operands().isEmpty()
                && operation.operands().stream().allMatch(this::isConstant)));
  }

  /** A layer that is fused is written where its activation is. */
  private boolean isConstant(Tensor tensor) {
    Operation.Linear layer = fused.layerOf(tensor);
    return constants.containsKey(tensor) || (layer != null && isConstant(layer.x()));
  }

  private String name(Tensor tensor) {
    String constant = constants.get(tensor);
    if (constant != null && folded != null) {
      boolean isParameter = constant.matches("self\\.\\w+");
      return inConstant || isParameter || views.areLarge(tensor)
          ? constant
          : "self." + folded.attributeOf(constant);
    }
    String name = names.get(tensor);
    if (name == null) {
      throw new IllegalArgumentException(tensor + " is not a value of this function so far");
    }
    return name;
  }

  private String name(@Nullable Parameter parameter) {
    return parameter == null ? "None" : "self." + attributes.of(parameter);
  }

  private static String number(Tensor x, double value) {
    return x.type() == ElementType.INT64 ? Long.toString((long) value) : Double.toString(value);
  }

  @Override
  public String embedding(Operation.Embedding op) {
    return op.table().shape().rank() == 1
        ? "torch.take(%s, %s)".formatted(name(op.table()), name(op.ids()))
        : "torch.embedding(%s, %s)".formatted(name(op.table()), name(op.ids()));
  }

  /** The way back through a dense layer reads its weight as it is. */
  @Override
  public String rows(Operation.Rows op) {
    return denseLayers.unpacked(op.table(), name(op.table()));
  }

  @Override
  public String leadingRows(Operation.LeadingRows op) {
    return "torch.slice(%s, 0, 0, torch.size(%s, %s), 1)"
        .formatted(name(op.table()), name(op.x()), op.axis());
  }

  @Override
  public String fill(Operation.Fill op) {
    return "torch.full_like(%s, %s)".formatted(name(op.x()), op.value());
  }

  @Override
  public String binary(Operation.Binary op) {
    String called =
        switch (op.arithmetic()) {
          case ADD -> "add";
          case MULTIPLY -> "mul";
          case DIVIDE -> "div";
        };
    return "torch.%s(%s, %s)".formatted(called, name(op.left()), name(op.right()));
  }

  @Override
  public String affine(Operation.Affine op) {
    String x = name(op.x());
    if (op.scale() == -1 && op.shift() != 0) {
      return "torch.rsub(%s, %s)".formatted(x, number(op.x(), op.shift()));
    }
    String scaled =
        op.scale() == 1 ? x : "torch.mul(%s, %s)".formatted(x, number(op.x(), op.scale()));
    return op.shift() == 0
        ? scaled
        : "torch.add(%s, %s)".formatted(scaled, number(op.x(), op.shift()));
  }

  @Override
  public String activate(Operation.Activate op) {
    Operation.Linear linear = fused.layerOf(op.x());
    if (linear != null) {
      return denseLayers.linear(
          op.activation(), name(linear.x()), name(linear.weight()), name(linear.bias()));
    }
    String x = name(op.x());
    return switch (op.activation()) {
      case ERF -> "torch.erf(%s)".formatted(x);
      case EXP -> "torch.exp(%s)".formatted(x);
      case GELU -> "torch.gelu(%s)".formatted(x);
      case GELU_TANH -> "torch.gelu(%s, approximate=\"tanh\")".formatted(x);
      case RELU -> "torch.relu(%s)".formatted(x);
      case SIGMOID -> "torch.sigmoid(%s)".formatted(x);
      case SILU -> "torch.silu(%s)".formatted(x);
      // Beyond 20, where both are equal, PyTorch would go over to x itself.
      case SOFTPLUS -> "torch.softplus(%s)".formatted(x);
      case SQRT -> "torch.sqrt(%s)".formatted(x);
      case STEP -> "torch.to(torch.gt(%s, 0), %s)".formatted(x, FLOAT32);
      case TANH -> "torch.tanh(%s)".formatted(x);
    };
  }

  @Override
  public String geluGradient(Operation.GeluGradient op) {
    String approximation = op.activation() == Activation.GELU_TANH ? "tanh" : "none";
    return "torch.gelu_backward(%s, %s, approximate=\"%s\")"
        .formatted(name(op.gradient()), name(op.x()), approximation);
  }

  @Override
  public String notEqual(Operation.NotEqual op) {
    return "torch.to(torch.ne(%s, %s), %s)".formatted(name(op.x()), op.value(), INT64);
  }

  @Override
  public String cumulativeSum(Operation.CumulativeSum op) {
    return "torch.cumsum(%s, %s)".formatted(name(op.x()), op.axis());
  }

  @Override
  public String toFloat(Operation.ToFloat op) {
    return "torch.to(%s, %s)".formatted(name(op.x()), FLOAT32);
  }

  @Override
  public String matMul(Operation.MatMul op) {
    return "torch.matmul(%s, %s)".formatted(name(op.left()), name(op.right()));
  }

  @Override
  public String transpose(Operation.Transpose op) {
    return "torch.transpose(%s, %s, %s)".formatted(name(op.x()), op.first(), op.second());
  }

  @Override
  public String unsqueeze(Operation.Unsqueeze op) {
    return "torch.unsqueeze(%s, %s)".formatted(name(op.x()), op.axis());
  }

  @Override
  public String splitAxis(Operation.SplitAxis op) {
    return "torch.unflatten(%s, %s, [%s, %s])"
        .formatted(name(op.x()), op.axis(), op.outer(), op.inner());
  }

  @Override
  public String mergeAxes(Operation.MergeAxes op) {
    return "torch.flatten(%s, %s, %s)".formatted(name(op.x()), op.axis(), op.axis() + 1);
  }

  @Override
  public String slice(Operation.Slice op) {
    return "torch.slice(%s, %s, %s, %s, 1)"
        .formatted(name(op.x()), op.axis(), op.start(), op.end());
  }

  @Override
  public String select(Operation.Select op) {
    return "torch.select(%s, %s, %s)".formatted(name(op.x()), op.axis(), op.index());
  }

  @Override
  public String reverse(Operation.Reverse op) {
    return "torch.flip(%s, [%s])".formatted(name(op.x()), op.axis());
  }

  /** Padded on one side and cut on the other, which is right however short the axis is. */
  @Override
  public String shift(Operation.Shift op) {
    int axes = op.x().shape().rank() - op.axis();
    String others = "0, 0, ".repeat(axes - 1);
    String x = name(op.x());
    return op.by() > 0
        ? "torch.slice(torch.constant_pad_nd(%s, [%s%s, 0]), %s, 0, %s, 1)"
            .formatted(x, others, op.by(), op.axis(), -op.by())
        : "torch.slice(torch.constant_pad_nd(%s, [%s0, %s]), %s, %s, None, 1)"
            .formatted(x, others, -op.by(), op.axis(), -op.by());
  }

  @Override
  public String concat(Operation.Concat op) {
    return "torch.cat([%s, %s], %s)".formatted(name(op.first()), name(op.second()), op.axis());
  }

  @Override
  public String gather(Operation.Gather op) {
    String x = name(op.x());
    return "torch.gather(%s, 3, torch.expand(%s, [torch.size(%s, 0), torch.size(%s, 1), -1, -1]))"
        .formatted(x, name(op.index()), x, x);
  }

  @Override
  public String scatter(Operation.Scatter op) {
    String x = name(op.x());
    return ("torch.scatter_add(torch.zeros_like(%s), 3, "
            + "torch.expand(%s, [torch.size(%s, 0), torch.size(%s, 1), -1, -1]), %s)")
        .formatted(name(op.like()), name(op.index()), x, x, x);
  }

  @Override
  public String softmax(Operation.Softmax op) {
    return "torch.softmax(%s, %s)".formatted(name(op.x()), op.axis());
  }

  @Override
  public String softmaxGradient(Operation.SoftmaxGradient op) {
    return "torch._softmax_backward_data(%s, %s, %s, %s)"
        .formatted(name(op.gradient()), name(op.result()), op.axis(), FLOAT32);
  }

  @Override
  public String dropout(Operation.Dropout op) {
    return "torch.dropout(%s, %s, True)".formatted(name(op.x()), op.rate());
  }

  @Override
  public String reduce(Operation.Reduce op) {
    String called =
        switch (op.reduction()) {
          case MAX -> "amax";
          case MEAN -> "mean";
          case SUM -> "sum";
        };
    return "torch.%s(%s, [%s])".formatted(called, name(op.x()), op.axis());
  }

  @Override
  public String linear(Operation.Linear op) {
    // The weights of a recurrence are small and read at every step: packing would not pay.
    DenseLayers layers = inRecurrence ? DenseLayers.PLAIN : denseLayers;
    return layers.linear(op.weight(), name(op.x()), name(op.weight()), name(op.bias()));
  }

  @Override
  public String layerNorm(Operation.LayerNorm op) {
    return "torch.layer_norm(%s, [%s], %s, %s, %s)"
        .formatted(
            name(op.x()),
            op.weight().shape().axis(0),
            name(op.weight()),
            name(op.bias()),
            op.epsilon());
  }

  /** PyTorch finds out that mean and deviation come from one operation. */
  @Override
  public String layerNormGradient(Operation.LayerNormGradient op) {
    String x = name(op.x());
    String weight = name(op.weight());
    String size = op.weight().shape().axis(0).toString();
    String normed =
        "torch.native_layer_norm(%s, [%s], %s, None, %s)".formatted(x, size, weight, op.epsilon());
    return "(torch.native_layer_norm_backward(%s, %s, [%s], (%s)[1], (%s)[2], %s, None, [True, False, False]))[0]"
        .formatted(name(op.gradient()), x, size, normed, normed, weight);
  }

  @Override
  public String convolution(Operation.Convolution op) {
    long width = op.weight().shape().axis(2).size();
    return "torch.transpose(torch.conv1d(torch.transpose(%s, 1, 2), %s, %s, [1], [%s]), 1, 2)"
        .formatted(name(op.x()), name(op.weight()), name(op.bias()), width / 2);
  }

  @Override
  public String attention(Operation.Attention op) {
    return "torch.scaled_dot_product_attention(%s, %s, %s, %s, 0., False, scale=%s)"
        .formatted(
            name(op.query()),
            name(op.key()),
            name(op.value()),
            op.bias() == null ? "None" : name(op.bias()),
            op.scale());
  }

  @Override
  public String recurrence(Operation.Recurrence op) {
    String first = name(op.sequences().get(0));
    String state = named(op.state());
    String states = state + "_states";
    String position = state + "_position";
    // Taken apart at once: of slices taken one by one, each gradient would be as large as the
    // whole.
    for (int i = 0; i < op.slices().size(); i++) {
      statement(
          named(op.slices().get(i)) + "_all",
          "torch.unbind(%s, 1)".formatted(name(op.sequences().get(i))));
    }
    statement(
        state,
        "torch.new_zeros(%s, [torch.size(%s, 0), %s])"
            .formatted(first, first, op.state().shape().axis(1)));
    statement(states, "annotate(List[Tensor], [])");
    text.append(indent).append("for %s in range(torch.size(%s, 1)):\n".formatted(position, first));
    indent += "  ";
    inRecurrence = true;
    String index = op.backward() ? "torch.sub(-1, %s)".formatted(position) : position;
    for (Tensor slice : op.slices()) {
      String name = name(slice);
      statement(name, "%s_all[%s]".formatted(name, index));
    }
    statements(op.steps());
    statement(state, name(op.next()));
    statement(state + "_appended", "torch.append(%s, %s)".formatted(states, state));
    inRecurrence = false;
    indent = indent.substring(2);
    String all = "torch.stack(%s, 1)".formatted(states);
    return op.backward() ? "torch.flip(%s, [1])".formatted(all) : all;
  }

  @Override
  public String binaryCrossEntropy(Operation.BinaryCrossEntropy op) {
    return "torch.binary_cross_entropy_with_logits(%s, %s)"
        .formatted(name(op.logits()), name(op.targets()));
  }

  @Override
  public String crossEntropy(Operation.CrossEntropy op) {
    return "torch.cross_entropy_loss(%s, %s, None, 0)"
        .formatted(name(op.logits()), name(op.targets()));
  }
}
