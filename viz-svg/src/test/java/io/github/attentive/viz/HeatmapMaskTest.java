package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.InvalidInputException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeatmapMaskTest {
  private static final int NO_VALUE_GROUND = 0xFFFFFF;
  private static final int MASKED_GROUND = 0xE3E7EB;

  private static List<String> texts(Svg svg) {
    return Documents.texts(svg, "text");
  }

  @Test
  void refusesAMaskThatDoesNotFit() {
    Heatmap heatmap = Heatmap.of(new double[2][3]);
    assertThatThrownBy(() -> heatmap.mask(new boolean[3][3]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("heatmap mask: expected 2 rows as the matrix has, got 3");
    assertThatThrownBy(() -> heatmap.mask(new boolean[][] {{true, true, true}, {true}}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("heatmap mask row 1: expected 3 columns as the matrix has, got 1");
  }

  @Test
  void maskedCellsHaveNoPartInAnything() {
    Svg svg = Figures.masks();
    assertThat(svg.altText())
        .isEqualTo(
            "Heatmap of 3 queries by 3 keys. Weights from 0 to 0.75; the highest is from “so” to"
                + " “so”. 1 cell without a value. 3 cells are masked.");
    assertThat(texts(svg)).contains("0.40", "0.00", "0.75", "0.25", "0.50").doesNotContain("0.90");
    assertThat(Documents.texts(svg, "title"))
        .contains("not → so: masked", "so → not: 0", "bad → so: no value");
  }

  @Test
  void legendNamesWhatOccurs() {
    Heatmap heatmap = Heatmap.of(new double[][] {{1, 2}});
    assertThat(texts(heatmap.render())).doesNotContain("masked", "no value (NaN)");
    assertThat(texts(heatmap.mask(new boolean[1][2]).render())).doesNotContain("masked");
    Svg masked = heatmap.mask(new boolean[][] {{true, false}}).render();
    assertThat(texts(masked)).contains("masked").doesNotContain("no value (NaN)");
    assertThat(texts(Figures.masks())).contains("masked", "no value (NaN)");
    // A later mask replaces an earlier one, and a masked NaN is masked.
    assertThat(heatmap.mask(new boolean[1][2]).render().altText()).doesNotContain("masked");
    Svg both =
        Heatmap.of(new double[][] {{Double.NaN, 1}}).mask(new boolean[][] {{true, false}}).render();
    assertThat(texts(both)).contains("masked").doesNotContain("no value (NaN)");
  }

  @Test
  void everythingMaskedIsAFigure() {
    Svg svg = Heatmap.of(new double[1][1]).mask(new boolean[][] {{true}}).render();
    assertThat(svg.altText()).isEqualTo("Heatmap of 1 query by 1 key. 1 cell is masked.");
  }

  /** Cells, paths and image: a mask, a 0 and a missing value never look alike. */
  @ParameterizedTest
  @ValueSource(ints = {6, 60, 300})
  void maskZeroAndMissingLookDifferent(int size) {
    double[][] matrix = Figures.noise(size, size, 3);
    boolean[][] mask = new boolean[size][size];
    int third = size / 3;
    for (int row = 0; row < third; row++) {
      Arrays.fill(matrix[row], 0, third, 0);
      Arrays.fill(matrix[row], third, 2 * third, Double.NaN);
      Arrays.fill(mask[row], 2 * third, size, true);
    }
    Svg svg = Heatmap.of(matrix).mask(mask).cellValues(CellValues.HIDDEN).render();
    assertThat(Documents.elements(svg, "image")).hasSize(size == 300 ? 1 : 0);
    assertThat(texts(svg)).contains("masked", "no value (NaN)");
    Raster raster = Raster.of(svg, 1);
    int cell = size == 6 ? 48 : size == 60 ? 14 : 2;
    Set<Integer> zero = colours(raster, 0, third * cell);
    Set<Integer> missing = colours(raster, third * cell, 2 * third * cell);
    Set<Integer> masked = colours(raster, 2 * third * cell, size * cell);
    assertThat(zero).containsExactly(Palette.VIRIDIS.entry(0).rgb());
    assertThat(missing)
        .contains(NO_VALUE_GROUND)
        .doesNotContain(MASKED_GROUND)
        .hasSizeGreaterThan(1);
    assertThat(masked)
        .contains(MASKED_GROUND)
        .doesNotContain(NO_VALUE_GROUND)
        .hasSizeGreaterThan(1);
  }

  private static Set<Integer> colours(Raster raster, int left, int right) {
    Set<Integer> colours = new HashSet<>();
    for (int y = 2; y < 30; y++) {
      for (int x = left + 1; x < right - 1; x++) {
        colours.add(raster.at(x + 0.5, y + 0.5));
      }
    }
    return colours;
  }

  @Test
  void aCausalMaskOfManyCellsCostsNoColours() {
    Svg svg = Heatmap.of(Figures.attention(512, 512, 3)).mask(Figures.causal(512, 512)).render();
    assertThat(svg.toString()).hasSizeLessThan(200_000);
    assertThat(svg.altText()).doesNotContain("Shown");
  }
}
