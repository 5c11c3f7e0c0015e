package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** How matrices of many cells are drawn: faithfully where that is small, else as announced. */
class ManyCellsTest {
  private static final int MOST_CHARACTERS = 200_000;

  private static List<String> texts(Svg svg) {
    return Documents.texts(svg, "text");
  }

  private static String note(Svg svg) {
    return texts(svg).stream().filter(text -> text.startsWith("Shown")).findFirst().orElse("");
  }

  private static int images(Svg svg) {
    return Documents.elements(svg, "image").size();
  }

  private static int colour(Palette palette, double share, int colours) {
    int step = Math.min(255, (int) (share * 256)) * colours / 256;
    return palette.entry(CellGrid.paletteEntry(step, colours)).rgb();
  }

  @Test
  void representationFollowsTheNumberOfCellsAndOfColourChanges() {
    assertThat(images(Heatmap.of(Figures.noise(40, 40, 1)).render())).isZero();
    Svg paths = Heatmap.of(Figures.noise(90, 90, 1)).render();
    assertThat(images(paths)).isZero();
    assertThat(Documents.elements(paths, "rect").size()).isLessThan(10);
    assertThat(images(Heatmap.of(Figures.noise(100, 100, 1)).render())).isOne();
    assertThat(images(Heatmap.of(Figures.constant(600, 600, 1)).render())).isZero();
  }

  @Test
  void attentionKeepsAllColours() {
    Svg svg = Heatmap.of(Figures.attention(512, 512, 1)).render();
    assertThat(svg.toString()).hasSizeLessThan(80_000);
    assertThat(note(svg)).isEmpty();
    assertThat(svg.altText()).doesNotContain("Shown");
  }

  @Test
  void noiseHasFewerColoursAndSaysSo() {
    Svg svg = Heatmap.of(Figures.noise(512, 512, 1)).render();
    assertThat(svg.toString()).hasSizeLessThan(MOST_CHARACTERS);
    assertThat(note(svg)).isEqualTo("Shown in 15 colours");
    assertThat(svg.altText()).contains("Shown in 15 colours.");
  }

  @Test
  void noMatrixIsTooRestlessToStore() {
    Svg svg = Heatmap.of(Figures.noise(2048, 2048, 1)).render();
    assertThat(svg.toString()).hasSizeLessThan(210_000);
    assertThat(note(svg)).matches("Shown in \\d+ colours, the highest of each (\\d+) × \\1 cells");
  }

  @Test
  void imagesAreNoLongerThanViewersTake() {
    Svg svg = Heatmap.of(Figures.noise(1, 20_000, 1)).render();
    assertThat(note(svg)).isEqualTo("Shown in blocks, the highest of each 2 × 2 cells");
    assertThat(Documents.elements(svg, "image").get(0).getAttribute("width")).isEqualTo("20000");
    assertThat(Documents.elements(svg, "clipPath")).hasSize(1);
  }

  /** Neither a hatch in every other cell nor rows that differ by one step break the budget. */
  @Test
  void noKindOfMatrixIsTooLarge() {
    Random random = new Random(3);
    int size = 512;
    double[][] holes = Figures.noise(size, size, 1);
    boolean[][] mask = new boolean[size][size];
    double[][] smooth = new double[size][size];
    double[][] checks = new double[size][size];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        int kind = random.nextInt(3);
        holes[row][column] = kind == 0 ? Double.NaN : holes[row][column];
        mask[row][column] = kind == 1;
        smooth[row][column] = Math.sin(row * 0.02) * Math.cos(column * 0.03);
        checks[row][column] = (row + column) % 2;
      }
    }
    for (Heatmap heatmap :
        List.of(
            Heatmap.of(holes),
            Heatmap.of(holes).mask(mask),
            Heatmap.of(smooth),
            Heatmap.of(checks),
            Heatmap.of(Figures.noise(size, size, 2)).norm(Norm.LOGARITHMIC))) {
      assertThat(heatmap.render().toString()).hasSizeLessThan(MOST_CHARACTERS);
    }
    assertThat(note(Heatmap.of(smooth).render())).isEmpty();
    assertThat(note(Heatmap.of(checks).render())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "90, 70"})
  void pathsShowTheSameColoursAsCells(int rows, int columns) {
    double[][] matrix = Figures.noise(rows, columns, 4);
    Svg svg = Heatmap.of(matrix).range(0, 1).render();
    assertThat(images(svg)).isZero();
    assertThat(note(svg)).isEmpty();
    assertColours(svg, matrix, 256, 1);
  }

  @ParameterizedTest
  @CsvSource({"120, 110, 256", "300, 300, 256", "512, 512, 15"})
  void imagesShowTheSameColoursAsCells(int rows, int columns, int colours) {
    double[][] matrix = Figures.noise(rows, columns, 4);
    Svg svg = Heatmap.of(matrix).range(0, 1).render();
    assertThat(images(svg)).isOne();
    assertThat(note(svg)).isEqualTo(colours == 256 ? "" : "Shown in " + colours + " colours");
    assertColours(svg, matrix, colours, 1);
  }

  @Test
  void pooledBlocksShowTheirHighestValueToTheLastRowAndColumn() {
    double[][] matrix = Figures.noise(703, 901, 4);
    Svg svg = Heatmap.of(matrix).range(0, 1).render();
    String note = note(svg);
    int colours = Integer.parseInt(note.replaceAll(".* in (\\d+) colours.*", "$1"));
    int block = Integer.parseInt(note.replaceAll(".*each (\\d+) .*", "$1"));
    assertThat(block).isEqualTo(2);
    assertColours(svg, matrix, colours, block);
    Raster raster = Raster.of(svg, 1);
    assertThat(raster.at(902.5, 350)).isEqualTo(0xFFFFFF);
    assertThat(raster.at(450, 704.5)).isEqualTo(0xFFFFFF);
  }

  private static void assertColours(Svg svg, double[][] matrix, int colours, int block) {
    Raster raster = Raster.of(svg, 1);
    double width = extent(svg, 'h') / matrix[0].length;
    double height = extent(svg, 'v') / matrix.length;
    for (int row = 0; row < matrix.length; row++) {
      for (int column = 0; column < matrix[0].length; column++) {
        double highest = 0;
        int top = row - row % block;
        int left = column - column % block;
        for (int y = top; y < Math.min(matrix.length, top + block); y++) {
          for (int x = left; x < Math.min(matrix[0].length, left + block); x++) {
            highest = Math.max(highest, matrix[y][x]);
          }
        }
        int colour = raster.at((column + 0.5) * width, (row + 0.5) * height);
        if (colour != colour(Palette.VIRIDIS, highest, colours)) {
          assertThat(colour)
              .as("row %s, column %s", row, column)
              .isEqualTo(colour(Palette.VIRIDIS, highest, colours));
        }
      }
    }
  }

  /** The width or height of all cells, from the frame around them. */
  private static double extent(Svg svg, char direction) {
    String frame =
        Documents.elements(svg, "path").stream()
            .filter(path -> path.getAttribute("class").endsWith("-rule"))
            .findFirst()
            .orElseThrow()
            .getAttribute("d");
    return Double.parseDouble(frame.replaceAll(".*?" + direction + "(\\d+).*", "$1")) - 1;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1.33, 2})
  void imagesOfOneColourHaveNoSeams(double scale) {
    double[][] matrix = Figures.noise(200, 150, 4);
    for (int row = 50; row < 100; row++) {
      Arrays.fill(matrix[row], 0.3);
    }
    Svg svg = Heatmap.of(matrix).range(0, 1).render();
    assertThat(images(svg)).isOne();
    Raster raster = Raster.of(svg, scale);
    double cell = extent(svg, 'v') / 200;
    int expected = colour(Palette.VIRIDIS, 0.3, 256);
    for (double y = 50 * cell + 1; y < 100 * cell - 1; y += 1 / scale) {
      for (double x = 1; x < 150 * cell - 1; x += 1 / scale) {
        assertThat(Raster.distance(raster.at(x, y), expected)).isLessThanOrEqualTo(2);
      }
    }
  }

  @Test
  void imagesAreWrittenForAllViewers() {
    Element image =
        Documents.elements(Heatmap.of(Figures.noise(200, 200, 4)).render(), "image").get(0);
    assertThat(image.hasAttribute("href")).isFalse();
    assertThat(image.getAttributeNS("http://www.w3.org/1999/xlink", "href"))
        .startsWith("data:image/png;base64,");
    assertThat(image.getAttribute("image-rendering")).isEqualTo("optimizeSpeed");
    assertThat(image.getAttribute("preserveAspectRatio")).isEqualTo("none");
  }

  /** A column of the image is four pixels, so that a viewer that blurs smears little of it. */
  @Test
  void imagesAreEnlargedInTheFile() throws IOException {
    Element image =
        Documents.elements(Heatmap.of(Figures.noise(150, 150, 4)).render(), "image").get(0);
    byte[] png = Base64.getDecoder().decode(image.getAttribute("xlink:href").split(",")[1]);
    assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(600);
  }

  @Test
  void mostNumbersAreDrawnOverPaths() {
    Svg svg =
        Heatmap.of(Figures.attention(40, 40, 1)).cellValues(CellValues.SHOWN).range(0, 1).render();
    assertThat(texts(svg)).filteredOn(text -> text.matches("0\\.\\d+")).hasSizeGreaterThan(1599);
    assertThat(
            Documents.elements(svg, "path").size()
                + Documents.elements(svg, "rect").size()
                + texts(svg).size())
        .isLessThan(2_000);
    // The test renderer stops at 2,000, too.
    Raster.of(svg, 1);
    Raster.of(
        Heatmap.of(Figures.noise(1, 849, 1)).cellValues(CellValues.SHOWN).range(0, 1).render(), 1);
  }
}
