package io.github.attentive.viz;

import java.util.ArrayList;
import java.util.List;
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
  private static final int MARGIN = 12;
  private static final int NOTE_GAP = 8;

  private static final Colour PAGE = Colour.WHITE;
  private static final Colour INK = new Colour(0x1F2328);

  private static final Colour RULE = new Colour(0x57606A);

  private static final String PAGE_CLASS = "page";
  private static final String INK_CLASS = "ink";
  private static final String RULE_CLASS = "rule";

  private static final String DARK =
      "@media (prefers-color-scheme:dark){"
          + (darkRule(PAGE_CLASS) + "{fill:#0d1117}")
          + (darkRule(INK_CLASS) + "{fill:#e6edf3}")
          + (darkRule(RULE_CLASS) + "{stroke:#8b949e}")
          + "}";

  private final SvgWriter body = new SvgWriter();
  private final SvgWriter definitions = new SvgWriter();
  private final Bounds bounds = new Bounds();
  private final List<String> notes = new ArrayList<>();
  private long refused;

  /**
   * Selects a class below the root's. Simple viewers that do not know media queries do not know
   * such selectors either, and so stay with the light colours.
   */
  private static String darkRule(String name) {
    return "." + SvgWriter.PREFIX + " ." + SvgWriter.prefixed(name);
  }

  /** Takes a text of the caller in: what is refused is replaced and counted. */
  String clean(String text) {
    refused += XmlText.countRefused(text);
    return XmlText.clean(text);
  }

  List<String> clean(List<String> texts) {
    return texts.stream().map(this::clean).toList();
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
        .setName(SvgAttribute.CLASS, INK_CLASS)
        .set(SvgAttribute.FILL, INK)
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

  /** Writes text on a cell, in a colour that goes with the cell's and not with the page's. */
  void textOn(Colour ground, String text, double fontSize, TextPlacement placement) {
    startText(fontSize, placement).set(SvgAttribute.FILL, ground.readableText()).text(text).close();
  }

  private SvgWriter startText(double fontSize, TextPlacement placement) {
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
        .setName(SvgAttribute.CLASS, RULE_CLASS)
        .set(SvgAttribute.FILL, "none")
        .set(SvgAttribute.STROKE, RULE)
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
   * @param finding what can be seen, in sentences without refused characters
   */
  Svg finish(String title, String finding) {
    for (String note : notes) {
      text(note, NOTE_SIZE, TextPlacement.startAt(0, nextLine()));
    }
    int left = (int) Math.floor(bounds.left()) - MARGIN;
    int top = (int) Math.floor(bounds.top()) - MARGIN;
    int width = (int) Math.ceil(bounds.right()) + MARGIN - left;
    int height = (int) Math.ceil(bounds.bottom()) + MARGIN - top;
    String description = describe(finding);

    SvgWriter svg = new SvgWriter();
    svg.open(SvgElement.SVG)
        .set(SvgAttribute.XMLNS, "http://www.w3.org/2000/svg")
        .setRootClass()
        .set(SvgAttribute.ROLE, "img")
        .setNames(SvgAttribute.LABELLED_BY, "title", "description")
        .set(SvgAttribute.WIDTH, width)
        .set(SvgAttribute.HEIGHT, height)
        .set(SvgAttribute.VIEW_BOX, left + " " + top + " " + width + " " + height)
        .set(SvgAttribute.FONT_FAMILY, TextMetrics.FONT_FAMILY)
        .set(SvgAttribute.FONT_SIZE, LABEL_SIZE)
        .set(SvgAttribute.XML_SPACE, "preserve");
    svg.open(SvgElement.TITLE).setName(SvgAttribute.ID, "title").text(title).close();
    svg.open(SvgElement.DESC).setName(SvgAttribute.ID, "description").text(description).close();
    svg.style(DARK);
    if (!definitions.isEmpty()) {
      svg.open(SvgElement.DEFS).append(definitions).close();
    }
    svg.open(SvgElement.RECT)
        .set(SvgAttribute.X, left)
        .set(SvgAttribute.Y, top)
        .set(SvgAttribute.WIDTH, width)
        .set(SvgAttribute.HEIGHT, height)
        .setName(SvgAttribute.CLASS, PAGE_CLASS)
        .set(SvgAttribute.FILL, PAGE)
        .close();
    svg.append(body).close();
    return new Svg(svg.toString(), width, height, oneLine(title + ". " + description));
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
   */
  Svg finish(
      String kind,
      String size,
      @Nullable String title,
      double centre,
      @Nullable String description,
      String finding) {
    String own = description == null ? "" : clean(description) + ' ';
    if (title == null) {
      return finish(kind + size, own + finding);
    }
    String clean = clean(title);
    title(clean, centre);
    return finish(clean, own + size + ". " + finding);
  }
}
