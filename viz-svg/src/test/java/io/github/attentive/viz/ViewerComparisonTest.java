package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.viz.ViewerComparison.Finding;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a viewer does wrong is found; the first cell of the figure starts at (77, 49) of it. */
class ViewerComparisonTest {
  private static final Svg FIGURE = Figures.goldenHeatmap();

  /** A good viewer but for something that it does to the picture, in units of the figure. */
  private record Spoilt(String version, Consumer<Graphics2D> spoil) implements Viewer {
    @Override
    public BufferedImage render(Svg svg, double scale) {
      BufferedImage image = new Jsvg().render(svg, scale);
      Graphics2D graphics = image.createGraphics();
      graphics.scale(scale, scale);
      spoil.accept(graphics);
      graphics.dispose();
      return image;
    }
  }

  private static Finding finding(Consumer<Graphics2D> spoil) {
    Viewer spoilt = new Spoilt("spoilt", spoil);
    Viewer good = new Spoilt("good", graphics -> {});
    return new ViewerComparison(FIGURE, List.of(new Jsvg(), good, spoilt)).finding("spoilt");
  }

  private static Consumer<Graphics2D> fill(int rgb, int x, int y, int width, int height) {
    return graphics -> {
      graphics.setColor(new Color(rgb));
      graphics.fillRect(x, y, width, height);
    };
  }

  @Test
  void nothingIsFoundInAGoodViewer() {
    assertThat(finding(graphics -> {})).isEqualTo(new Finding(0, null, 0, 0, 0, "", List.of()));
  }

  @Test
  void aCellOfAnotherColourIsFound() {
    Finding finding = finding(fill(0x123456, 77, 49, 48, 48));
    assertThat(finding.colourDifference()).isGreaterThan(100);
    assertThat(finding.strongShare()).isGreaterThan(0.01);
  }

  @Test
  void textThatIsMissingIsFound() {
    assertThat(finding(fill(0xFFFFFF, 40, 60, 28, 28)).textsWithoutInk()).containsExactly("not");
  }

  @Test
  void inkWhereNothingShouldBeIsFound() {
    Finding finding = finding(fill(0x445566, 4, 4, 3, 3));
    assertThat(finding.strayPixels()).isEqualTo(36);
    assertThat(finding.firstStray()).isEqualTo("4, 4");
  }

  @Test
  void blackIsFoundInAFigureWithoutBlack() {
    Svg bars = Figures.goldenBars();
    Viewer spoilt = new Spoilt("spoilt", fill(0, 4, 4, 3, 3));
    List<Viewer> viewers = List.of(new Jsvg(), spoilt);
    assertThat(new ViewerComparison(bars, viewers).finding("spoilt").blackPixels()).isEqualTo(36);
  }

  /** Four full cells, the arrows of the colour bar and the bar itself, frames and ticks. */
  @Test
  void everyCellIsSampled() {
    List<SamplePoint> samples = SamplePoint.of(FIGURE);
    assertThat(samples).hasSizeGreaterThan(20);
    assertThat(samples)
        .filteredOn(
            sample -> sample.x() > 0 && sample.x() < 144 && sample.y() > 0 && sample.y() < 96)
        .hasSizeGreaterThanOrEqualTo(5)
        .allMatch(sample -> sample.colour().isPresent());
  }
}
