package io.github.attentive.samples.bench;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Dataset;
import io.github.attentive.LabelledText;
import io.github.attentive.Recipe;
import io.github.attentive.Trainer;
import io.github.attentive.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Times what the Python scripts {@code bench_train_keras.py} and {@code bench_keras.py} time:
 * training on 100 texts of five words for 100 epochs, and one prediction. Prints a JSON line a
 * figure, medians in milliseconds.
 *
 * <pre>{@code
 * java -cp samples/target/attentive.jar io.github.attentive.samples.bench.KerasBenchmark
 * }</pre>
 *
 * <p>Arguments: number of trainings (default 7), number of predictions (default 2,000). Threads are
 * the engine's own choice. PyTorch trains; the system property {@code attentive.engine} says which
 * engine predicts. Predictions are those of the public API, tokenizing included.
 */
public final class KerasBenchmark {
  private static final int TEXTS = 100;
  private static final int WORDS = 5;
  private static final int KINDS_OF_WORDS = 98;
  private static final int WARM_UP_PREDICTIONS = 2_000;

  private interface Action {
    void run() throws IOException;
  }

  private KerasBenchmark() {}

  /**
   * Runs both.
   *
   * @param arguments see above
   * @throws IOException if no temporary folder can be made
   */
  public static void main(String[] arguments) throws IOException {
    int trainings = argument(arguments, 0, 7);
    int predictions = argument(arguments, 1, 2_000);
    Path folder = Files.createTempDirectory("attentive-bench");
    Dataset data = data();
    TrainingOptions options =
        TrainingOptions.builder(Recipe.KERAS_ATTENTION).engine("pytorch").build();
    print(
        "train-attentive/texts100/batch32/epochs100",
        time(trainings, () -> Trainer.train(options, data, folder)));
    String text = data.examples().get(0).input().text();
    try (AttentionExplainer model = AttentionExplainer.load(folder)) {
      time(WARM_UP_PREDICTIONS, () -> model.classify(text));
      print("attentive-classify/batch1", time(predictions, () -> model.classify(text)));
      time(WARM_UP_PREDICTIONS, () -> model.explain(text));
      print("attentive-explain/batch1", time(predictions, () -> model.explain(text)));
    }
    for (Path file : files(folder)) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static int argument(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private static Dataset data() {
    SplittableRandom random = new SplittableRandom(0);
    List<LabelledText> examples = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      List<String> words = new ArrayList<>();
      for (int w = 0; w < WORDS; w++) {
        words.add("w" + random.nextInt(KINDS_OF_WORDS));
      }
      examples.add(LabelledText.of(String.join(" ", words), i % 2 == 0 ? "0" : "1"));
    }
    return Dataset.of(examples);
  }

  private static double[] time(int runs, Action action) throws IOException {
    double[] milliseconds = new double[runs];
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      action.run();
      milliseconds[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(milliseconds);
    return milliseconds;
  }

  private static void print(String figure, double[] sorted) {
    System.out.printf(
        Locale.ROOT,
        "{\"figure\":\"%s\",\"median_ms\":%.4f,\"min_ms\":%.4f,\"max_ms\":%.4f,\"n\":%s}\n",
        figure,
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1],
        sorted.length);
  }
}
