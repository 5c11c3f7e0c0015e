package io.github.attentive.djl.training;

import io.github.attentive.djl.graph.Parameter;
import java.util.Locale;
import java.util.function.Supplier;

/** How what an optimiser needs to go on is named in a checkpoint, a tensor for each weight. */
enum OptimizerState {
  WEIGHT,
  MEAN,
  SQUARE,
  /** The weights of the best epoch so far. */
  BEST;

  /** The name of a weight's tensor. */
  String of(Parameter weight) {
    return name().toLowerCase(Locale.ROOT) + "/" + weight.name();
  }

  /** A weight's tensor, whose values are asked for when it is written. */
  Parameter tensor(Parameter weight, Supplier<float[]> values) {
    String name = of(weight);
    return Parameter.lazy(
        name, weight.shape(), () -> Parameter.of(name, weight.shape(), values.get()).bytes());
  }
}
