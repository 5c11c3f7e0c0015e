package io.github.attentive.djl.graph;

import java.util.OptionalInt;

/**
 * Tells models that gain from several threads to an operation from those too small for it: waking
 * others costs more than their arithmetic, and a hundred times more on a machine that is busy.
 */
public final class SmallGraphs {
  /** Elements of a text's largest tensor from which sharing can pay. */
  private static final long LARGE_TENSOR = 1 << 14;

  /** Weights of one dense layer from which sharing can pay. */
  private static final long LARGE_WEIGHT = 1 << 14;

  /** Bytes of a model's files from which sharing can pay. */
  private static final long LARGE_FILE = 1 << 22;

  private SmallGraphs() {}

  /**
   * How many threads are to share an operation.
   *
   * @param graph the model
   * @param wished the number asked for, if any
   * @return the wish, else one for a small model, else as many as there are processors
   */
  public static int threads(Graph graph, OptionalInt wished) {
    return wished.orElseGet(() -> isSmall(graph) ? 1 : Runtime.getRuntime().availableProcessors());
  }

  /**
   * How many threads are to share an operation of a model that was not written here.
   *
   * @param fileSize of its files, in bytes
   * @param wished the number asked for, if any
   * @return the wish, else one for a small model, else as many as there are processors
   */
  public static int threadsOfFile(long fileSize, OptionalInt wished) {
    return wished.orElseGet(
        () -> fileSize < LARGE_FILE ? 1 : Runtime.getRuntime().availableProcessors());
  }

  private static boolean isSmall(Graph graph) {
    for (Function function : graph.functions()) {
      for (Function.Step step : function.steps()) {
        if (elementsOfOneText(step.result().shape()) >= LARGE_TENSOR
            || (step.operation() instanceof Operation.Linear linear
                && linear.weight().shape().elements() >= LARGE_WEIGHT)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Sizes known at run time only, such as that of the batch, count once. */
  private static long elementsOfOneText(Shape shape) {
    long elements = 1;
    for (Axis axis : shape.axes()) {
      elements *= axis.name() == null ? axis.size() : 1;
    }
    return elements;
  }
}
