package io.github.attentive.samples.bench;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.LoadOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Times both engines on the same models in one run, by turns, so that a busy machine slows both:
 * one text of 128 tokens explained by an encoder, and one review of four words classified and
 * explained by a model of Keras. Prints a JSON line a figure, medians in milliseconds, with the
 * ratio of TensorFlow's to PyTorch's.
 *
 * <pre>{@code
 * java -cp samples/target/attentive.jar io.github.attentive.samples.bench.EnginesBenchmark \
 *     FOLDER MODEL.keras THREADS [REPEAT [SECONDS]]
 * }</pre>
 *
 * <p>The folder is one of {@link RandomCheckpoint}'s. A figure is a median of REPEAT turns (default
 * 9, at least 7) after a warm-up of SECONDS (default 8); the small model is called 200 times a
 * turn. Calls are those of the public API: tokenizing and copying the results are in the time.
 */
public final class EnginesBenchmark {
  private static final List<String> ENGINES = List.of("pytorch", "tensorflow");
  private static final int LENGTH = 128;
  private static final int SMALL_CALLS = 200;
  private static final int FEWEST_TURNS = 7;

  private final int threads;
  private final int turns;
  private final long warmUpNanos;

  private EnginesBenchmark(int threads, int turns, int warmUpSeconds) {
    if (turns < FEWEST_TURNS) {
      throw new IllegalArgumentException(
          "REPEAT: expected at least %s, got %s".formatted(FEWEST_TURNS, turns));
    }
    this.threads = threads;
    this.turns = turns;
    this.warmUpNanos = warmUpSeconds * 1_000_000_000L;
  }

  /**
   * Runs all.
   *
   * @param arguments see above
   */
  public static void main(String[] arguments) {
    EnginesBenchmark benchmark =
        new EnginesBenchmark(
            Integer.parseInt(arguments[2]),
            arguments.length > 3 ? Integer.parseInt(arguments[3]) : 9,
            arguments.length > 4 ? Integer.parseInt(arguments[4]) : 8);
    String text = EncoderBenchmark.texts(1, LENGTH).get(0).text();
    benchmark.time(
        "encoder-explain/batch1/" + LENGTH, Path.of(arguments[0]), 1, model -> model.explain(text));
    Path keras = Path.of(arguments[1]);
    String review = "the movie was boring";
    benchmark.time("keras-classify/batch1", keras, SMALL_CALLS, model -> model.classify(review));
    benchmark.time("keras-explain/batch1", keras, SMALL_CALLS, model -> model.explain(review));
  }

  private void time(String figure, Path model, int calls, Consumer<AttentionExplainer> call) {
    try (AttentionExplainer pytorch = load(model, ENGINES.get(0));
        AttentionExplainer tensorflow = load(model, ENGINES.get(1))) {
      long begin = System.nanoTime();
      do {
        milliseconds(pytorch, calls, call);
        milliseconds(tensorflow, calls, call);
      } while (System.nanoTime() - begin < warmUpNanos);
      double[] first = new double[turns];
      double[] second = new double[turns];
      for (int i = 0; i < turns; i++) {
        first[i] = milliseconds(pytorch, calls, call);
        second[i] = milliseconds(tensorflow, calls, call);
      }
      System.out.printf(
          Locale.ROOT,
          "{\"figure\":\"%s/threads%s\",\"%s_ms\":%.4f,\"%s_ms\":%.4f,\"ratio\":%.3f,\"n\":%s}\n",
          figure,
          threads,
          ENGINES.get(0),
          median(first),
          ENGINES.get(1),
          median(second),
          median(second) / median(first),
          turns);
    }
  }

  private AttentionExplainer load(Path model, String engine) {
    return AttentionExplainer.load(
        model, LoadOptions.builder().engine(engine).threads(threads).build());
  }

  /** Of one call, on average over so many. */
  private static double milliseconds(
      AttentionExplainer model, int calls, Consumer<AttentionExplainer> call) {
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      call.accept(model);
    }
    return (System.nanoTime() - start) / 1e6 / calls;
  }

  private static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
