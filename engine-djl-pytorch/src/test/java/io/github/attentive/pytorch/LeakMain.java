package io.github.attentive.pytorch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import io.github.attentive.AttentionExplainer;
import io.github.attentive.Trainer;
import io.github.attentive.djl.contract.RepeatedCalls;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Map;

/** Calls a model many times and prints, before and after, what DJL and the process hold. */
final class LeakMain {
  private LeakMain() {}

  /** Opens the model of the first argument. */
  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    Path model = Path.of(arguments[0]);
    try (AttentionExplainer explainer = AttentionExplainer.load(model)) {
      RepeatedCalls.of(explainer, RepeatedCalls.WARM_UP);
      print("before");
      RepeatedCalls.of(explainer, RepeatedCalls.CALLS);
      print("after");
    }
    print("closed");
    Trainer.train(Reviews.attention(5).build(), Reviews.small(), model.resolve("trained"));
    print("trained");
  }

  static void print(String when) throws IOException, ReflectiveOperationException {
    long resources;
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      resources = resources(manager.getParentManager());
    }
    System.out.println(when + " " + resources + " " + RepeatedCalls.residentMegabytes());
  }

  /** What a manager and those below it hold. */
  private static long resources(NDManager manager) throws ReflectiveOperationException {
    Field field = BaseNDManager.class.getDeclaredField("resources");
    field.setAccessible(true);
    long count = 0;
    for (Object resource : ((Map<?, ?>) field.get(manager)).values()) {
      count += 1 + (resource instanceof BaseNDManager child ? resources(child) : 0);
    }
    return count;
  }
}
