package io.github.attentive.samples.walkthrough;

import io.github.attentive.viz.Heatmap;
import io.github.attentive.viz.Palette;
import io.github.attentive.viz.Svg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Draws a matrix that no model of this library made: weights and words may come from anywhere, and
 * rows and columns need not be as many.
 *
 * <pre>{@code
 * java -cp samples/target/attentive.jar io.github.attentive.samples.walkthrough.AnyMatrix FOLDER
 * }</pre>
 */
public final class AnyMatrix {
  private static final List<String> SENTENCE =
      List.of("Nobody", "told", "the", "cook", "about", "the", "guests");

  private static final List<String> TRANSLATION =
      List.of("Niemand", "sagte", "dem", "Koch", "etwas", "von", "den", "Gästen");

  /** How near a word is to what it goes with, as a reader might mark it. */
  private static final double[][] MARKS = {
    {9, 2, 0, 0, 0, 0, 0},
    {3, 9, 0, 1, 1, 0, 0},
    {0, 0, 9, 3, 0, 0, 0},
    {0, 1, 3, 9, 0, 0, 0},
    {4, 5, 0, 0, 2, 0, 0},
    {0, 1, 0, 0, 9, 0, 1},
    {0, 0, 0, 0, 0, 9, 3},
    {0, 0, 0, 0, 1, 3, 9},
  };

  private AnyMatrix() {}

  /**
   * Runs it.
   *
   * @param arguments the folder for {@code matrix.svg}, which is made if it does not exist
   * @throws IOException if the file cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments.length == 0 ? "." : arguments[0]);
    Files.createDirectories(folder);
    draw().write(folder.resolve("matrix.svg"));
  }

  /** The figure. */
  static Svg draw() {
    double[][] weights = new double[MARKS.length][];
    for (int query = 0; query < MARKS.length; query++) {
      weights[query] = softmax(MARKS[query]);
    }
    return Heatmap.of(weights)
        .queries(TRANSLATION)
        .keys(SENTENCE)
        .title("What each translated word looks at")
        .queryTitle("Translation")
        .keyTitle("Sentence")
        .colourBarTitle("Attention Weight")
        .palette(Palette.VIRIDIS)
        .render();
  }

  /** Of half the marks, so that the smaller ones stay visible. */
  private static double[] softmax(double[] marks) {
    double[] weights = new double[marks.length];
    double sum = 0;
    for (int key = 0; key < marks.length; key++) {
      weights[key] = Math.exp(marks[key] / 2);
      sum += weights[key];
    }
    for (int key = 0; key < marks.length; key++) {
      weights[key] /= sum;
    }
    return weights;
  }
}
