package io.github.attentive.pytorch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import io.github.attentive.AttentionExplainer;
import io.github.attentive.InvalidInputException;
import io.github.attentive.Trainer;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Calls a model many times and prints, before and after, what DJL and the process hold. */
final class LeakMain {
  private static final int WARM_UP = 300;
  private static final int CALLS = 2000;

  private LeakMain() {}

  /** Opens the model of the first argument. */
  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    Path model = Path.of(arguments[0]);
    try (AttentionExplainer explainer = AttentionExplainer.load(model)) {
      call(explainer, WARM_UP);
      print("before");
      call(explainer, CALLS);
      print("after");
    }
    print("closed");
    Trainer.train(Reviews.attention(5).build(), Reviews.small(), model.resolve("trained"));
    print("trained");
  }

  private static void call(AttentionExplainer explainer, int times) {
    for (int i = 0; i < times; i++) {
      explainer.explain("the movie was boring");
      explainer.classify("the movie was great");
      try {
        explainer.classify(io.github.attentive.TextInput.of("a", "pair"));
        throw new IllegalStateException("a pair was not refused");
      } catch (InvalidInputException expected) {
        // Failures must not leave anything either.
      }
    }
  }

  static void print(String when) throws IOException, ReflectiveOperationException {
    long resources;
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      resources = resources(manager.getParentManager());
    }
    System.out.println(when + " " + resources + " " + residentMegabytes());
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

  private static long residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
