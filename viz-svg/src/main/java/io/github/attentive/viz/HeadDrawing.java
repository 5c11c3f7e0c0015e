package io.github.attentive.viz;

import io.github.attentive.InvalidInputException;
import io.github.attentive.viz.HeadLines.Line;
import java.util.Arrays;
import java.util.List;

/** Draws one head view: queries at the left edge, lines, keys. */
final class HeadDrawing {
  private static final int TALLEST_ROW = 24;
  private static final int LABELLED_HEIGHT = 960;
  private static final int HEIGHT = 2240;

  /** Up to here every token has a label, however tall the figure becomes. */
  private static final int MOST_LABELLED = HEIGHT / KeyLabels.LINE;

  /** About 12 characters each. */
  private static final int MOST_LINES = 8_000;

  /** What some viewers draw at most is 2,000. */
  private static final int MOST_SHAPES = 1_800;

  /** So that a figure of 32 tokens and 12 heads is well below 200 KB. */
  private static final int MOST_CHARACTERS = 120_000;

  private static final int CHARACTERS_PER_LINE = 11;
  private static final int CHARACTERS_PER_SHAPE = 45;
  private static final int MOST_ANIMATED = 64;

  private static final double LABEL_LIMIT = 180;
  private static final int GAP = 8;

  private final HeadView options;
  private final Figure figure;
  private final int[] heads;
  private final HeadColours colours;
  private final List<String> queryTexts;
  private final List<String> keyTexts;
  private final double[][][] weights;
  private final HeadLines lines;
  private final HeadFans means;
  private final HeadColumn queries;
  private final HeadColumn keys;
  private final HeadLineShapes shapes;
  private final HeadTexts texts;
  private final int left;
  private final boolean tokensArePart;
  private final boolean animated;
  private final boolean queriesApart;
  private final boolean keysApart;

  HeadDrawing(HeadView options) {
    this.options = options;
    this.figure = new Figure("head", options);
    this.heads = options.chosenHeads();
    LayeredAttention attention = options.attention();
    this.colours = new HeadColours(attention.heads());
    boolean paired = attention.keySegments().contains(1);
    HeadView.Block block = options.block();
    if (block != HeadView.Block.ALL && !paired) {
      throw new InvalidInputException(
          "%s block %s: expected the attention of a pair of texts, got one text"
              .formatted(HeadView.VIEW, block.shown()));
    }
    int[] queryIndices = block.queries(attention.querySegments());
    int[] keyIndices = block.keys(attention.keySegments());
    if (queryIndices.length == 0 || keyIndices.length == 0) {
      throw new InvalidInputException(
          "%s block %s: expected at least 1 query and 1 key, got %s x %s"
              .formatted(HeadView.VIEW, block.shown(), queryIndices.length, keyIndices.length));
    }
    this.queryTexts = pick(attention.queries(), queryIndices);
    this.keyTexts = pick(attention.keys(), keyIndices);
    this.weights = options.weights(queryIndices, keyIndices);
    this.lines = new HeadLines(weights, options.mass(), MOST_LINES);
    this.means = new HeadFans(weights);
    int most = Math.max(queryTexts.size(), keyTexts.size());
    int row = row(most);
    this.queries =
        new HeadColumn(
            figure.tokenLabels(queryTexts, LABEL_LIMIT),
            pick(attention.querySegments(), queryIndices),
            paired && queryTexts.size() > 1,
            row);
    this.keys =
        new HeadColumn(
            figure.tokenLabels(keyTexts, LABEL_LIMIT),
            pick(attention.keySegments(), keyIndices),
            paired,
            row);
    queries.centre(height());
    keys.centre(height());
    this.left = (int) Math.ceil(queries.widest()) + GAP;
    this.shapes = new HeadLineShapes(lines.all(), left, queries, keys, heads, colours);
    this.texts = new HeadTexts(options, lines.all(), queries, keys, means);
    this.tokensArePart = figure.isInteractive() && most <= MOST_LABELLED;
    this.animated = figure.isAnimated() && queryTexts.size() <= MOST_ANIMATED;
    this.queriesApart = queriesApart();
    this.keysApart = keysApart();
  }

  private static <T> List<T> pick(List<T> all, int[] indices) {
    return Arrays.stream(indices).mapToObj(all::get).toList();
  }

  /** Even, so that tokens have a middle. */
  private static int row(int tokens) {
    if (tokens > MOST_LABELLED) {
      return Math.max(2, HEIGHT / tokens / 2 * 2);
    }
    return Math.max(KeyLabels.LINE, Math.min(TALLEST_ROW, LABELLED_HEIGHT / tokens / 2 * 2));
  }

  private int height() {
    return Math.max(queries.height(), keys.height());
  }

  Svg draw() {
    drawLines();
    figure.bounds().include(left + HeadLineShapes.WIDTH, height());
    drawTokens();
    drawTitles(Math.min(0, figure.bounds().top()));
    new HeadLegend(figure, options.chosenLayer(), heads, colours)
        .draw(texts.ofHeads(), figure.isInteractive());
    if (lines.largest() > 0) {
      OpacityScale.draw(figure, lines.largest());
    }
    writeNotes();
    writeStyles();
    return finish();
  }

  /** Whether all lines of each query, in all colours, can be told from those of others. */
  private boolean queriesApart() {
    int shapesOfQueries = shapes.shapes(Line::query);
    return (tokensArePart || animated)
        && shapesOfQueries + keys.size() <= MOST_SHAPES
        && characters(1, shapesOfQueries) <= MOST_CHARACTERS;
  }

  /** The same of each key, which takes a second drawing of all lines. */
  private boolean keysApart() {
    int all = shapes.shapes(Line::query) + shapes.shapes(Line::key);
    return tokensArePart
        && queriesApart
        && all <= MOST_SHAPES
        && characters(2, all) <= MOST_CHARACTERS;
  }

  private int characters(int drawings, int shapes) {
    return drawings * CHARACTERS_PER_LINE * lines.all().size() + CHARACTERS_PER_SHAPE * shapes;
  }

  private void drawLines() {
    if (queriesApart) {
      shapes.drawByQuery(figure.body());
    } else {
      shapes.draw(figure.body());
    }
  }

  private void drawTokens() {
    new HeadTokens(figure, left, queries, keys, means, heads.length > 1)
        .draw(
            tokensArePart,
            animated,
            query -> {
              if (!queriesApart) {
                means.drawQuery(figure.body(), query, left, queries, keys);
              }
            },
            key -> {
              if (keysApart) {
                shapes.drawOfKey(figure.body(), key);
              } else if (tokensArePart) {
                means.drawKey(figure.body(), key, left, queries, keys);
              }
            });
  }

  private void drawTitles(double top) {
    double y = top - GAP - Figure.AXIS_TITLE_SIZE / 2;
    for (boolean query : new boolean[] {true, false}) {
      String title = figure.clean(query ? options.queryTitle() : options.keyTitle());
      figure.label(
          Label.of(title, Figure.AXIS_TITLE_SIZE, LABEL_LIMIT),
          Figure.AXIS_TITLE_SIZE,
          query
              ? TextPlacement.endAt(left - GAP, y)
              : TextPlacement.startAt(left + HeadLineShapes.WIDTH + GAP, y));
    }
  }

  private void writeNotes() {
    figure.note(lines.shown());
    lines.loss().ifPresent(figure::note);
    if (tokensArePart && !keysApart && heads.length > 1) {
      figure.note(
          "Pointing at a %s shows the mean over the heads"
              .formatted(queriesApart ? "key" : "token"));
    }
    if (lines.missing() > 0) {
      figure.note(
          lines.missing() == 1
              ? "1 weight is NaN and has no line"
              : Decimals.count(lines.missing()) + " weights are NaN and have no line");
    }
    int stride = KeyLabels.stride(queries.row());
    if (stride > 1) {
      figure.note("Every %sth token is labelled".formatted(stride));
    }
  }

  private void writeStyles() {
    if (animated) {
      figure.style(HeadParts.cycle(queries.size(), queriesApart));
    }
    if (!figure.isInteractive()) {
      return;
    }
    figure.hasParts();
    figure.style(HeadParts.highlight());
    HeadParts parts = new HeadParts();
    if (tokensArePart && queriesApart) {
      parts.isolateGroups(HeadParts.QUERIES, 'q', queries.size());
    } else if (tokensArePart) {
      parts.fadeAll(HeadParts.QUERIES);
    }
    if (tokensArePart) {
      parts.fadeAll(HeadParts.KEYS);
    }
    parts.isolateHeads(heads, colours);
    figure.style(parts.style());
  }

  private Svg finish() {
    for (int i = 0; i < heads.length; i++) {
      double[][] matrix = weights[i];
      figure.table(
          new DataTable(
              "Head " + heads[i],
              options.queryTitle(),
              options.keyTitle(),
              queryTexts,
              keyTexts,
              Matrix.of(matrix.length, matrix[0].length, (row, column) -> matrix[row][column])));
    }
    options.fact("layer", Integer.toString(options.chosenLayer()));
    options.fact("heads", texts.headNumbers());
    options.fact("block", options.block().shown());
    options.fact("mass", Decimals.shortest(options.mass(), false));
    double centre = left + HeadLineShapes.WIDTH / 2.0;
    return figure.finish("", texts.size(), null, centre, texts.finding());
  }
}
