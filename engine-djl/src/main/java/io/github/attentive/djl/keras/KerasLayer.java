package io.github.attentive.djl.keras;

import io.github.attentive.djl.checkpoint.JsonFile;
import java.util.List;

/**
 * A layer of a model as its configuration has it, or an operation that Keras put among the layers.
 *
 * @param name its own
 * @param className its kind
 * @param operation whether it is an operation and no layer
 * @param options its configuration
 * @param calls each time it is called
 * @param place as a message names it: name, kind and position in the model
 * @param weights where a saved file holds its weights, as a path of names
 */
record KerasLayer(
    String name,
    String className,
    boolean operation,
    JsonFile options,
    List<KerasCall> calls,
    String place,
    String weights) {

  /** What the places of weights begin with, in each model anew. */
  static final String GROUP = "layers/";

  boolean is(String kind) {
    return !operation && className.equals(kind);
  }

  /** Whether it belongs to a model that is itself a layer. */
  boolean withinModel() {
    return weights.indexOf(GROUP) != weights.lastIndexOf(GROUP);
  }
}
