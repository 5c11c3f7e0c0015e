package io.github.attentive.viz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The sheet a view draws on: it knows the page's colours and fonts, grows with what is drawn, and
 * finishes the document with title, description and style.
 *
 * <p>Views put their data at the origin and everything else around it, on either side; the view box
 * is what all of it needs. So no estimate made before drawing can clip anything.
 */
final class Figure {
  static final double TITLE_SIZE = 16;
  static final double AXIS_TITLE_SIZE = 13;
  static final double LABEL_SIZE = 12;
  static final double NOTE_SIZE = 11;

  /** The room of a label on an axis; what is longer ends in an ellipsis. */
  static final double LABEL_LIMIT = 200;

  private static final double TITLE_LIMIT = 640;

  /** How much wider bold text of Verdana's metrics is. */
  private static final double BOLD = 1.2;

  private static final int MARGIN = 12;
  private static final int NOTE_GAP = 8;

  private final FigureBuilder<?> options;
  private final Page page;
  private final SvgWriter body = new SvgWriter();
  private final SvgWriter definitions = new SvgWriter();
  private final Bounds bounds = new Bounds();
  private final List<String> notes = new ArrayList<>();
  private final List<String> styles = new ArrayList<>();
  private final List<DataTable> tables = new ArrayList<>();
  private final String view;
  private long refused;
  private double smallestText = TITLE_SIZE;
  private boolean hasParts;

  /**
   * Starts a figure.
   *
   * @param view what its data call it
   * @param options what all builders have in common
   */
  Figure(String view, FigureBuilder<?> options) {
    this.view = view;
    this.options = options;
    this.page = Page.of(options.style().theme());
  }

  /** Takes a text of the caller in: what is refused is replaced and counted. */
  String clean(String text) {
    refused += XmlText.countRefused(text);
    return XmlText.clean(text);
  }

  List<String> clean(List<String> texts) {
    return texts.stream().map(this::clean).toList();
  }

  /** Labels of tokens: readable, their raw text in the tooltip. */
  List<Label> tokenLabels(List<String> tokens, double limit) {
    List<String> clean = clean(tokens);
    List<String> readable = TokenLabels.readable(tokens).stream().map(XmlText::clean).toList();
    return IntStream.range(0, clean.size())
        .mapToObj(i -> Label.of(clean.get(i), readable.get(i), LABEL_SIZE, limit))
        .toList();
  }

  /** The colours of the page, for shapes that go with it and not with the data. */
  Page page() {
    return page;
  }

  /** Whether to write what brings out a part of the figure that is pointed at. */
  boolean isInteractive() {
    return options.style().interactive();
  }

  /** Whether to write what shows the parts one after the other. */
  boolean isAnimated() {
    return options.style().animated();
  }

  /**
   * Says that there are parts which can be reached with the Tab key, so that the figure is not one
   * picture for a screen reader.
   */
  void hasParts() {
    hasParts = true;
  }

  /**
   * Adds a style sheet after that of the page, in an element of its own: viewers that do not
   * understand a rule may skip the one behind it.
   *
   * @param css constant but for {@link SvgWriter#PREFIX}; every selector begins with the root's
   *     class
   */
  void style(String css) {
    styles.add(css);
  }

  /** Adds numbers to the figure's data. */
  void table(DataTable table) {
    tables.add(table);
  }

  /** Where the view's own shapes go; tell {@link #bounds()} about them. */
  SvgWriter body() {
    return body;
  }

  /** Where patterns and gradients go. */
  SvgWriter definitions() {
    return definitions;
  }

  Bounds bounds() {
    return bounds;
  }

  /** Writes a line of text in the page's own colour. */
  void text(String text, double fontSize, TextPlacement placement) {
    bounds.include(placement, TextMetrics.width(text, fontSize), fontSize);
    startText(fontSize, placement)
        .setName(SvgAttribute.CLASS, Page.INK_CLASS)
        .set(SvgAttribute.FILL, page.ink())
        .text(text)
        .close();
  }

  /** Writes a label; if it is shortened, its whole text is the tooltip. */
  void label(Label label, double fontSize, TextPlacement placement) {
    if (label.isAltered()) {
      body.open(SvgElement.GROUP).open(SvgElement.TITLE).text(label.full()).close();
      text(label.shown(), fontSize, placement);
      body.close();
    } else {
      text(label.shown(), fontSize, placement);
    }
  }

  /** Writes a label in bold; if it is shortened, its whole text is the tooltip. */
  void strongLabel(Label label, TextPlacement placement) {
    double width = TextMetrics.width(label.shown(), LABEL_SIZE) * BOLD;
    bounds.include(placement, width, LABEL_SIZE);
    if (label.isAltered()) {
      body.open(SvgElement.GROUP).open(SvgElement.TITLE).text(label.full()).close();
    }
    startText(LABEL_SIZE, placement)
        .set(SvgAttribute.FONT_WEIGHT, "bold")
        .setName(SvgAttribute.CLASS, Page.INK_CLASS)
        .set(SvgAttribute.FILL, page.ink())
        .text(label.shown())
        .close();
    if (label.isAltered()) {
      body.close();
    }
  }

  /** Writes text on a cell, in a colour that goes with the cell's and not with the page's. */
  void textOn(Colour ground, String text, double fontSize, TextPlacement placement) {
    startText(fontSize, placement).set(SvgAttribute.FILL, ground.readableText()).text(text).close();
  }

  private SvgWriter startText(double fontSize, TextPlacement placement) {
    smallestText = Math.min(smallestText, fontSize);
    body.open(SvgElement.TEXT);
    if (placement.degrees() == 0) {
      body.set(SvgAttribute.X, placement.x()).set(SvgAttribute.Y, placement.y());
    } else {
      StringBuilder transform = new StringBuilder("translate(");
      Decimals.coordinate(placement.x(), transform);
      transform.append(' ');
      Decimals.coordinate(placement.y(), transform);
      transform.append(") rotate(").append(placement.degrees()).append(')');
      body.set(SvgAttribute.TRANSFORM, transform.toString());
    }
    // Viewers disagree about dominant-baseline; all of them understand dy.
    body.set(SvgAttribute.DY, ".35em");
    if (placement.anchor() != TextPlacement.Anchor.START) {
      body.set(SvgAttribute.TEXT_ANCHOR, placement.anchor().xmlName());
    }
    if (fontSize != LABEL_SIZE) {
      body.set(SvgAttribute.FONT_SIZE, fontSize);
    }
    return body;
  }

  /** Draws lines one unit thick in the page's own colour. */
  void rule(PathData path) {
    body.open(SvgElement.PATH)
        .set(SvgAttribute.PATH_DATA, path.toString())
        .setName(SvgAttribute.CLASS, Page.RULE_CLASS)
        .set(SvgAttribute.FILL, "none")
        .set(SvgAttribute.STROKE, page.rule())
        .set(SvgAttribute.SHAPE_RENDERING, "crispEdges")
        .close();
  }

  /** Draws a line just outside a box. */
  void frame(double x, double y, double width, double height) {
    bounds.include(x - 1, y - 1);
    bounds.include(x + width + 1, y + height + 1);
    rule(new PathData().rectangle(x - 0.5, y - 0.5, width + 1, height + 1));
  }

  /** Writes the title over all that is drawn. */
  void title(String clean, double middle) {
    Label label = Label.of(clean, TITLE_SIZE, TITLE_LIMIT);
    label(label, TITLE_SIZE, TextPlacement.middleAt(middle, bounds.top() - 8 - TITLE_SIZE / 2));
  }

  /** Says in the figure and in its description what a reader could not see otherwise. */
  void note(String note) {
    notes.add(note);
  }

  /** The middle of the next line under all that is drawn, for a legend or a note. */
  double nextLine() {
    return bounds.bottom() + NOTE_GAP + NOTE_SIZE / 2;
  }

  /**
   * Finishes the document.
   *
   * @param title one sentence without refused characters
   * @param dataTitle the same as the caller gave it
   * @param finding what can be seen, in sentences without refused characters
   */
  private Svg finish(String title, String dataTitle, String finding) {
    for (String note : notes) {
      text(note, NOTE_SIZE, TextPlacement.startAt(0, nextLine()));
    }
    int left = (int) Math.floor(bounds.left()) - MARGIN;
    int top = (int) Math.floor(bounds.top()) - MARGIN;
    int width = (int) Math.ceil(bounds.right()) + MARGIN - left;
    int height = (int) Math.ceil(bounds.bottom()) + MARGIN - top;
    PrintSize print = PrintSize.of(options.style().medium(), width, smallestText);
    String description = describe(finding + print.warning());
    FigureData data = new FigureData(view, dataTitle, options.facts(), notes, tables);

    SvgWriter svg = new SvgWriter();
    svg.open(SvgElement.SVG)
        .set(SvgAttribute.XMLNS, "http://www.w3.org/2000/svg")
        .setRootClass()
        .set(SvgAttribute.ROLE, hasParts ? "graphics-document" : "img")
        .setNames(SvgAttribute.LABELLED_BY, "title", "description")
        .set(SvgAttribute.WIDTH, print.length(width))
        .set(SvgAttribute.HEIGHT, print.length(height))
        .set(SvgAttribute.VIEW_BOX, left + " " + top + " " + width + " " + height)
        .set(SvgAttribute.FONT_FAMILY, TextMetrics.FONT_FAMILY)
        .set(SvgAttribute.FONT_SIZE, LABEL_SIZE)
        .set(SvgAttribute.XML_SPACE, "preserve");
    svg.open(SvgElement.TITLE).setName(SvgAttribute.ID, "title").text(title).close();
    svg.open(SvgElement.DESC).setName(SvgAttribute.ID, "description").text(description).close();
    if (options.style().selfDescribing()) {
      svg.metadata(data);
    }
    page.style().ifPresent(svg::style);
    styles.forEach(svg::style);
    if (!definitions.isEmpty()) {
      svg.open(SvgElement.DEFS).append(definitions).close();
    }
    svg.open(SvgElement.RECT)
        .set(SvgAttribute.X, left)
        .set(SvgAttribute.Y, top)
        .set(SvgAttribute.WIDTH, width)
        .set(SvgAttribute.HEIGHT, height)
        .setName(SvgAttribute.CLASS, Page.GROUND_CLASS)
        .set(SvgAttribute.FILL, page.ground())
        .close();
    svg.append(body).close();
    return new Svg(svg.toString(), width, height, oneLine(title + ". " + description), data);
  }

  private String describe(String finding) {
    StringBuilder description = new StringBuilder(finding);
    for (String note : notes) {
      description.append(' ').append(note).append('.');
    }
    if (refused > 0) {
      description
          .append(' ')
          .append(refused)
          .append(refused == 1 ? " character is" : " characters are")
          .append(" shown as U+FFFD.");
    }
    return description.toString();
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ').replace('\r', ' ').replace('\t', ' ');
  }

  /**
   * Finishes with what every figure says of itself: its title, or else its kind and size, and a
   * description that starts with the caller's own and ends with the finding.
   *
   * @param title of the figure where the caller gives none, or none
   */
  Svg finish(String kind, String size, @Nullable String title, double centre, String finding) {
    String description = options.description();
    String own = description == null ? "" : clean(description) + ' ';
    String given = options.title() == null ? title : options.title();
    if (given == null) {
      return finish(kind + size, kind + size, own + finding);
    }
    String clean = clean(given);
    title(clean, centre);
    return finish(clean, given, own + size + ". " + finding);
  }
}
