package io.github.attentive.pytorch;

import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
  private final StringBuilder code = new StringBuilder();

  /**
   * The code of a module without weights.
   *
   * @param text of its class
   * @param attributes of the class, all tensors
   */
  record Bindable(String text, List<String> attributes) {}

  private TorchScriptCode(Graph graph, TorchScriptNames names) {
    this.graph = graph;
    this.names = names;
  }

  /** The code of a module that has its weights with it. */
  static String complete(Graph graph, TorchScriptNames names) {
    TorchScriptCode writer = new TorchScriptCode(graph, names);
    List<Parameter> weights = graph.parameters().stream().filter(Parameter::trainable).toList();
    List<Parameter> tables =
        graph.parameters().stream().filter(parameter -> !parameter.trainable()).toList();
    writer.header(writer.attributes(weights), writer.attributes(tables));
    writer.code.append(writer.functions(DenseLayers.PLAIN, null));
    return writer.code.toString();
  }

  /** The code of a module that {@link #BIND} gives its weights, in the graph's order. */
  static Bindable bindable(Graph graph, TorchScriptNames names, DenseLayers denseLayers) {
    TorchScriptCode writer = new TorchScriptCode(graph, names);
    FoldedConstants folded = new FoldedConstants();
    String functions = writer.functions(denseLayers, folded);
    List<String> attributes = new ArrayList<>(writer.attributes(graph.parameters()));
    attributes.addAll(folded.attributes());
    writer.header(List.of(), attributes);
    writer.bind(folded);
    denseLayers
        .packing()
        .ifPresent(
            packing ->
                writer
                    .code
                    .append("  def " + PACK + SELF + ",\n    weight: Tensor) -> Tensor:\n")
                    .append("    return " + packing + "\n"));
    writer.code.append(functions);
    return new Bindable(writer.code.toString(), attributes);
  }

  private List<String> attributes(List<Parameter> parameters) {
    return parameters.stream().map(names::of).toList();
  }

  private void header(List<String> parameters, List<String> buffers) {
    code.append("class ").append(CLASS_NAME).append("(Module):\n");
    code.append("  __parameters__ = [").append(quoted(parameters)).append("]\n");
    code.append("  __buffers__ = [").append(quoted(buffers)).append("]\n");
    Stream.concat(parameters.stream(), buffers.stream())
        .forEach(attribute -> code.append("  " + attribute + " : Tensor\n"));
    code.append("  training : bool\n");
  }

  private static String quoted(List<String> attributes) {
    return attributes.stream()
        .map(attribute -> "\"" + attribute + "\", ")
        .collect(Collectors.joining());
  }

  private void bind(FoldedConstants folded) {
    code.append("  def " + BIND + SELF + ",\n    weights: List[Tensor]) -> NoneType:\n");
    for (int i = 0; i < graph.parameters().size(); i++) {
      code.append("    self." + names.of(graph.parameters().get(i)) + " = weights[" + i + "]\n");
    }
    code.append(folded.statements()).append("    return None\n");
  }

  private String functions(DenseLayers denseLayers, @Nullable FoldedConstants folded) {
    StringBuilder text = new StringBuilder();
    for (Function function : graph.functions()) {
      text.append("  def ").append(function.name()).append(SELF);
      for (Function.Named input : function.inputs()) {
        text.append(",\n    ").append(input.name()).append(": Tensor");
      }
      text.append(") -> ").append(returnType(function)).append(":\n");
      text.append(new TorchScriptBody(function, names, denseLayers, folded).text());
    }
    return text.toString();
  }

  private static String returnType(Function function) {
    return function.outputs().size() == 1
        ? "Tensor"
        : function.outputs().stream()
            .map(output -> "Tensor")
            .collect(Collectors.joining(", ", "Tuple[", "]"));
  }
}
