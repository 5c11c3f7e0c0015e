package io.github.attentive.samples.bench;

import io.github.attentive.Dataset;
import io.github.attentive.EpochReport;
import io.github.attentive.LabelledText;
import io.github.attentive.Recipe;
import io.github.attentive.StepReport;
import io.github.attentive.TextInput;
import io.github.attentive.Trainer;
import io.github.attentive.TrainingListener;
import io.github.attentive.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Times what the Python script {@code bench_train_bert.py} times: updates of a two-layer BERT of
 * 128 on batches of texts of one length. Prints a JSON line, medians in milliseconds.
 *
 * <pre>{@code
 * java -cp samples/target/attentive.jar io.github.attentive.samples.bench.TrainingBenchmark \
 *     TOKENIZER THREADS REPEAT BATCH LENGTH
 * }</pre>
 *
 * <p>The tokenizer is one like {@code tokenizer.json}; its vocabulary is the model's. A step is the
 * time from one report of the public API to the next: making the batch is in it.
 */
public final class TrainingBenchmark {
  private static final int WARM_UPS = 30;

  private TrainingBenchmark() {}

  /**
   * Runs it.
   *
   * @param arguments see above
   * @throws IOException if no folder can be made for the model
   */
  public static void main(String[] arguments) throws IOException {
    Path tokenizer = Path.of(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    int repeat = Integer.parseInt(arguments[2]);
    int batch = Integer.parseInt(arguments[3]);
    int length = Integer.parseInt(arguments[4]);
    StepTimes times = new StepTimes();
    TrainingOptions options =
        TrainingOptions.builder(Recipe.BERT)
            .tokenizer(tokenizer)
            .threads(threads)
            .batchSize(batch)
            .maxLength(length)
            .epochs(1)
            .checkpointSteps(Integer.MAX_VALUE)
            .listener(times)
            .build();
    Path folder = Files.createTempDirectory("attentive-bench");
    Trainer.train(options, data(batch * (WARM_UPS + repeat), length), folder);
    double[] milliseconds = times.afterWarmUp();
    System.out.printf(
        Locale.ROOT,
        "{\"figure\":\"train-bert-tiny/batch%d/length%d/threads%d\",\"median_ms\":%.3f,"
            + "\"min_ms\":%.3f,\"n\":%d}%n",
        batch,
        length,
        threads,
        milliseconds[milliseconds.length / 2],
        milliseconds[0],
        milliseconds.length);
  }

  /** Texts of more tokens than are read, so that all have the same length. */
  private static Dataset data(int count, int length) {
    List<LabelledText> examples = new ArrayList<>();
    for (TextInput text : EncoderBenchmark.texts(count, length + 2)) {
      examples.add(new LabelledText(text, Integer.toString(examples.size() % 2)));
    }
    return Dataset.of(examples);
  }

  private static final class StepTimes implements TrainingListener {
    private final List<Long> ends = new ArrayList<>();

    @Override
    public void onEpoch(EpochReport report) {}

    @Override
    public void onStep(StepReport report) {
      ends.add(System.nanoTime());
    }

    double[] afterWarmUp() {
      double[] times = new double[ends.size() - WARM_UPS];
      for (int i = 0; i < times.length; i++) {
        times[i] = (ends.get(WARM_UPS + i) - ends.get(WARM_UPS + i - 1)) / 1e6;
      }
      Arrays.sort(times);
      return times;
    }
  }
}
