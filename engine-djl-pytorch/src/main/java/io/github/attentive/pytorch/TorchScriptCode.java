package io.github.attentive.pytorch;

import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a graph as TorchScript source: a class with an attribute for each parameter. */
final class TorchScriptCode {
  static final String CLASS_NAME = "AttentiveModel";

  /** The method that gives a module without weights its weights. */
  static final String BIND = "bind";

  /** The method that brings the weight of a dense layer into the order that the machine likes. */
  static final String PACK = "pack";

  private static final String SELF = "(self: __torch__." + CLASS_NAME;

  private final Graph graph;
  private final TorchScriptNames names;
  private final DenseLayers denseLayers;
  private final StringBuilder code = new StringBuilder();

  private TorchScriptCode(Graph graph, TorchScriptNames names, DenseLayers denseLayers) {
    this.graph = graph;
    this.names = names;
    this.denseLayers = denseLayers;
  }

  /** The code of a module that has its weights with it. */
  static String complete(Graph graph, TorchScriptNames names) {
    TorchScriptCode writer = new TorchScriptCode(graph, names, DenseLayers.PLAIN);
    writer.header(
        graph.parameters().stream().filter(Parameter::trainable).toList(),
        graph.parameters().stream().filter(parameter -> !parameter.trainable()).toList());
    writer.functions();
    return writer.code.toString();
  }

  /** The code of a module that {@link #BIND} gives its weights, in the graph's order. */
  static String bindable(Graph graph, TorchScriptNames names, DenseLayers denseLayers) {
    TorchScriptCode writer = new TorchScriptCode(graph, names, denseLayers);
    writer.header(List.of(), graph.parameters());
    writer.bind();
    denseLayers
        .packing()
        .ifPresent(
            packing ->
                writer
                    .code
                    .append("  def " + PACK + SELF + ",\n    weight: Tensor) -> Tensor:\n")
                    .append("    return " + packing + "\n"));
    writer.functions();
    return writer.code.toString();
  }

  private void header(List<Parameter> parameters, List<Parameter> buffers) {
    code.append("class ").append(CLASS_NAME).append("(Module):\n");
    code.append("  __parameters__ = [").append(quoted(parameters)).append("]\n");
    code.append("  __buffers__ = [").append(quoted(buffers)).append("]\n");
    graph
        .parameters()
        .forEach(parameter -> code.append("  " + names.of(parameter) + " : Tensor\n"));
    code.append("  training : bool\n");
  }

  private String quoted(List<Parameter> parameters) {
    return parameters.stream()
        .map(parameter -> "\"" + names.of(parameter) + "\", ")
        .collect(Collectors.joining());
  }

  private void bind() {
    code.append("  def " + BIND + SELF + ",\n    weights: List[Tensor]) -> NoneType:\n");
    for (int i = 0; i < graph.parameters().size(); i++) {
      code.append("    self." + names.of(graph.parameters().get(i)) + " = weights[" + i + "]\n");
    }
    code.append("    return None\n");
  }

  private void functions() {
    for (Function function : graph.functions()) {
      code.append("  def ").append(function.name()).append(SELF);
      for (Function.Named input : function.inputs()) {
        code.append(",\n    ").append(input.name()).append(": Tensor");
      }
      code.append(") -> ").append(returnType(function)).append(":\n");
      code.append(new TorchScriptBody(function, names, denseLayers).text());
    }
  }

  private static String returnType(Function function) {
    return function.outputs().size() == 1
        ? "Tensor"
        : function.outputs().stream()
            .map(output -> "Tensor")
            .collect(Collectors.joining(", ", "Tuple[", "]"));
  }
}
