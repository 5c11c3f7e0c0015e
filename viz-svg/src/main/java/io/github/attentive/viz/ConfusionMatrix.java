package io.github.attentive.viz;

import io.github.attentive.Evaluation;
import io.github.attentive.InvalidInputException;
import java.util.List;
import java.util.Objects;

/**
 * Draws which labels are taken for which: true labels are rows from the top, predicted ones
 * columns. A cell shows its count, and by its colour the share of its row, so that labels of few
 * and of many examples can be compared.
 *
 * <p>A builder: not thread-safe, its methods return itself. Arrays and lists are copied.
 *
 * <pre>{@code
 * int[][] counts = {{40, 10}, {5, 45}};
 * Svg svg = ConfusionMatrix.of(List.of("negative", "positive"), counts).render();
 * }</pre>
 *
 * <p>The row of a label without examples has the colour of 0. Beyond 30 labels counts are in
 * tooltips only; beyond 40, what {@link Heatmap} says of large matrices holds.
 */
public final class ConfusionMatrix extends FigureBuilder<ConfusionMatrix> {
  /** Some viewers stop at 2,000 shapes and texts; and up to here counts fit into the cells. */
  private static final int MOST_LABELS_WITH_COUNTS = 30;

  private final List<String> labels;
  private final ConfusionTexts texts;
  private final double[][] shares;
  private Palette palette = Palette.BLUES;

  private ConfusionMatrix(List<String> labels, int[][] counts) {
    this.labels = List.copyOf(labels);
    this.texts = new ConfusionTexts(counts);
    this.shares = new double[counts.length][counts.length];
    for (int row = 0; row < counts.length; row++) {
      for (int column = 0; column < counts.length; column++) {
        shares[row][column] = texts.share(row, column);
      }
    }
  }

  /**
   * Starts a figure of an evaluation.
   *
   * @param evaluation the evaluation
   * @return a builder with the defaults
   */
  public static ConfusionMatrix of(Evaluation evaluation) {
    return of(evaluation.labels(), evaluation.confusion());
  }

  /**
   * Starts a figure of counts.
   *
   * @param labels any text; equal ones stay separate
   * @param counts {@code [true label][predicted label]}, 0 or more, not all 0
   * @return a builder with the defaults
   * @throws InvalidInputException if there is no label, the counts are not a row and a column for
   *     each, one is negative, or all are 0
   */
  public static ConfusionMatrix of(List<String> labels, int[][] counts) {
    if (labels.isEmpty() || counts.length != labels.size()) {
      throw new InvalidInputException(
          "confusion matrix: expected at least 1 label and a row for each, got %s labels and %s rows"
              .formatted(labels.size(), counts.length));
    }
    long examples = 0;
    for (int row = 0; row < counts.length; row++) {
      if (counts[row].length != labels.size()) {
        throw new InvalidInputException(
            "confusion matrix row %s: expected %s columns, one for each label, got %s"
                .formatted(row, labels.size(), counts[row].length));
      }
      for (int column = 0; column < counts.length; column++) {
        if (counts[row][column] < 0) {
          throw new InvalidInputException(
              "confusion matrix row %s, column %s: expected a count of 0 or above, got %s"
                  .formatted(row, column, counts[row][column]));
        }
        examples += counts[row][column];
      }
    }
    if (examples == 0) {
      throw new InvalidInputException(
          "confusion matrix: expected at least 1 example, got counts of 0 only");
    }
    return new ConfusionMatrix(labels, counts);
  }

  /**
   * Sets the colours. Default: {@link Palette#BLUES}.
   *
   * @param palette a colour map, from a share of 0 to one of 1
   * @return this builder
   */
  public ConfusionMatrix palette(Palette palette) {
    this.palette = Objects.requireNonNull(palette, "palette");
    return this;
  }

  /**
   * Draws the figure.
   *
   * @return the figure; equal settings give equal bytes
   */
  @Override
  public Svg render() {
    Heatmap heatmap =
        Heatmap.of(shares)
            .queries(labels)
            .keys(labels)
            .queryTitle("True label")
            .keyTitle("Predicted label")
            .colourBarTitle("Share of row")
            .palette(palette)
            .range(0, 1)
            .title(texts.title())
            .cellTexts(texts)
            .wideCells()
            .as("confusion-matrix");
    copyTo(heatmap);
    if (labels.size() <= MOST_LABELS_WITH_COUNTS) {
      heatmap.cellValues(CellValues.SHOWN);
    }
    return heatmap.render();
  }

  @Override
  ConfusionMatrix self() {
    return this;
  }
}
