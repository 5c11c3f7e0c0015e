package io.github.attentive.viz;

import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.explain.AttentionMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Draws a matrix of weights as coloured cells: queries are rows from the top, keys are columns.
 *
 * <p>A builder: not thread-safe, its methods return itself. Arrays and lists are copied.
 *
 * <pre>{@code
 * double[][] weights = {{0.7, 0.3}, {0.2, 0.8}};
 * Svg svg = Heatmap.of(weights).queries(List.of("not", "bad")).keys(List.of("not", "bad")).render();
 * }</pre>
 *
 * <p>Colours run over {@link #range(double, double) the range} as {@link #norm(Norm)} says. NaN
 * means that a cell has no value: it is hatched, and a legend says so; so are {@link
 * #mask(boolean[][]) masked} cells, in another way. Up to 1,600 cells are shapes with tooltips,
 * beyond they are paths, and beyond some ten thousand changes of colour an image in the file. The
 * cells of a figure never take more than some 190 KB: where they would, they have fewer colours,
 * and where even that is too much, each block of cells is shown by its highest value. Either is
 * written below the figure.
 */
public final class Heatmap extends FigureBuilder<Heatmap> {
  private final Matrix unmasked;
  private Matrix matrix;
  private List<String> queries;
  private List<String> keys;
  private String queryTitle = "Query";
  private String keyTitle = "Key";
  private String colourBarTitle = "Attention Weight";
  private @Nullable Palette palette;
  private @Nullable Range range;
  private boolean robustRange;
  private Norm norm = Norm.LINEAR;
  private CellValues cellValues = CellValues.AUTO;
  private @Nullable CellTexts cellTexts;
  private boolean colourBar = true;
  private boolean wideCells;
  private String view = "heatmap";

  private Heatmap(Matrix matrix) {
    this.unmasked = matrix;
    this.matrix = matrix;
    this.queries = indices(matrix.rows());
    this.keys = indices(matrix.columns());
  }

  private static List<String> indices(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  /**
   * Starts a figure of a matrix.
   *
   * @param matrix {@code [queries][keys]}, any finite numbers, or NaN for none
   * @return a builder with the defaults
   * @throws InvalidInputException if the matrix is empty or ragged, or a value is infinite
   */
  public static Heatmap of(double[][] matrix) {
    return new Heatmap(Matrix.of(matrix));
  }

  /**
   * Starts a figure of a matrix.
   *
   * @param matrix {@code [queries][keys]}, any finite numbers, or NaN for none
   * @return a builder with the defaults
   * @throws InvalidInputException if the matrix is empty or ragged, or a value is infinite
   */
  public static Heatmap of(float[][] matrix) {
    return new Heatmap(Matrix.of(matrix));
  }

  /**
   * Starts a figure of an attention matrix, with its words or tokens as labels.
   *
   * @param map the matrix
   * @return a builder with the labels set
   * @throws InvalidInputException if the map has no rows or columns
   */
  public static Heatmap of(AttentionMap map) {
    return new Heatmap(Matrix.of(map.queries().size(), map.keys().size(), map::at))
        .queries(map.queries())
        .keys(map.keys());
  }

  /**
   * Starts a figure of an explanation's attention, mean over all layers and heads, with its
   * prediction as title.
   *
   * @param explanation whose unit and policy for special tokens are followed
   * @return a builder with labels, title and description set
   * @throws InvalidInputException if the explanation shows no token
   */
  public static Heatmap of(Explanation explanation) {
    return of(AttentionMap.of(explanation)).about(explanation);
  }

  /**
   * Names the rows. Default: their indices from 0.
   *
   * @param labels any text; a row each, equal ones stay separate
   * @return this builder
   * @throws InvalidInputException if there are more or fewer labels than rows
   */
  public Heatmap queries(List<String> labels) {
    this.queries = checked("query labels", labels, "rows", matrix.rows());
    return this;
  }

  /**
   * Names the columns. Default: their indices from 0.
   *
   * @param labels any text; a column each, equal ones stay separate
   * @return this builder
   * @throws InvalidInputException if there are more or fewer labels than columns
   */
  public Heatmap keys(List<String> labels) {
    this.keys = checked("key labels", labels, "columns", matrix.columns());
    return this;
  }

  private static List<String> checked(String what, List<String> labels, String where, int count) {
    if (labels.size() != count) {
      throw new InvalidInputException(
          "heatmap %s: expected %s as the matrix has %s, got %s"
              .formatted(what, count, where, labels.size()));
    }
    return List.copyOf(labels);
  }

  /**
   * Sets the title of the rows. Default: {@code Query}.
   *
   * @param title any text; empty for none
   * @return this builder
   */
  public Heatmap queryTitle(String title) {
    this.queryTitle = Objects.requireNonNull(title, "title");
    return this;
  }

  /**
   * Sets the title of the columns. Default: {@code Key}.
   *
   * @param title any text; empty for none
   * @return this builder
   */
  public Heatmap keyTitle(String title) {
    this.keyTitle = Objects.requireNonNull(title, "title");
    return this;
  }

  /**
   * Sets the title of the colour bar. Default: {@code Attention Weight}.
   *
   * @param title any text
   * @return this builder
   */
  public Heatmap colourBarTitle(String title) {
    this.colourBarTitle = Objects.requireNonNull(title, "title");
    return this;
  }

  /**
   * Says whether there is a colour bar. Default: there is. Leave it out only where cells carry
   * their numbers.
   *
   * @param shown whether it is drawn
   * @return this builder
   */
  public Heatmap colourBar(boolean shown) {
    this.colourBar = shown;
    return this;
  }

  /**
   * Sets the colours. Default: {@link Palette#VIRIDIS}, or {@link Palette#RD_BU} where the scale is
   * {@link Norm#CENTRED}.
   *
   * @param palette a colour map
   * @return this builder
   */
  public Heatmap palette(Palette palette) {
    this.palette = Objects.requireNonNull(palette, "palette");
    return this;
  }

  /**
   * Sets the values of the palette's ends; values beyond them get the colour of the end, and the
   * colour bar an arrow. Default: the lowest and the highest value, or, where all are equal, that
   * value and 0. A {@link Norm#CENTRED} scale takes the end that is farther from 0 and its
   * opposite.
   *
   * @param low the value of the first colour
   * @param high the value of the last colour
   * @return this builder
   * @throws InvalidInputException unless both are finite and {@code low} is below {@code high}
   */
  public Heatmap range(double low, double high) {
    if (!Double.isFinite(low) || !Double.isFinite(high) || low >= high) {
      throw new InvalidInputException(
          "heatmap range: expected two finite numbers, low below high, got %s and %s"
              .formatted(low, high));
    }
    this.range = new Range(low, high);
    this.robustRange = false;
    return this;
  }

  /**
   * Lets the palette's ends be the 2nd and the 98th percentile of the values, so that a few extreme
   * ones do not leave all others one colour; the colour bar has arrows, and a line below the figure
   * says so. Replaces {@link #range(double, double)}, and is replaced by it.
   *
   * @return this builder
   */
  public Heatmap robustRange() {
    this.range = null;
    this.robustRange = true;
    return this;
  }

  /**
   * Sets how values are laid out along the colours. Default: {@link Norm#LINEAR}.
   *
   * @param norm linear, logarithmic or centred on 0
   * @return this builder
   */
  public Heatmap norm(Norm norm) {
    this.norm = Objects.requireNonNull(norm, "norm");
    return this;
  }

  /**
   * Marks cells where the model was not allowed to look, for instance later tokens or padding. They
   * are hatched, differently from those without a value, have no number and no part in range,
   * highest and lowest value, and a legend names them. Default: none; a weight of 0 keeps its
   * colour.
   *
   * @param mask {@code [queries][keys]}, true where the model was not allowed to look; copied
   * @return this builder
   * @throws InvalidInputException if the mask is not of the matrix's shape
   */
  public Heatmap mask(boolean[][] mask) {
    this.matrix = unmasked.masked(mask);
    return this;
  }

  /**
   * Says whether cells carry their numbers. Default: {@link CellValues#AUTO}.
   *
   * @param cellValues when they do
   * @return this builder
   */
  public Heatmap cellValues(CellValues cellValues) {
    this.cellValues = Objects.requireNonNull(cellValues, "cellValues");
    return this;
  }

  /**
   * Draws the figure.
   *
   * @return the figure; equal settings give equal bytes
   * @throws InvalidInputException if cells are to carry numbers and cells, rows and columns
   *     together are more than 1,700, or if the scale is logarithmic and a range was set that
   *     starts at 0 or below
   */
  @Override
  public Svg render() {
    return new HeatmapView(this).draw();
  }

  @Override
  Heatmap self() {
    return this;
  }

  /** Sets what is said of the cells where they are no weights. */
  Heatmap cellTexts(CellTexts cellTexts) {
    this.cellTexts = cellTexts;
    return this;
  }

  /** Lets cells be wider than high where their labels are level then. */
  Heatmap wideCells() {
    this.wideCells = true;
    return this;
  }

  /** Draws another kind of figure, whose labels are no tokens. */
  Heatmap as(String view) {
    this.view = view;
    return this;
  }

  String view() {
    return view;
  }

  boolean hasTokens() {
    return view.equals("heatmap");
  }

  boolean hasColourBar() {
    return colourBar;
  }

  boolean hasWideCells() {
    return wideCells;
  }

  CellTexts cellTexts() {
    return cellTexts == null ? new WeightTexts(matrix, norm) : cellTexts;
  }

  Matrix matrix() {
    return matrix;
  }

  List<String> queries() {
    return queries;
  }

  List<String> keys() {
    return keys;
  }

  String queryTitle() {
    return queryTitle;
  }

  String keyTitle() {
    return keyTitle;
  }

  String colourBarTitle() {
    return colourBarTitle;
  }

  ColourScale scale() {
    Range ends;
    if (range != null) {
      ends = ScaleRange.given(range, norm);
    } else {
      ends = robustRange ? ScaleRange.robust(matrix, norm) : ScaleRange.spanning(matrix, norm);
    }
    return new ColourScale(palette == null ? norm.defaultPalette() : palette, ends, norm);
  }

  boolean hasRobustRange() {
    return robustRange;
  }

  CellValues cellValues() {
    return cellValues;
  }
}
