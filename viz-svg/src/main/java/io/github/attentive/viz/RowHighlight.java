package io.github.attentive.viz;

/**
 * Brings out the row of a figure that is pointed at or has the focus, by a veil over the others.
 *
 * <p>Each row gets a tooltip, too. To be drawn last, over everything in the rows.
 */
final class RowHighlight {
  private static final String ROWS = "rows";
  private static final String ROW = "row";

  private final Figure figure;

  private RowHighlight(Figure figure) {
    this.figure = figure;
  }

  /** Starts; add rows from the top and {@link #close} then. */
  static RowHighlight open(Figure figure) {
    SvgWriter svg = figure.body().open(SvgElement.GROUP);
    if (figure.isInteractive()) {
      svg.setName(SvgAttribute.CLASS, ROWS);
      figure.hasParts();
      figure.style(css());
    }
    return new RowHighlight(figure);
  }

  /** Adds a row with what is to be known of it, in words without refused characters. */
  void add(String words, double x, double y, double width, double height) {
    SvgWriter svg = figure.body().open(SvgElement.GROUP);
    if (figure.isInteractive()) {
      svg.setName(SvgAttribute.CLASS, ROW)
          .set(SvgAttribute.TAB_INDEX, 0)
          .set(SvgAttribute.ROLE, "img")
          .set(SvgAttribute.LABEL, words);
    }
    svg.open(SvgElement.TITLE).text(words).close();
    svg.open(SvgElement.RECT)
        .set(SvgAttribute.X, x)
        .set(SvgAttribute.Y, y)
        .set(SvgAttribute.WIDTH, width)
        .set(SvgAttribute.HEIGHT, height)
        .setName(SvgAttribute.CLASS, Page.GROUND_CLASS)
        .set(SvgAttribute.FILL, figure.page().ground())
        .set(SvgAttribute.FILL_OPACITY, 0)
        .close();
    svg.close();
  }

  void close() {
    figure.body().close();
  }

  private static String css() {
    String veil = " ." + SvgWriter.prefixed(Page.GROUND_CLASS);
    String rows = Page.selector(ROWS);
    String row = rows + " ." + SvgWriter.prefixed(ROW);
    return "@media screen{"
        + (rows + ":hover" + veil + "," + rows + ":focus-within" + veil)
        + "{fill-opacity:.75}"
        + (row + ":hover" + veil + "," + row + ":focus" + veil)
        + "{fill-opacity:0}}";
  }
}
