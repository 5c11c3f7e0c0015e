package io.github.attentive.samples.bench;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.ExplainOptions;
import io.github.attentive.LoadOptions;
import io.github.attentive.TextInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Times what the Python scripts {@code bench_transformers.py} and {@code bench_pipeline.py} time:
 * one pass over a batch of texts of one length with and without attention, and a file of texts of
 * mixed lengths. Prints a JSON line, medians in milliseconds.
 *
 * <pre>{@code
 * java -cp samples/target/attentive.jar io.github.attentive.samples.bench.EncoderBenchmark \
 *     FOLDER classify|explain THREADS REPEAT BATCH LENGTH
 * java -cp samples/target/attentive.jar io.github.attentive.samples.bench.EncoderBenchmark \
 *     FOLDER corpus THREADS REPEAT BATCH FILE
 * }</pre>
 *
 * <p>The folder is one of {@link RandomCheckpoint}'s, or for {@code corpus} any. Passes are those
 * of the public API: tokenizing and copying the results are in the time.
 */
public final class EncoderBenchmark {
  /** The JVM needs calls and time to compile what is called. */
  private static final int WARM_UPS = 3;

  private static final long WARM_UP_NANOS = 8_000_000_000L;
  private static final int FIRST_WORD = 100;
  private static final int KINDS_OF_WORDS = 20_000;

  private EncoderBenchmark() {}

  /**
   * Runs one.
   *
   * @param arguments see above
   * @throws IOException if the file cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    String mode = arguments[1];
    int threads = Integer.parseInt(arguments[2]);
    int repeat = Integer.parseInt(arguments[3]);
    int batch = Integer.parseInt(arguments[4]);
    List<TextInput> texts =
        mode.equals("corpus")
            ? Files.readAllLines(Path.of(arguments[5])).stream().map(TextInput::of).toList()
            : texts(batch, Integer.parseInt(arguments[5]));
    LoadOptions options = LoadOptions.builder().threads(threads).batchSize(batch).build();
    long start = System.nanoTime();
    try (AttentionExplainer model = AttentionExplainer.load(folder, options)) {
      double loading = (System.nanoTime() - start) / 1e6;
      Runnable pass =
          mode.equals("explain")
              ? () -> model.explainAll(texts, ExplainOptions.defaults())
              : () -> model.classifyAll(texts);
      double[] times = time(repeat, pass);
      double median = times[times.length / 2];
      System.out.printf(
          Locale.ROOT,
          "{\"figure\":\"%s/%s/batch%d/%s/threads%d\",\"median_ms\":%.3f,\"min_ms\":%.3f,\"n\":%d,"
              + "\"texts_per_s\":%.1f,\"load_ms\":%.0f,\"peak_rss_mb\":%.1f}%n",
          folder.getFileName(),
          mode,
          batch,
          arguments[5],
          threads,
          median,
          times[0],
          times.length,
          texts.size() * 1e3 / median,
          loading,
          peakResidentMegabytes());
    }
  }

  /** Texts of one token a word, and two more for the special ones. */
  static List<TextInput> texts(int count, int length) {
    List<TextInput> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = 2; word < length; word++) {
        int number = FIRST_WORD + (i * length + word) * 31 % KINDS_OF_WORDS;
        text.append(" w").append(number);
      }
      texts.add(TextInput.of(text.toString()));
    }
    return texts;
  }

  private static double[] time(int repeat, Runnable pass) {
    long begin = System.nanoTime();
    for (int i = 0; i < WARM_UPS || System.nanoTime() - begin < WARM_UP_NANOS; i++) {
      pass.run();
    }
    double[] times = new double[repeat];
    for (int i = 0; i < repeat; i++) {
      long start = System.nanoTime();
      pass.run();
      times[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times);
    return times;
  }

  /** As Linux counts it; 0 elsewhere. */
  private static double peakResidentMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    return 0;
  }
}
