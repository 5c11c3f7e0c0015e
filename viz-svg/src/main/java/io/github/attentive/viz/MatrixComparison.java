package io.github.attentive.viz;

import io.github.attentive.InvalidInputException;
import java.util.List;
import java.util.Objects;

/**
 * Draws two matrices of one shape as heatmaps on one scale, and what B is more than A on a scale
 * with 0 in its middle, where exactly 0 has the neutral colour. Below are the largest and the mean
 * difference and, where rows are distributions, their Jensen-Shannon distances.
 *
 * <p>A builder: not thread-safe, its methods return itself. Arrays and lists are copied. NaN means
 * that a cell has no value; its difference has none either. Made by {@link Comparison#ofMatrices}.
 */
public final class MatrixComparison extends FigureBuilder<MatrixComparison> {
  private static final int MOST = 64;

  private final List<String> queries;
  private final List<String> keys;
  private final Matrix a;
  private final Matrix b;
  private ComparisonNames names = ComparisonNames.DEFAULT;
  private DifferenceScale differences = DifferenceScale.DEFAULT;
  private Palette palette = Palette.VIRIDIS;
  private String valueTitle = "Attention Weight";

  MatrixComparison(List<String> queries, List<String> keys, double[][] a, double[][] b) {
    this.queries = List.copyOf(queries);
    this.keys = List.copyOf(keys);
    this.a = Matrix.of(a);
    this.b = Matrix.of(b);
    requireShape("A", this.a);
    requireShape("B", this.b);
    if (queries.size() > MOST || keys.size() > MOST) {
      throw new InvalidInputException(
          "comparison: expected matrices of at most %s x %s, got %s x %s"
              .formatted(MOST, MOST, queries.size(), keys.size()));
    }
  }

  private void requireShape(String side, Matrix matrix) {
    if (matrix.rows() != queries.size() || matrix.columns() != keys.size()) {
      throw new InvalidInputException(
          "comparison: expected matrices of %s x %s as there are labels, got %s x %s for %s"
              .formatted(queries.size(), keys.size(), matrix.rows(), matrix.columns(), side));
    }
  }

  /**
   * Names the sides. Default: {@code A} and {@code B} alone.
   *
   * @param a any text
   * @param b any text
   * @return this builder
   */
  public MatrixComparison names(String a, String b) {
    this.names = new ComparisonNames(a, b);
    return this;
  }

  /**
   * Shows the magnitude of differences on a logarithmic scale from 1e-10 up. Default: signed
   * differences on a linear scale.
   *
   * @return this builder
   */
  public MatrixComparison logarithmic() {
    this.differences = differences.asLogarithmic();
    return this;
  }

  /**
   * Sets what a difference may be at most; the figure says whether all are, and marks the value at
   * the colour bar. Default: none.
   *
   * @param threshold a finite number above 0
   * @return this builder
   * @throws InvalidInputException if it is not
   */
  public MatrixComparison threshold(double threshold) {
    this.differences = differences.withThreshold(threshold);
    return this;
  }

  /**
   * Sets the colours of A and B. Default: {@link Palette#VIRIDIS}.
   *
   * @param palette a colour map
   * @return this builder
   */
  public MatrixComparison palette(Palette palette) {
    this.palette = Objects.requireNonNull(palette, "palette");
    return this;
  }

  /**
   * Sets the title of the colour bar of A and B. Default: {@code Attention Weight}.
   *
   * @param title any text
   * @return this builder
   */
  public MatrixComparison valueTitle(String title) {
    this.valueTitle = Objects.requireNonNull(title, "title");
    return this;
  }

  /**
   * Draws the figure.
   *
   * @return the figure; equal settings give equal bytes
   * @throws InvalidInputException if a difference is too large for a double
   */
  @Override
  public Svg render() {
    return new MatrixComparisonView(this).draw();
  }

  @Override
  MatrixComparison self() {
    return this;
  }

  List<String> queries() {
    return queries;
  }

  List<String> keys() {
    return keys;
  }

  Matrix a() {
    return a;
  }

  Matrix b() {
    return b;
  }

  ComparisonNames names() {
    return names;
  }

  DifferenceScale differences() {
    return differences;
  }

  Palette palette() {
    return palette;
  }

  String valueTitle() {
    return valueTitle;
  }
}
