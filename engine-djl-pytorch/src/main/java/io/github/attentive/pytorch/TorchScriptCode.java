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

  /** The method that gives all attributes, for {@link #BIND} of a module that borrows them. */
  static final String LEND = "lend";

  private static final String SELF = "(self: __torch__." + CLASS_NAME;

  private final Graph graph;
  private final TorchScriptNames names;
  private final StringBuilder code = new StringBuilder();

  /**
   * The code of a module without weights.
   *
   * @param text of its class
   * @param attributes of the class, all tensors
   * @param folded which of them are computed from others
   */
  record Bindable(String text, List<String> attributes, FoldedConstants folded) {}

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
    writer.append(graph.functions(), DenseLayers.PLAIN, null);
    return writer.code.toString();
  }

  /** The code of a module that {@link #BIND} gives its weights, in the graph's order. */
  static Bindable bindable(Graph graph, TorchScriptNames names, DenseLayers denseLayers) {
    TorchScriptCode writer = new TorchScriptCode(graph, names);
    FoldedConstants folded = new FoldedConstants();
    List<String> weights = writer.attributes(graph.parameters());
    List<String> attributes = writer.bindable(weights, graph.functions(), denseLayers, folded);
    denseLayers.packing().ifPresent(writer::pack);
    if (!graph.seldomCalled().isEmpty()) {
      writer.lend(attributes);
    }
    return new Bindable(writer.code.toString(), attributes, folded);
  }

  /**
   * The code of a module for one function that is seldom called: {@link #BIND} gives it what {@link
   * #LEND} of another gives.
   *
   * @param outline of the graph
   * @param function its name
   * @param lender the other module's code
   * @param denseLayers how both are written
   */
  static Bindable borrowing(
      Graph outline, String function, Bindable lender, DenseLayers denseLayers) {
    TorchScriptCode writer = new TorchScriptCode(outline, new TorchScriptNames(outline));
    FoldedConstants folded = lender.folded().lent();
    List<String> attributes =
        writer.bindable(
            lender.attributes(), List.of(outline.function(function)), denseLayers, folded);
    return new Bindable(writer.code.toString(), attributes, folded);
  }

  /** A class that is given some of its attributes and computes the others from them. */
  private List<String> bindable(
      List<String> given,
      List<Function> functions,
      DenseLayers denseLayers,
      FoldedConstants folded) {
    TorchScriptCode methods = new TorchScriptCode(graph, names);
    methods.append(functions, denseLayers, folded);
    List<String> attributes = new ArrayList<>(given);
    attributes.addAll(folded.attributes());
    header(List.of(), attributes);
    bind(given, folded);
    code.append(methods.code);
    return attributes;
  }

  private void pack(String packing) {
    code.append("  def " + PACK + SELF + ",\n    weight: Tensor) -> Tensor:\n");
    code.append("    return " + packing + "\n");
  }

  private void lend(List<String> attributes) {
    code.append("  def " + LEND + SELF + ") -> List[Tensor]:\n    return [");
    attributes.forEach(attribute -> code.append("self." + attribute + ", "));
    code.append("]\n");
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

  private void bind(List<String> given, FoldedConstants folded) {
    code.append("  def " + BIND + SELF + ",\n    weights: List[Tensor]) -> NoneType:\n");
    for (int i = 0; i < given.size(); i++) {
      code.append("    self." + given.get(i) + " = weights[" + i + "]\n");
    }
    code.append(folded.statements()).append("    return None\n");
  }

  private void append(
      List<Function> functions, DenseLayers denseLayers, @Nullable FoldedConstants folded) {
    for (Function function : functions) {
      code.append("  def ").append(function.name()).append(SELF);
      for (Function.Named input : function.inputs()) {
        code.append(",\n    ").append(input.name()).append(": Tensor");
      }
      code.append(") -> ").append(returnType(function)).append(":\n");
      code.append(new TorchScriptBody(function, names, denseLayers, folded).text());
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
