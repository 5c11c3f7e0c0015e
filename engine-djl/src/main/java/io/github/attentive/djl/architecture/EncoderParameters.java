package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The parameters of a graph that is written, shared by its functions and added on first use. */
final class EncoderParameters {
  private final GraphBuilder graph;
  private final Weights weights;
  private final boolean mayStack;
  private final Map<String, Parameter> used = new HashMap<>();

  EncoderParameters(GraphBuilder graph, Weights weights, boolean mayStack) {
    this.graph = graph;
    this.mayStack = mayStack;
    this.weights = weights;
  }

  Parameter weight(String name, Shape shape) {
    return shared(name, () -> weights.get(name, shape));
  }

  /** Weights of one shape, one after the other along the first axis. */
  Parameter stacked(String name, List<String> parts, String suffix, long... shape) {
    return shared(
        name,
        () -> {
          List<Parameter> weights =
              parts.stream()
                  .map(part -> this.weights.get(part + suffix, Shape.ofSizes(shape)))
                  .toList();
          return Parameter.stacked(name, weights);
        });
  }

  /**
   * Whether weights may be joined to one parameter. Not where they are trained: a weight that is
   * also used alone would become two.
   */
  boolean mayStack() {
    return mayStack;
  }

  Parameter shared(String name, Supplier<Parameter> maker) {
    Parameter known = used.get(name);
    if (known == null) {
      known = graph.parameter(maker.get());
      used.put(name, known);
    }
    return known;
  }
}
