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
  private final Map<String, Parameter> used = new HashMap<>();
  private final Map<String, List<String>> names = new HashMap<>();

  EncoderParameters(GraphBuilder graph, Weights weights) {
    this.graph = graph;
    this.weights = weights;
  }

  Parameter weight(String name, Shape shape) {
    return shared(
        name,
        () -> {
          names.put(name, List.of(name));
          return weights.get(name, shape);
        });
  }

  /** Weights of one shape, one after the other along the first axis. */
  Parameter stacked(String name, List<String> parts, String suffix, long... shape) {
    return shared(
        name,
        () -> {
          names.put(name, parts.stream().map(part -> part + suffix).toList());
          List<Parameter> weights =
              parts.stream()
                  .map(part -> this.weights.get(part + suffix, Shape.ofSizes(shape)))
                  .toList();
          return Parameter.stacked(name, weights);
        });
  }

  /** The names in the checkpoint of the weights that a parameter is made of, by its own name. */
  Map<String, List<String>> names() {
    return names;
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
