package io.github.attentive.samples.bench;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.ExplainOptions;
import io.github.attentive.LoadOptions;
import io.github.attentive.Method;
import io.github.attentive.TextInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Times explanation methods against a pass that gives attention, and how relevance scales over the
 * threads of callers. Prints a JSON line a figure.
 *
 * <pre>{@code
 * java -cp samples/target/attentive.jar io.github.attentive.samples.bench.ExplanationsBenchmark \
 *     FOLDER THREADS REPEAT LENGTH
 * }</pre>
 *
 * <p>The folder is one of {@link RandomCheckpoint}'s; THREADS are those of one operation. For the
 * scaling use 1, so that callers do not share them.
 */
public final class ExplanationsBenchmark {
  private static final int WARM_UPS = 3;
  private static final int CALLERS = 16;
  private static final int CALLS = 4;

  private ExplanationsBenchmark() {}

  /**
   * Runs all.
   *
   * @param arguments see above
   * @throws InterruptedException if it is interrupted
   * @throws ExecutionException if a call fails
   */
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    int threads = Integer.parseInt(arguments[1]);
    int repeat = Integer.parseInt(arguments[2]);
    TextInput text = EncoderBenchmark.texts(1, Integer.parseInt(arguments[3])).get(0);
    LoadOptions options = LoadOptions.builder().threads(threads).build();
    try (AttentionExplainer model = AttentionExplainer.load(Path.of(arguments[0]), options)) {
      double pass = median(repeat, () -> model.explain(text, ExplainOptions.defaults()));
      print("pass with attention", pass, pass);
      for (Method method :
          List.of(Method.RELEVANCE, Method.INPUT_GRADIENT, Method.INTEGRATED_GRADIENTS)) {
        ExplainOptions of = ExplainOptions.builder().method(method).build();
        print(method.id(), median(repeat, () -> model.explain(text, of)), pass);
      }
      ExplainOptions relevance = ExplainOptions.builder().method(Method.RELEVANCE).build();
      double one = perSecond(1, model, text, relevance);
      double many = perSecond(CALLERS, model, text, relevance);
      System.out.printf(
          Locale.ROOT,
          "{\"figure\":\"relevance by %d callers\",\"per_s\":%.2f,\"by_one\":%.2f,\"ratio\":%.2f}%n",
          CALLERS,
          many,
          one,
          many / one);
    }
  }

  private static void print(String figure, double milliseconds, double pass) {
    System.out.printf(
        Locale.ROOT,
        "{\"figure\":\"%s\",\"median_ms\":%.2f,\"passes\":%.2f}%n",
        figure,
        milliseconds,
        milliseconds / pass);
  }

  private static double median(int repeat, Runnable call) {
    double[] milliseconds = new double[repeat];
    for (int i = -WARM_UPS; i < repeat; i++) {
      long start = System.nanoTime();
      call.run();
      milliseconds[Math.max(i, 0)] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(milliseconds);
    return milliseconds[repeat / 2];
  }

  private static double perSecond(
      int callers, AttentionExplainer model, TextInput text, ExplainOptions options)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(callers);
    try {
      int calls = CALLERS * CALLS / callers;
      long start = System.nanoTime();
      List<Future<?>> all = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        all.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < calls; i++) {
                    model.explain(text, options);
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
      return callers * calls / ((System.nanoTime() - start) / 1e9);
    } finally {
      pool.shutdown();
    }
  }
}
