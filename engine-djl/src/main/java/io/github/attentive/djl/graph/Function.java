package io.github.attentive.djl.graph;

import java.util.List;

/**
 * One way through a model: named inputs, steps in order, named outputs.
 *
 * @param name by which it is called
 * @param inputs in call order
 * @param steps each uses inputs and results of earlier steps only
 * @param outputs in order
 */
public record Function(String name, List<Named> inputs, List<Step> steps, List<Named> outputs) {

  /**
   * Creates a function.
   *
   * @param name as above
   * @param inputs as above
   * @param steps as above
   * @param outputs as above
   */
  public Function {
    inputs = List.copyOf(inputs);
    steps = List.copyOf(steps);
    outputs = List.copyOf(outputs);
  }

  /**
   * The same function under another name.
   *
   * @param other by which it is to be called
   * @return a function of the same inputs, steps and outputs
   */
  public Function renamed(String other) {
    return new Function(other, inputs, steps, outputs);
  }

  /**
   * An input or output.
   *
   * @param name unique among the function's inputs, or outputs
   * @param tensor its value
   */
  public record Named(String name, Tensor tensor) {}

  /**
   * An operation and what it gives.
   *
   * @param operation the operation
   * @param result its value
   */
  public record Step(Operation operation, Tensor result) {}
}
