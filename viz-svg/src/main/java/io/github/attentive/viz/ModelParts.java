package io.github.attentive.viz;

/** The thumbnails of a model view as parts that can be pointed at. */
final class ModelParts {
  static final String AXES = "axes";

  private static final String THUMBNAILS = "thumbs";
  private static final String OUTLINE = "outline";
  private static final Colour COLOUR = new Colour(0xD28102);
  private static final int STROKE = 3;

  private final Figure figure;
  private final ModelGrid grid;

  ModelParts(Figure figure, ModelGrid grid) {
    this.figure = figure;
    this.grid = grid;
  }

  /** Says what a thumbnail shows. */
  @FunctionalInterface
  interface Texts {
    String at(int row, int column);
  }

  /** Lays an outline over each thumbnail, which is seen while it is pointed at. */
  void draw(int[] layers, int[] heads, Texts texts) {
    SvgWriter svg = figure.body();
    svg.open(SvgElement.GROUP)
        .setName(SvgAttribute.CLASS, THUMBNAILS)
        .set(SvgAttribute.STROKE, COLOUR)
        .set(SvgAttribute.STROKE_WIDTH, STROKE)
        .set(SvgAttribute.STROKE_OPACITY, "0")
        .set(SvgAttribute.FILL_OPACITY, "0");
    for (int row = 0; row < layers.length; row++) {
      svg.open(SvgElement.GROUP).setName(SvgAttribute.CLASS, Parts.name('l', layers[row]));
      for (int column = 0; column < heads.length; column++) {
        String text = texts.at(row, column);
        svg.open(SvgElement.GROUP)
            .set(SvgAttribute.TAB_INDEX, "0")
            .set(SvgAttribute.ROLE, "img")
            .set(SvgAttribute.LABEL, text);
        svg.open(SvgElement.TITLE).text(text).close();
        int below = ModelFingerprints.DISTANCE + ModelFingerprints.HEIGHT;
        svg.open(SvgElement.RECT)
            .setName(SvgAttribute.CLASS, OUTLINE)
            .set(SvgAttribute.X, grid.x(column) - STROKE)
            .set(SvgAttribute.Y, grid.y(row) - STROKE)
            .set(SvgAttribute.WIDTH, grid.width() + 2 * STROKE)
            .set(SvgAttribute.HEIGHT, grid.height() + below + 2 * STROKE)
            .set(SvgAttribute.FILL, COLOUR)
            .close();
        svg.close();
      }
      svg.close();
    }
    svg.close();
    figure.hasParts();
    figure.style("@media screen{" + Parts.ofChosen(OUTLINE, "{stroke-opacity:1}") + "}");
    figure.style("@media screen{" + rules(layers, heads) + "}");
  }

  /** The other layers and heads fade. */
  private static String rules(int[] layers, int[] heads) {
    StringBuilder rules = new StringBuilder(Parts.whenOneChosenOf(THUMBNAILS, "*>*"));
    rules.append(Parts.in(AXES)).append(">g{opacity:.3}");
    for (int layer : layers) {
      String name = Parts.name('l', layer);
      rules.append(Parts.whenOneChosenOf(name)).append(clear(name));
    }
    for (int column = 0; column < heads.length; column++) {
      String which = "*>:nth-child(" + (column + 1) + ")";
      rules.append(Parts.whenOneChosenOf(THUMBNAILS, which));
      rules.append(clear(Parts.name('h', heads[column])));
    }
    return rules.toString();
  }

  private static String clear(String name) {
    return Parts.in(AXES) + Parts.in(name) + "{opacity:1}";
  }
}
