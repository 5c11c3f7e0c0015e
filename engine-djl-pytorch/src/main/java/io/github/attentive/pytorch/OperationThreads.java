package io.github.attentive.pytorch;

import ai.djl.pytorch.jni.JniUtils;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Operation;
import io.github.attentive.djl.graph.Shape;
import java.util.OptionalInt;

/**
 * How many threads share one operation of a model.
 *
 * <p>PyTorch keeps the number for each thread that calls it, so every call of a model asks for the
 * model's own. Without a wish, a model too small to gain from sharing gets one thread: waking
 * others costs more than the arithmetic, and a hundred times more on a machine that is busy.
 */
final class OperationThreads {
  /** Elements of a text's largest tensor from which sharing can pay. */
  private static final long LARGE_TENSOR = 1 << 14;

  /** Weights of one dense layer from which sharing can pay. */
  private static final long LARGE_WEIGHT = 1 << 14;

  /** Bytes of a file from which sharing can pay. */
  private static final long LARGE_FILE = 1 << 22;

  private final int count;

  private OperationThreads(int count) {
    this.count = count;
  }

  /**
   * The number for a model; the engine has started.
   *
   * @param graph the model
   * @param wished the number asked for, if any
   */
  static OperationThreads of(Graph graph, OptionalInt wished) {
    return new OperationThreads(
        wished.orElseGet(() -> isSmall(graph) ? 1 : Runtime.getRuntime().availableProcessors()));
  }

  /**
   * The number for a model that is not written here: the size of its file says how large it is.
   *
   * @param fileSize in bytes
   * @param wished the number asked for, if any
   */
  static OperationThreads ofForeign(long fileSize, OptionalInt wished) {
    return new OperationThreads(
        wished.orElseGet(
            () -> fileSize < LARGE_FILE ? 1 : Runtime.getRuntime().availableProcessors()));
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

  /** Asks PyTorch for the number, for the thread that calls. */
  void apply() {
    if (JniUtils.getNumThreads() != count) {
      JniUtils.setNumThreads(count);
    }
  }
}
