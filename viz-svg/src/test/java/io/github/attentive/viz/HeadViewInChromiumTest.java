package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is seen of head and model views while a mouse points at a part of them. */
@Tag("viewers")
class HeadViewInChromiumTest {
  private static final int ROW = 24;
  private static final int FAINT = 40;
  private static final List<String> TOKENS = List.of("a", "b", "c", "d");

  /**
   * Each query looks at one key in each of two heads: at the one of its own index, and at the last.
   */
  private static final double[][][] WEIGHTS = {
    {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}},
    {{0, 0, 0, 1}, {0, 0, 0, 1}, {0, 0, 0, 1}, {0, 0, 0, 1}},
  };

  private static final Set<String> ALL =
      Set.of("000", "011", "022", "033", "103", "113", "123", "133");

  private static Chromium chromium;

  private final Svg svg = HeadView.of(WEIGHTS, TOKENS, TOKENS).render();

  @BeforeEach
  void start() {
    if (chromium == null) {
      chromium = Chromium.startOrSkip();
    }
  }

  @AfterAll
  static void end() {
    if (chromium != null) {
      chromium.close();
    }
  }

  private static void pointAt(Svg figure, double x, double y) {
    String[] box = Documents.viewBox(figure);
    chromium.moveMouse(x - Double.parseDouble(box[0]), y - Double.parseDouble(box[1]));
  }

  /** The lines that are clearly seen, as head, query and key, close to the query and to the key. */
  private Set<String> seen() {
    Raster raster = Raster.of(svg, chromium.screenshot(), 1);
    HeadColours colours = new HeadColours(2);
    Set<String> seen = new TreeSet<>();
    for (int head = 0; head < 2; head++) {
      for (int query = 0; query < 4; query++) {
        int key = head == 0 ? query : 3;
        int lane = 4 * head - 2;
        double from = ROW * query + 12 + lane;
        double to = ROW * key + 12 + lane;
        // Where the lines of this figure are apart.
        double along = 0.06;
        int pixel = raster.at(DrawnLine.left(svg) + 200 * along, from + along * (to - from));
        int ink = Raster.distance(pixel, 0xFFFFFF);
        int full = Raster.distance(colours.colour(head).rgb(), 0xFFFFFF);
        if (ink > full / 2 && ink > FAINT) {
          seen.add("" + head + query + key);
        }
      }
    }
    return seen;
  }

  @Test
  void aQueryIsIsolated() {
    chromium.open(svg);
    assertThat(seen()).isEqualTo(ALL);
    pointAt(svg, DrawnLine.left(svg) - 12, 2 * ROW + 12);
    assertThat(seen()).containsExactlyInAnyOrder("022", "123");
    pointAt(svg, DrawnLine.left(svg) - 12, 3 * ROW + 12);
    assertThat(seen()).containsExactlyInAnyOrder("033", "133");
    pointAt(svg, DrawnLine.left(svg) + 100, 2 * ROW);
    assertThat(seen()).isEqualTo(ALL);
  }

  @Test
  void aKeyIsIsolated() {
    chromium.open(svg);
    pointAt(svg, DrawnLine.left(svg) + 200 + 12, 3 * ROW + 12);
    assertThat(seen()).containsExactlyInAnyOrder("033", "103", "113", "123", "133");
    pointAt(svg, DrawnLine.left(svg) + 200 + 12, ROW + 12);
    assertThat(seen()).containsExactlyInAnyOrder("011");
  }

  @Test
  void aHeadIsIsolated() {
    chromium.open(svg);
    for (int head = 0; head < 2; head++) {
      double[] square = square(Integer.toString(head));
      pointAt(svg, square[0], square[1]);
      String shown = Integer.toString(head);
      assertThat(seen()).hasSize(4).allMatch(line -> line.startsWith(shown));
    }
  }

  private double[] square(String number) {
    return Documents.elements(svg, "text").stream()
        .filter(text -> text.getTextContent().equals(number))
        .map(
            text ->
                new double[] {
                  Double.parseDouble(text.getAttribute("x")),
                  Double.parseDouble(text.getAttribute("y"))
                })
        .findFirst()
        .orElseThrow();
  }

  /** In the order of the document: queries, keys, heads. */
  @Test
  void theTabKeyDoesTheSame() {
    chromium.open(svg);
    chromium.pressTab();
    assertThat(seen()).containsExactlyInAnyOrder("000", "103");
    chromium.pressTab();
    assertThat(seen()).containsExactlyInAnyOrder("011", "113");
    for (int i = 0; i < 4; i++) {
      chromium.pressTab();
    }
    assertThat(seen()).containsExactlyInAnyOrder("011");
    for (int i = 0; i < 4; i++) {
      chromium.pressTab();
    }
    assertThat(seen()).hasSize(4).allMatch(line -> line.startsWith("1"));
    assertThat(chromium.evaluate("document.activeElement.getAttribute('aria-label')").getAsString())
        .startsWith("head 1: strongest from");
  }

  @Test
  void printShowsAllWhateverIsPointedAt() {
    chromium.open(svg);
    pointAt(svg, DrawnLine.left(svg) - 12, 2 * ROW + 12);
    chromium.emulatePrint();
    assertThat(seen()).isEqualTo(ALL);
  }

  @Test
  void anImageIsInert() {
    String data =
        Base64.getEncoder().encodeToString(svg.toString().getBytes(StandardCharsets.UTF_8));
    chromium.openPage(
        "<!DOCTYPE html><body style=\"margin:0\"><img style=\"display:block\""
            + " src=\"data:image/svg+xml;base64,"
            + data
            + "\">",
        svg.width(),
        svg.height());
    pointAt(svg, DrawnLine.left(svg) - 12, 2 * ROW + 12);
    assertThat(seen()).isEqualTo(ALL);
  }

  /** Two of the same figure on a page, of which only the one that is pointed at changes. */
  @Test
  void figuresOnOnePageDoNotTouchEachOther() {
    chromium.openPage(
        "<!DOCTYPE html><body style=\"margin:0\"><div style=\"line-height:0\">"
            + svg
            + "</div><div style=\"line-height:0\">"
            + svg.withIdSuffix("second")
            + "</div>",
        svg.width(),
        2 * svg.height());
    String[] box = Documents.viewBox(svg);
    chromium.moveMouse(
        DrawnLine.left(svg) - 12 - Double.parseDouble(box[0]),
        svg.height() + 2 * ROW + 12 - Double.parseDouble(box[1]));
    assertThat(seen()).isEqualTo(ALL);
  }

  @Test
  void thumbnailsAreOutlinedAndTheirIndicesStandOut() {
    Svg model = ModelView.of(new double[][][][] {WEIGHTS, WEIGHTS}, TOKENS, TOKENS).render();
    ModelGrid grid = ModelGrid.of(2, 2, Matrix.of(WEIGHTS[0]));
    chromium.open(model);
    int outline = 0xD28102;
    double x = grid.x(1) + 20;
    double y =
        grid.y(1) + grid.height() + ModelFingerprints.DISTANCE + ModelFingerprints.HEIGHT + 3;
    assertThat(Raster.of(model, chromium.screenshot(), 1).at(x, y)).isNotEqualTo(outline);
    pointAt(model, grid.x(1) + 20, grid.y(1) + 20);
    assertThat(Raster.of(model, chromium.screenshot(), 1).at(x, y)).isEqualTo(outline);
    String opacities =
        "[...document.querySelectorAll('[class$=axes]>g')]"
            + ".map(e => getComputedStyle(e).opacity).join(' ')";
    assertThat(chromium.evaluate(opacities).getAsString()).isEqualTo("0.3 1 0.3 1");
    chromium.emulatePrint();
    assertThat(chromium.evaluate(opacities).getAsString()).isEqualTo("1 1 1 1");
  }

  @Test
  void animationShowsOneQueryAfterTheOther() {
    Svg moving =
        HeadView.of(WEIGHTS, TOKENS, TOKENS).style(FigureStyle.README.withAnimated(true)).render();
    chromium.open(moving);
    String opacities =
        """
        (document.getAnimations().forEach(a => { a.pause(); a.currentTime = %s; }),
        [...document.querySelectorAll('[class$=lines]>g>g')]
          .map(e => getComputedStyle(e).opacity).join(' '))
        """;
    assertThat(chromium.evaluate(opacities.formatted(0)).getAsString()).isEqualTo("1 1 1 1");
    assertThat(chromium.evaluate(opacities.formatted(1600)).getAsString())
        .isEqualTo("1 0.08 0.08 0.08");
    assertThat(chromium.evaluate(opacities.formatted(6100)).getAsString())
        .isEqualTo("0.08 0.08 0.08 1");
  }

  @Test
  void animationYieldsToTheMouse() {
    Svg moving =
        HeadView.of(WEIGHTS, TOKENS, TOKENS)
            .style(FigureStyle.INTERACTIVE.withAnimated(true))
            .render();
    chromium.open(moving);
    String animations = "document.getAnimations().length";
    assertThat(chromium.evaluate(animations).getAsInt()).isEqualTo(8);
    pointAt(moving, DrawnLine.left(moving) - 12, 2 * ROW + 12);
    assertThat(chromium.evaluate(animations).getAsInt()).isZero();
    String opacities =
        "[...document.querySelectorAll('[class$=lines]>g>g')]"
            + ".map(e => getComputedStyle(e).opacity).join(' ')";
    assertThat(chromium.evaluate(opacities).getAsString()).isEqualTo("0.08 0.08 1 0.08");
  }
}
