package io.github.attentive.samples.bench;

import io.github.attentive.viz.CellValues;
import io.github.attentive.viz.Heatmap;
import io.github.attentive.viz.Palette;
import io.github.attentive.viz.Svg;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Times what the Python script {@code bench_plots.py} times: heatmaps of random attention as SVG in
 * memory, to the last byte. Prints a JSON line a figure, milliseconds and bytes.
 *
 * <pre>{@code
 * java -cp samples/target/attentive.jar io.github.attentive.samples.bench.FiguresBenchmark 15
 * }</pre>
 *
 * <p>Argument: number of drawings a figure (default 15), after as many that are not counted, as the
 * script leaves its first one out, too.
 */
public final class FiguresBenchmark {
  private FiguresBenchmark() {}

  /**
   * Runs all figures.
   *
   * @param arguments see above
   */
  public static void main(String[] arguments) {
    int repeat = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    for (int size : new int[] {32, 128, 512}) {
      time("heatmap/" + size, repeat, () -> heatmap(size, size).render());
    }
    time(
        "heatmap-numbers/32",
        repeat,
        () -> heatmap(32, 32).palette(Palette.YL_OR_RD).cellValues(CellValues.SHOWN).render());
    time(
        "heatmap-row/32",
        repeat,
        () -> heatmap(1, 32).palette(Palette.YL_OR_RD).cellValues(CellValues.SHOWN).render());
  }

  private static Heatmap heatmap(int rows, int columns) {
    return Heatmap.of(weights(rows, columns))
        .queries(names(rows))
        .keys(names(columns))
        .title("Attention Heatmap")
        .queryTitle("Query Tokens")
        .keyTitle("Key Tokens");
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "t" + i).toList();
  }

  /** Rows of softmax over normal numbers of deviation 2, as the script draws them. */
  private static double[][] weights(int rows, int columns) {
    SplittableRandom random = new SplittableRandom(columns);
    double[][] weights = new double[rows][columns];
    for (double[] row : weights) {
      double sum = 0;
      for (int i = 0; i < columns; i++) {
        row[i] = Math.exp(2 * random.nextGaussian());
        sum += row[i];
      }
      for (int i = 0; i < columns; i++) {
        row[i] /= sum;
      }
    }
    return weights;
  }

  private static void time(String figure, int repeat, Supplier<Svg> draw) {
    double[] milliseconds = new double[repeat];
    int bytes = 0;
    for (int i = -repeat; i < repeat; i++) {
      long start = System.nanoTime();
      bytes = draw.get().toString().getBytes(StandardCharsets.UTF_8).length;
      milliseconds[Math.max(i, 0)] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(milliseconds);
    System.out.printf(
        Locale.ROOT,
        "{\"figure\":\"attentive-%s/svg\",\"median_ms\":%.3f,\"min_ms\":%.3f,\"n\":%d,\"bytes\":%d}\n",
        figure,
        milliseconds[repeat / 2],
        milliseconds[0],
        repeat,
        bytes);
  }
}
