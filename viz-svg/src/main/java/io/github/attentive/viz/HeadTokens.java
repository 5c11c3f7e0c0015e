package io.github.attentive.viz;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

/** Writes the two columns of tokens of a head view, which can be pointed at. */
final class HeadTokens {
  private static final int GAP = 8;
  private static final int PADDING = 4;

  /** How many weights a tooltip names, and how many where there are many tooltips. */
  private static final int NAMED = 3;

  private static final int NAMED_OF_MANY = 1;
  private static final int MANY = 64;

  private final Figure figure;
  private final HeadColumn queries;
  private final HeadColumn keys;
  private final HeadFans means;
  private final int left;
  private final String ofHeads;

  /**
   * Prepares columns.
   *
   * @param left where the lines between them start
   */
  HeadTokens(
      Figure figure,
      int left,
      HeadColumn queries,
      HeadColumn keys,
      HeadFans means,
      boolean severalHeads) {
    this.figure = figure;
    this.left = left;
    this.queries = queries;
    this.keys = keys;
    this.means = means;
    this.ofHeads = severalHeads ? " (head mean)" : "";
  }

  /** What belongs to a token besides its text. */
  @FunctionalInterface
  interface Extra {
    void draw(int token);
  }

  /**
   * Writes both columns.
   *
   * @param asParts whether tokens can be pointed at
   * @param animated whether queries are shown in turn
   * @param ofQuery draws what is seen only when a query's turn has come
   * @param ofKey the same for a key
   */
  void draw(boolean asParts, boolean animated, Extra ofQuery, Extra ofKey) {
    drawColumn(queries, true, asParts, animated, ofQuery);
    drawColumn(keys, false, asParts, false, ofKey);
  }

  private void drawColumn(
      HeadColumn column, boolean query, boolean asParts, boolean animated, Extra extra) {
    double x = query ? left - GAP : left + HeadLineShapes.WIDTH + GAP;
    double width = Math.ceil(column.widest());
    SvgWriter svg = figure.body();
    svg.open(SvgElement.GROUP)
        .setName(SvgAttribute.CLASS, query ? HeadParts.QUERIES : HeadParts.KEYS);
    for (int i = 0; i < column.size(); i += KeyLabels.stride(column.row())) {
      TextPlacement place = place(query, x, column.middle(i));
      if (!asParts && !animated) {
        figure.label(column.label(i), Figure.LABEL_SIZE, place);
        continue;
      }
      svg.open(SvgElement.GROUP);
      if (query) {
        svg.setName(SvgAttribute.CLASS, Parts.name('q', i));
      }
      if (asParts) {
        String text = query ? queryText(i) : keyText(i);
        svg.set(SvgAttribute.TAB_INDEX, "0")
            .set(SvgAttribute.ROLE, "img")
            .set(SvgAttribute.LABEL, text);
        svg.open(SvgElement.TITLE).text(text).close();
      }
      svg.open(SvgElement.RECT)
          .setName(SvgAttribute.CLASS, HeadParts.HIGHLIGHT)
          .set(SvgAttribute.X, query ? x - width - PADDING : x - PADDING)
          .set(SvgAttribute.Y, column.middle(i) - column.row() / 2)
          .set(SvgAttribute.WIDTH, width + 2 * PADDING)
          .set(SvgAttribute.HEIGHT, column.row())
          .set(SvgAttribute.FILL, HeadFans.COLOUR)
          .set(SvgAttribute.FILL_OPACITY, "0")
          .close();
      if (asParts) {
        figure.text(column.label(i).shown(), Figure.LABEL_SIZE, place);
      } else {
        figure.label(column.label(i), Figure.LABEL_SIZE, place);
      }
      extra.draw(i);
      svg.close();
    }
    svg.close();
    figure.bounds().include(query ? x - width - PADDING : x + width + PADDING, 0);
    for (HeadColumn.Caption caption : column.captions()) {
      figure.text(caption.text(), Figure.NOTE_SIZE, place(query, x, caption.middle()));
    }
  }

  private static TextPlacement place(boolean query, double x, double y) {
    return query ? TextPlacement.endAt(x, y) : TextPlacement.startAt(x, y);
  }

  private String queryText(int query) {
    return "query “%s”: looks most at %s"
        .formatted(
            queries.label(query).full(),
            named(means.keysOf(query), keys, key -> means.mean(query, key)));
  }

  private String keyText(int key) {
    return "key “%s”: looked at most by %s"
        .formatted(
            keys.label(key).full(),
            named(means.queriesOf(key), queries, query -> means.mean(query, key)));
  }

  private String named(List<Integer> indices, HeadColumn column, IntToDoubleFunction weight) {
    if (indices.isEmpty()) {
      return "nothing";
    }
    return indices.stream()
            .limit(queries.size() + keys.size() > 2 * MANY ? NAMED_OF_MANY : NAMED)
            .map(
                i ->
                    "“%s” %s"
                        .formatted(
                            column.label(i).shown(), Decimals.significant(weight.applyAsDouble(i))))
            .collect(Collectors.joining(", "))
        + ofHeads;
  }
}
