package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.InvalidInputException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeatmapScaleTest {
  private static List<String> fills(Svg svg) {
    return Documents.elements(svg, "rect").stream()
        .filter(rect -> rect.getElementsByTagName("title").getLength() == 1)
        .map(rect -> rect.getAttribute("fill"))
        .toList();
  }

  private static List<String> texts(Svg svg) {
    return Documents.texts(svg, "text");
  }

  private static long arrows(Svg svg) {
    return Documents.elements(svg, "path").stream()
        .filter(path -> path.getAttribute("fill").startsWith("#"))
        .count();
  }

  private static List<String> entries(Palette palette, int... indices) {
    return IntStream.of(indices).mapToObj(index -> palette.entry(index).hex()).toList();
  }

  @Test
  void powersOfTenAreEvenlyFarApart() {
    Svg svg =
        Heatmap.of(new double[][] {{1e-8, 1e-6, 1e-4, 1e-2, 1}}).norm(Norm.LOGARITHMIC).render();
    assertThat(fills(svg)).isEqualTo(entries(Palette.VIRIDIS, 0, 64, 128, 192, 255));
    assertThat(texts(svg)).contains("1e-6", "1e-3", "1e0", "1e-8", "0.0001", "0.01", "1");
    assertThat(arrows(svg)).isZero();
    assertThat(texts(svg)).noneMatch(text -> text.startsWith("0 and below"));
  }

  @Test
  void zeroAndBelowHaveTheLowestColourAndAnArrow() {
    Svg svg = Heatmap.of(new double[][] {{0, -3, 1e-5, 1}}).norm(Norm.LOGARITHMIC).render();
    assertThat(fills(svg)).isEqualTo(entries(Palette.VIRIDIS, 0, 0, 0, 255));
    assertThat(arrows(svg)).isOne();
    assertThat(texts(svg)).contains("0 and below have the lowest colour", "0", "-3", "1e-5");
    assertThat(svg.altText()).endsWith("0 and below have the lowest colour.");
    assertThat(Documents.texts(svg, "title")).contains("0 → 0: 0", "0 → 1: -3");
  }

  @Test
  void aLogarithmicScaleNeedsARangeAboveZero() {
    Heatmap heatmap = Heatmap.of(new double[][] {{1}}).range(0, 1).norm(Norm.LOGARITHMIC);
    assertThatThrownBy(heatmap::render)
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("heatmap range: expected a low end above 0 on a logarithmic scale, got 0.0");
    Svg svg = heatmap.range(1e-3, 1e-1).render();
    assertThat(arrows(svg)).isOne();
    assertThat(texts(svg)).contains("0.001", "0.01", "0.1");
  }

  @Test
  void aCentredScaleHasZeroInItsMiddle() {
    Svg svg = Heatmap.of(new double[][] {{-0.5, 0, 0.25, 1}}).norm(Norm.CENTRED).render();
    assertThat(fills(svg)).isEqualTo(entries(Palette.RD_BU, 64, 128, 160, 255));
    assertThat(texts(svg)).contains("-1", "0", "1");
    Svg ranged =
        Heatmap.of(new double[][] {{0}})
            .range(-1, 3)
            .norm(Norm.CENTRED)
            .palette(Palette.GREYS)
            .render();
    assertThat(fills(ranged)).isEqualTo(entries(Palette.GREYS, 128));
    assertThat(texts(ranged)).contains("-2", "2");
  }

  /** With fewer colours, too, 0 has the middle one. */
  @Test
  void zeroIsNeutralInEveryNumberOfColours() {
    ColourScale scale = new ColourScale(Palette.RD_BU, new Range(-1, 1), Norm.CENTRED);
    for (int colours : new int[] {255, 127, 63, 31, 15}) {
      int step = scale.step(0, Palette.ENTRIES) * colours / Palette.ENTRIES;
      assertThat(step).isEqualTo(colours / 2);
      assertThat(CellGrid.paletteEntry(step, colours)).isBetween(127, 128);
    }
  }

  @Test
  void aRobustRangeEndsAtThePercentilesOfNumPy() {
    double[][] matrix = {IntStream.range(0, 101).mapToDouble(i -> i).toArray()};
    matrix[0][100] = 1e6;
    assertThat(ScaleRange.robust(Matrix.of(matrix), Norm.LINEAR)).isEqualTo(new Range(2, 98));
    assertThat(ScaleRange.robust(Matrix.of(new double[][] {{1, 2, 4}}), Norm.LINEAR))
        .isEqualTo(new Range(1.04, 3.92));
    Svg svg = Heatmap.of(matrix).robustRange().render();
    assertThat(arrows(svg)).isEqualTo(2);
    assertThat(texts(svg)).contains("The colours end at the 2nd and the 98th percentile");
    Svg last = Heatmap.of(matrix).robustRange().range(0, 1e6).render();
    assertThat(texts(last)).noneMatch(text -> text.contains("percentile"));
  }

  @Test
  void everyNormHasARangeForEveryMatrix() {
    double[] extremes = {
      0, -0.0, 1, -1, 1e-300, Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, Double.NaN
    };
    for (Norm norm : Norm.values()) {
      for (double one : extremes) {
        for (double other : extremes) {
          Matrix matrix = Matrix.of(new double[][] {{one, other}});
          for (Range range :
              List.of(ScaleRange.spanning(matrix, norm), ScaleRange.robust(matrix, norm))) {
            assertThat(range.low()).as("%s %s %s", norm, one, other).isLessThan(range.high());
            assertThat(Double.isFinite(range.low()) && Double.isFinite(range.high())).isTrue();
            assertThat(norm.ticks(range, 5).labels()).doesNotHaveDuplicates().hasSizeBetween(2, 5);
          }
        }
      }
    }
  }
}
