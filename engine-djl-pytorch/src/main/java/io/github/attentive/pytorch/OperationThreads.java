package io.github.attentive.pytorch;

import ai.djl.pytorch.jni.JniUtils;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.SmallGraphs;
import java.util.OptionalInt;

/**
 * How many threads share one operation of a model.
 *
 * <p>PyTorch keeps the number for each thread that calls it, so every call of a model asks for the
 * model's own. Without a wish, a model too small to gain from sharing gets one thread ({@link
 * SmallGraphs}).
 */
final class OperationThreads {
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
    return new OperationThreads(SmallGraphs.threads(graph, wished));
  }

  /**
   * The number for a model that is not written here: the size of its file says how large it is.
   *
   * @param fileSize in bytes
   * @param wished the number asked for, if any
   */
  static OperationThreads ofForeign(long fileSize, OptionalInt wished) {
    return new OperationThreads(SmallGraphs.threadsOfFile(fileSize, wished));
  }

  /** Asks PyTorch for the number, for the thread that calls. */
  void apply() {
    if (JniUtils.getNumThreads() != count) {
      JniUtils.setNumThreads(count);
    }
  }
}
