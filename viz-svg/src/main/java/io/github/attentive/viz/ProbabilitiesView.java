package io.github.attentive.viz;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Draws the classes of one text: the tracks start at the origin, labels stand left of them. */
final class ProbabilitiesView {
  static final String ID = "probabilities";

  private static final int MOST_CLASSES = 20;
  private static final double APPLIES_FROM = 0.5;

  private static final int ROW = 26;
  private static final int TRACK = 320;
  private static final int TRACK_HEIGHT = 18;
  private static final int BAR = 8;
  private static final int MARK = 9;
  private static final int MARK_X = -10;
  private static final int LABEL_X = MARK_X - MARK - 5;
  private static final int GAP = 8;
  private static final int MOST_TICKS = 6;

  private final Probabilities options;
  private final double[] scores;
  private final int highest;
  private final Figure figure;
  private final List<Label> labels;
  private final int[] shown;
  private final int height;

  ProbabilitiesView(Probabilities options) {
    this.options = options;
    this.scores = options.scores();
    this.figure = new Figure(ID, options);
    int[] highestFirst =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .mapToInt(i -> i)
            .toArray();
    this.highest = highestFirst[0];
    boolean givenOrder = scores.length <= MOST_CLASSES && !options.isSorted();
    this.shown =
        givenOrder
            ? IntStream.range(0, scores.length).toArray()
            : IntStream.of(highestFirst).limit(MOST_CLASSES).toArray();
    this.labels =
        IntStream.of(shown)
            .mapToObj(i -> figure.clean(options.labels().get(i)))
            .map(text -> Label.of(text, Figure.LABEL_SIZE, Figure.LABEL_LIMIT))
            .toList();
    this.height = shown.length * ROW;
  }

  Svg draw() {
    figure.bounds().include(TRACK, height);
    drawBars();
    drawTracks();
    drawAxis();
    drawThreshold();
    for (int row = 0; row < shown.length; row++) {
      drawTexts(row);
    }
    drawLegend();
    noteOthers();
    return finish();
  }

  private static double middle(int row) {
    return (row + 0.5) * ROW;
  }

  private boolean isPredicted(int row) {
    return options.isMultiLabel() ? scores[shown[row]] >= APPLIES_FROM : shown[row] == highest;
  }

  private boolean isTarget(int row) {
    return options.labels().get(shown[row]).equals(options.target());
  }

  private void drawBars() {
    figure.body().open(SvgElement.GROUP).set(SvgAttribute.SHAPE_RENDERING, "crispEdges");
    for (int row = 0; row < shown.length; row++) {
      double score = scores[shown[row]];
      int thickness = isPredicted(row) ? TRACK_HEIGHT : BAR;
      figure
          .body()
          .open(SvgElement.RECT)
          .set(SvgAttribute.X, 0)
          .set(SvgAttribute.Y, middle(row) - thickness / 2.0)
          .set(SvgAttribute.WIDTH, Math.max(0, Math.min(1, score)) * TRACK)
          .set(SvgAttribute.HEIGHT, thickness)
          .set(SvgAttribute.FILL, BarsView.POSITIVE)
          .open(SvgElement.TITLE)
          .text(labels.get(row).full() + ": " + Decimals.significant(score))
          .close()
          .close();
    }
    figure.body().close();
  }

  private void drawTracks() {
    PathData tracks = new PathData();
    for (int row = 0; row < shown.length; row++) {
      tracks.rectangle(-0.5, middle(row) - (TRACK_HEIGHT + 1) / 2.0, TRACK + 1, TRACK_HEIGHT + 1);
    }
    figure.rule(tracks);
  }

  private void drawAxis() {
    Ticks ticks = Ticks.of(new Range(0, 1), MOST_TICKS);
    PathData marks = new PathData();
    for (int i = 0; i < ticks.labels().size(); i++) {
      double x = ticks.shares().get(i) * TRACK;
      marks.moveTo(x, height).down(4);
      figure.text(
          ticks.labels().get(i),
          Figure.NOTE_SIZE,
          TextPlacement.middleAt(x, height + GAP + Figure.NOTE_SIZE / 2));
    }
    figure.rule(marks);
  }

  private void drawThreshold() {
    if (!options.isMultiLabel()) {
      return;
    }
    double x = APPLIES_FROM * TRACK;
    PathData line = new PathData();
    for (int row = 0; row <= shown.length; row++) {
      // Between the tracks only: on a bar it could not be seen in every theme.
      double top = row == 0 ? -4 : middle(row - 1) + TRACK_HEIGHT / 2.0;
      double bottom = row == shown.length ? height : middle(row) - TRACK_HEIGHT / 2.0;
      line.moveTo(x, top).down(bottom - top);
    }
    figure.rule(line);
    figure.text(
        "applies from " + APPLIES_FROM,
        Figure.NOTE_SIZE,
        TextPlacement.middleAt(x, -6 - Figure.NOTE_SIZE / 2));
  }

  private void drawTexts(int row) {
    double y = middle(row);
    String number = number(row);
    TextPlacement left = TextPlacement.endAt(LABEL_X, y);
    TextPlacement right = TextPlacement.startAt(TRACK + GAP, y);
    if (isPredicted(row)) {
      figure.strongLabel(labels.get(row), left);
      figure.strongLabel(new Label(number, number), right);
      drawMark(MARK_X, y, true);
    } else {
      figure.label(labels.get(row), Figure.LABEL_SIZE, left);
      figure.text(number, Figure.LABEL_SIZE, right);
    }
    if (isTarget(row) && !isPredicted(row)) {
      drawMark(MARK_X, y, false);
    }
  }

  /** Nothing that reads as if it applied, unless it does. */
  private String number(int row) {
    String number = Decimals.probability(scores[shown[row]]);
    return options.isMultiLabel() && !isPredicted(row) && number.equals("0.500")
        ? "<" + APPLIES_FROM
        : number;
  }

  /** A triangle that points to the right, its middle at the point given. */
  private void drawMark(double x, double y, boolean full) {
    PathData triangle =
        new PathData()
            .moveTo(x - MARK / 2.0, y - MARK / 2.0)
            .lineBy(MARK, MARK / 2.0)
            .lineBy(-MARK, MARK / 2.0)
            .close();
    figure
        .body()
        .open(SvgElement.PATH)
        .set(SvgAttribute.PATH_DATA, triangle.toString())
        .set(SvgAttribute.FILL, full ? BarsView.POSITIVE.hex() : "none")
        .set(SvgAttribute.STROKE, BarsView.POSITIVE)
        .set(SvgAttribute.STROKE_WIDTH, 1.5)
        .set(SvgAttribute.STROKE_JOIN, "round")
        .close();
  }

  private void drawLegend() {
    boolean predicted = IntStream.range(0, shown.length).anyMatch(this::isPredicted);
    boolean target =
        IntStream.range(0, shown.length).anyMatch(row -> isTarget(row) && !isPredicted(row));
    double y = figure.nextLine() + GAP / 2.0;
    double x = 0;
    if (predicted) {
      x = drawSample(x, y, true, options.isMultiLabel() ? "applies" : "predicted");
    }
    if (target) {
      drawSample(x, y, false, "target of the weights");
    }
  }

  private double drawSample(double x, double y, boolean full, String text) {
    drawMark(x + MARK / 2.0, y, full);
    double from = x + MARK + 6;
    figure.text(text, Figure.NOTE_SIZE, TextPlacement.startAt(from, y));
    return from + TextMetrics.width(text, Figure.NOTE_SIZE) + 20;
  }

  private void noteOthers() {
    int others = scores.length - shown.length;
    if (others > 0) {
      figure.note(
          "The highest %s of %s classes; the rest sum to %s"
              .formatted(shown.length, scores.length, Decimals.significant(rest())));
    }
  }

  private double rest() {
    double[] rest = scores.clone();
    IntStream.of(shown).forEach(i -> rest[i] = 0);
    double sum = 0;
    for (double score : rest) {
      sum += score;
    }
    return sum;
  }

  private Svg finish() {
    figure.table(DataTable.ofColumn("Probabilities", "Label", options.labels(), "Score", scores));
    String size = scores.length + (scores.length == 1 ? " class" : " classes");
    return figure.finish("Probabilities of ", size, null, TRACK / 2.0, finding());
  }

  private String finding() {
    int row =
        IntStream.range(0, shown.length).filter(i -> shown[i] == highest).findFirst().orElseThrow();
    String first =
        "The highest is “%s” with %s."
            .formatted(labels.get(row).shown(), Decimals.probability(scores[highest]));
    if (!options.isMultiLabel()) {
      return first;
    }
    int apply = 0;
    for (double score : scores) {
      apply += score >= APPLIES_FROM ? 1 : 0;
    }
    return first + " %s of %s apply.".formatted(apply, scores.length);
  }
}
