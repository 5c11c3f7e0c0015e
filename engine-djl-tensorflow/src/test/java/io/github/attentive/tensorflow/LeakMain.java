package io.github.attentive.tensorflow;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.djl.contract.RepeatedCalls;
import java.io.IOException;
import java.nio.file.Path;

/** Calls a model many times, and opens it many times; prints in between what the process holds. */
final class LeakMain {
  private static final int OPENINGS = 60;

  private LeakMain() {}

  /** Opens the model of the first argument. */
  public static void main(String[] arguments) throws IOException {
    Path model = Path.of(arguments[0]);
    try (AttentionExplainer explainer = AttentionExplainer.load(model)) {
      RepeatedCalls.of(explainer, RepeatedCalls.WARM_UP);
      print("before");
      RepeatedCalls.of(explainer, RepeatedCalls.CALLS);
      print("after");
    }
    open(model, OPENINGS / 4);
    print("closed");
    open(model, OPENINGS);
    print("reopened");
  }

  private static void open(Path model, int times) {
    for (int i = 0; i < times; i++) {
      try (AttentionExplainer explainer = AttentionExplainer.load(model)) {
        RepeatedCalls.of(explainer, 1);
      }
    }
  }

  private static void print(String when) throws IOException {
    System.out.println(when + " " + RepeatedCalls.residentMegabytes());
  }
}
