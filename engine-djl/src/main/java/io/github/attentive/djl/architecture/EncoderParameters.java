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

  /**
   * What a function that is written later asks for by the same names.
   *
   * @param names what {@link #names} of the first functions gave
   * @param parameters those of the graph, by their own names
   */
  static EncoderParameters known(Map<String, String> names, Map<String, Parameter> parameters) {
    EncoderParameters known =
        new EncoderParameters(
            new GraphBuilder(),
            (name, shape) -> {
              throw new IllegalArgumentException(
                  "weight '%s' %s: expected one that the graph has".formatted(name, shape));
            },
            true);
    names.forEach((asked, name) -> known.used.put(asked, parameters.get(name)));
    return known;
  }

  /** The names of the parameters so far, by what they are asked for. */
  Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    used.forEach((asked, parameter) -> names.put(asked, parameter.name()));
    return names;
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
