package io.github.attentive.pytorch;

import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Operation;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the functions of a graph as TorchScript source: a class with a method for each. */
final class TorchScriptCode implements Operation.Visitor<String> {
  static final String CLASS_NAME = "AttentiveModel";

  private final StringBuilder code = new StringBuilder();
  private final Map<Tensor, String> names = new HashMap<>();

  private TorchScriptCode() {}

  static String of(Graph graph) {
    TorchScriptCode writer = new TorchScriptCode();
    writer.graph(graph);
    return writer.code.toString();
  }

  /** The attribute of a parameter: its name as an identifier, since names have dots. */
  static String attribute(Parameter parameter) {
    return parameter.name().replaceAll("[^A-Za-z0-9_]", "_");
  }

  private void graph(Graph graph) {
    String attributes =
        graph.parameters().stream()
            .map(parameter -> "\"" + attribute(parameter) + "\", ")
            .collect(Collectors.joining());
    code.append("class ").append(CLASS_NAME).append("(Module):\n");
    code.append("  __parameters__ = [").append(attributes).append("]\n");
    code.append("  __buffers__ = []\n");
    graph
        .parameters()
        .forEach(parameter -> code.append("  " + attribute(parameter) + " : Tensor\n"));
    code.append("  training : bool\n");
    graph.functions().forEach(this::function);
  }

  private void function(Function function) {
    names.clear();
    code.append("  def ").append(function.name()).append("(self: __torch__.").append(CLASS_NAME);
    for (Function.Named input : function.inputs()) {
      names.put(input.tensor(), input.name());
      code.append(",\n    ").append(input.name()).append(": Tensor");
    }
    code.append(") -> ").append(returnType(function)).append(":\n");
    for (Function.Step step : function.steps()) {
      String expression = step.operation().accept(this);
      String name = "x" + step.result().index();
      names.put(step.result(), name);
      code.append("    ").append(name).append(" = ").append(expression).append('\n');
    }
    String outputs =
        function.outputs().stream()
            .map(output -> name(output.tensor()))
            .collect(Collectors.joining(", "));
    code.append("    return ")
        .append(function.outputs().size() == 1 ? outputs : "(" + outputs + ")")
        .append('\n');
  }

  private static String returnType(Function function) {
    return function.outputs().size() == 1
        ? "Tensor"
        : function.outputs().stream()
            .map(output -> "Tensor")
            .collect(Collectors.joining(", ", "Tuple[", "]"));
  }

  private String name(Tensor tensor) {
    String name = names.get(tensor);
    if (name == null) {
      throw new IllegalArgumentException(tensor + " is not a value of this function so far");
    }
    return name;
  }

  private static String name(Parameter parameter) {
    return "self." + attribute(parameter);
  }

  @Override
  public String embedding(Operation.Embedding op) {
    return "torch.embedding(%s, %s)".formatted(name(op.table()), name(op.ids()));
  }

  @Override
  public String add(Operation.Add op) {
    return "torch.add(%s, %s)".formatted(name(op.left()), name(op.right()));
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
  public String softmax(Operation.Softmax op) {
    return "torch.softmax(%s, %s)".formatted(name(op.x()), op.axis());
  }

  @Override
  public String mean(Operation.Mean op) {
    return "torch.mean(%s, [%s])".formatted(name(op.x()), op.axis());
  }

  @Override
  public String linear(Operation.Linear op) {
    return "torch.linear(%s, %s, %s)".formatted(name(op.x()), name(op.weight()), name(op.bias()));
  }

  @Override
  public String attention(Operation.Attention op) {
    return "torch.scaled_dot_product_attention(%s, %s, %s, None, 0., False, scale=%s)"
        .formatted(name(op.query()), name(op.key()), name(op.value()), op.scale());
  }

  @Override
  public String binaryCrossEntropy(Operation.BinaryCrossEntropy op) {
    return "torch.binary_cross_entropy_with_logits(%s, %s)"
        .formatted(name(op.logits()), name(op.targets()));
  }

  @Override
  public String crossEntropy(Operation.CrossEntropy op) {
    return "torch.cross_entropy_loss(%s, %s)".formatted(name(op.logits()), name(op.targets()));
  }
}
