package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.viz.ViewerComparison.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kind of figure looks the same in four viewers that share no code.
 *
 * <p>If all of them are there and agree, the table in {@code VIEWERS.md} is written anew.
 */
@Tag("viewers")
class ViewersTest {
  /** Of a channel, at points where nothing is smoothed; gradients and mixing are rounded. */
  private static final int COLOUR_TOLERANCE = 2;

  /** Hatches and oblique lines consist of smoothed edges only, which one viewer draws thinner. */
  private static final double STRONG_TOLERANCE = 0.005;

  private static final Map<String, Svg> FIGURES = Figures.goldens();
  private static final List<Viewer> VIEWERS = new ArrayList<>();
  private static final List<String> VERSIONS = new ArrayList<>();
  private static final List<String> ROWS = new ArrayList<>();

  static Iterable<String> figures() {
    return FIGURES.keySet();
  }

  @BeforeEach
  void start() {
    if (VIEWERS.isEmpty()) {
      VIEWERS.addAll(
          List.of(new Jsvg(), Librsvg.findOrSkip(), Batik.findOrSkip(), Chromium.startOrSkip()));
      VIEWERS.forEach(viewer -> VERSIONS.add(viewer.version()));
    }
  }

  @AfterAll
  static void end() {
    VIEWERS.forEach(Viewer::close);
    if (ROWS.size() == FIGURES.size()) {
      String head = "| figure | points | " + String.join(" | ", VERSIONS) + " |\n";
      String rule = "|---|--:|" + "--:|".repeat(VERSIONS.size()) + "\n";
      MeasuredTables.replace("viewers", head + rule + String.join("\n", ROWS));
    }
  }

  @ParameterizedTest
  @MethodSource("figures")
  void looksTheSameInAll(String name) {
    ViewerComparison comparison = new ViewerComparison(FIGURES.get(name), VIEWERS);
    assertThat(comparison.sizes()).hasSize(1);
    assertThat(comparison.sampleCount()).isPositive();
    StringBuilder row = new StringBuilder("| " + name + " | " + comparison.sampleCount() + " |");
    for (String version : VERSIONS) {
      Finding finding = comparison.finding(version);
      assertThat(finding.colourDifference())
          .as("%s: colours of %s", version, finding)
          .isLessThanOrEqualTo(COLOUR_TOLERANCE);
      assertThat(finding.strongShare())
          .as("%s: share of pixels of %s", version, finding)
          .isLessThanOrEqualTo(STRONG_TOLERANCE);
      assertThat(finding.blackPixels()).as("%s: black in %s", version, finding).isZero();
      assertThat(finding.strayPixels()).as("%s: stray ink in %s", version, finding).isZero();
      assertThat(finding.textsWithoutInk()).as("%s: missing in %s", version, finding).isEmpty();
      row.append(
          " %s %%, %s |"
              .formatted(
                  Decimals.fixed(100 * finding.strongShare(), 2, 0), finding.colourDifference()));
    }
    ROWS.add(row.toString());
  }

  /** The comparison notices what it is for: Batik paints colours that it does not know black. */
  @Test
  void aColourThatOneViewerDoesNotKnowIsFound() {
    Svg bars = Figures.goldenBars();
    String xml = bars.toString();
    String known = "fill=\"" + BarsView.NEGATIVE.hex() + "\"";
    assertThat(xml).contains(known);
    Svg strange =
        new Svg(
            xml.replace(known, "fill=\"rgba(200,96,45,1)\""),
            bars.width(),
            bars.height(),
            "",
            bars.data());
    ViewerComparison comparison = new ViewerComparison(strange, VIEWERS);
    for (String version : VERSIONS) {
      Finding finding = comparison.finding(version);
      boolean batik = version.startsWith("Batik");
      assertThat(finding.blackPixels() > 0).as("%s: %s", version, finding).isEqualTo(batik);
      assertThat(finding.colourDifference() > 40).as("%s: %s", version, finding).isEqualTo(batik);
    }
  }

  /** Cells of one colour look like one area, at whatever zoom: no page shines between them. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1.33, 2})
  void cellsHaveNoSeams(double scale) {
    Svg svg = Heatmap.of(Figures.constant(20, 20, 0.5)).cellValues(CellValues.HIDDEN).render();
    int size = 20 * 33;
    for (Viewer viewer : VIEWERS) {
      Raster raster = Raster.of(svg, viewer.render(svg, scale), scale);
      int expected = raster.at(size / 2.0 + 5, size / 2.0 + 5);
      int off = 0;
      for (double y = 2; y < size - 2; y += 1 / scale) {
        for (double x = 2; x < size - 2; x += 1 / scale) {
          if (Raster.distance(raster.at(x, y), expected) > COLOUR_TOLERANCE) {
            off++;
          }
        }
      }
      assertThat(off).as("%s at %s", viewer.version(), scale).isZero();
    }
  }
}
