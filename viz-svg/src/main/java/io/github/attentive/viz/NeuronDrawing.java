package io.github.attentive.viz;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Draws one neuron view: the strips of the keys start at the origin, those of the products and the
 * columns of numbers follow to the right, tokens stand left.
 */
final class NeuronDrawing {
  private static final int ROW = 24;
  private static final int GAP = 8;
  private static final int BETWEEN_COLUMNS = 20;
  private static final int TRACK = 120;
  private static final int BAR = 14;
  private static final int MOST_TICKS = 4;
  private static final int MOST_RAISING = 5;
  private static final double TOKEN_LIMIT = 160;

  /** The middles of the lines above the keys. */
  private static final int KEY_HEADING = -16;

  private static final int QUERY = -52;
  private static final int QUERY_HEADING = -76;

  private final NeuronView options;
  private final Figure figure;
  private final HeadArithmetic head;
  private final List<Integer> shown;
  private final List<Label> labels;
  private final Label query;
  private final NeuronTexts texts;
  private final VectorStrips vectors;
  private final VectorStrips products;
  private final SignedColourBar vectorBar;
  private final SignedColourBar productBar;
  private final int columnWidth;
  private final int height;

  NeuronDrawing(NeuronView options) {
    this.options = options;
    this.figure = new Figure("neuron", options);
    this.head = options.source().arithmetic();
    this.shown = head.shown(options.rows());
    List<String> tokens = new ArrayList<>(options.source().keyLabels());
    tokens.add(options.source().queryLabel());
    List<Label> all = figure.tokenLabels(tokens, TOKEN_LIMIT);
    this.query = all.get(all.size() - 1);
    this.labels = all.subList(0, all.size() - 1);
    this.texts = new NeuronTexts(head, shown, query, labels);
    double highest = largest(head.query());
    double highestProduct = 0;
    for (int key : shown) {
      highest = Math.max(highest, largest(head.key(key)));
      highestProduct = Math.max(highestProduct, largest(head.products(key)));
    }
    this.vectors = new VectorStrips(head.size(), highest);
    this.products = new VectorStrips(head.size(), highestProduct);
    this.vectorBar = new SignedColourBar("vectors", vectors.scale());
    this.productBar = new SignedColourBar("products", products.scale());
    this.columnWidth =
        Math.max(vectors.width(), Math.max(vectorBar.leastWidth(), productBar.leastWidth()));
    this.height = shown.size() * ROW;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double middle(int row) {
    return (row + 0.5) * ROW;
  }

  private int productsLeft() {
    return columnWidth + BETWEEN_COLUMNS;
  }

  Svg draw() {
    drawStrips();
    drawLabels();
    double right = productsLeft() + columnWidth;
    right = drawNumbers("q · k", right, head::dot);
    right = drawNumbers("× " + Decimals.significant(head.scale()), right, head::scaled);
    if (head.hasAdded()) {
      right = drawNumbers("+ added", right, head::shownAdded);
    }
    drawSoftmax(right + BETWEEN_COLUMNS);
    vectorBar.draw(figure, 0, height + GAP, columnWidth, "q and k");
    productBar.draw(figure, productsLeft(), height + GAP, columnWidth, "q × k");
    drawRows();
    return finish();
  }

  private void drawStrips() {
    vectors.add(head.query(), 0, QUERY);
    for (int row = 0; row < shown.size(); row++) {
      vectors.add(head.key(shown.get(row)), 0, middle(row));
      products.add(head.products(shown.get(row)), productsLeft(), middle(row));
    }
    vectors.draw(figure);
    products.draw(figure);
    PathData marks = new PathData();
    double bottom = middle(shown.indexOf(head.strongest())) + VectorStrips.HEIGHT / 2.0;
    for (int dimension : raising()) {
      marks.moveTo(productsLeft() + products.middle(dimension), bottom + 1).down(4);
    }
    if (!marks.isEmpty()) {
      figure.rule(marks);
    }
  }

  private List<Integer> raising() {
    return head.raising(head.strongest(), MOST_RAISING);
  }

  private void drawLabels() {
    figure.label(query, Figure.LABEL_SIZE, TextPlacement.endAt(-GAP, QUERY));
    for (int row = 0; row < shown.size(); row++) {
      figure.label(
          labels.get(shown.get(row)), Figure.LABEL_SIZE, TextPlacement.endAt(-GAP, middle(row)));
    }
    figure.text("query q", Figure.LABEL_SIZE, TextPlacement.startAt(0, QUERY_HEADING));
    figure.text("keys k", Figure.LABEL_SIZE, TextPlacement.startAt(0, KEY_HEADING));
    figure.text(texts.formula(), Figure.LABEL_SIZE, TextPlacement.startAt(productsLeft(), QUERY));
    figure.text("q × k", Figure.LABEL_SIZE, TextPlacement.startAt(productsLeft(), KEY_HEADING));
  }

  /**
   * Draws a column of numbers.
   *
   * @param left where there is room from
   * @return where there is room again
   */
  private double drawNumbers(String heading, double left, IntToDoubleFunction column) {
    Matrix values = Matrix.of(shown.size(), 1, (row, only) -> column.applyAsDouble(shown.get(row)));
    int exponent = exponent(values);
    String title = exponent == 0 ? heading : heading + " (× 1e" + exponent + ")";
    List<String> numbers =
        CellNumbers.of(values, exponent, 3).stream()
            .map(number -> number.isEmpty() ? "not seen" : number)
            .toList();
    double right =
        left
            + BETWEEN_COLUMNS
            + Math.max(
                TextMetrics.widest(numbers, Figure.LABEL_SIZE),
                TextMetrics.width(title, Figure.LABEL_SIZE));
    figure.text(title, Figure.LABEL_SIZE, TextPlacement.endAt(right, KEY_HEADING));
    for (int row = 0; row < numbers.size(); row++) {
      figure.text(numbers.get(row), Figure.LABEL_SIZE, TextPlacement.endAt(right, middle(row)));
    }
    return right;
  }

  /** The power of ten to leave out so that all numbers are short. */
  private static int exponent(Matrix values) {
    if (values.highest() < 0) {
      return 0;
    }
    double largest =
        Math.max(Math.abs(values.at(values.lowest())), Math.abs(values.at(values.highest())));
    int exponent = Decimals.exponent(new BigDecimal(largest));
    return Decimals.isPlain(exponent) ? 0 : exponent;
  }

  private void drawSoftmax(double left) {
    Range range = new Range(0, head.softmax(head.strongest()));
    ValueAxis axis = new ValueAxis(range, Ticks.of(range, MOST_TICKS), TRACK);
    figure.text("softmax", Figure.LABEL_SIZE, TextPlacement.startAt(left, KEY_HEADING));
    SvgWriter svg =
        figure.body().open(SvgElement.GROUP).set(SvgAttribute.SHAPE_RENDERING, "crispEdges");
    for (int row = 0; row < shown.size(); row++) {
      svg.open(SvgElement.RECT)
          .set(SvgAttribute.X, left)
          .set(SvgAttribute.Y, middle(row) - BAR / 2.0)
          .set(SvgAttribute.WIDTH, axis.x(head.softmax(shown.get(row))))
          .set(SvgAttribute.HEIGHT, BAR)
          .set(SvgAttribute.FILL, BarsView.POSITIVE)
          .close();
    }
    svg.close();
    for (int row = 0; row < shown.size(); row++) {
      double weight = head.softmax(shown.get(row));
      figure.text(
          NeuronTexts.weight(weight),
          Figure.LABEL_SIZE,
          TextPlacement.startAt(left + axis.x(weight) + GAP, middle(row)));
    }
    axis.draw(figure, left, height);
    figure.text(
        "attention weight",
        Figure.LABEL_SIZE,
        TextPlacement.middleAt(left + TRACK / 2.0, height + 2 * GAP + 2 * Figure.NOTE_SIZE));
  }

  private void drawRows() {
    double left = figure.bounds().left();
    double right = figure.bounds().right();
    RowHighlight rows = RowHighlight.open(figure);
    for (int row = 0; row < shown.size(); row++) {
      rows.add(texts.row(shown.get(row)), left, row * ROW, right - left, ROW);
    }
    rows.close();
  }

  private Svg finish() {
    HeadSource source = options.source();
    vectors.loss().ifPresent(figure::note);
    texts.notes(raising()).forEach(figure::note);
    figure.table(texts.arithmetic(source.keyLabels()));
    figure.table(texts.vectors(source.queryLabel(), source.keyLabels()));
    return figure.finish(
        "Arithmetic of an attention head for ",
        texts.size(),
        source.title(query.shown()),
        figure.bounds().right() / 2,
        texts.finding());
  }
}
