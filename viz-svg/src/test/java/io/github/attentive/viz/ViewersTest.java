package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of figure looks the same in four viewers that share no code. */
@Tag("viewers")
class ViewersTest {
  private static final Map<String, Svg> FIGURES = Figures.goldens();
  private static final List<Viewer> VIEWERS = new ArrayList<>();

  static Iterable<String> figures() {
    return FIGURES.keySet();
  }

  @BeforeAll
  static void start() {
    VIEWERS.add(new Jsvg());
    VIEWERS.add(Librsvg.findOrSkip());
    VIEWERS.add(Batik.findOrSkip());
    VIEWERS.add(Chromium.startOrSkip());
  }

  @AfterAll
  static void end() {
    VIEWERS.forEach(Viewer::close);
    VIEWERS.clear();
  }

  @ParameterizedTest
  @MethodSource("figures")
  void looksTheSameInAll(String name) throws Exception {
    ViewerComparison comparison = new ViewerComparison(FIGURES.get(name), VIEWERS);
    System.err.println(name + " " + comparison.sampleCount() + comparison.sizes());
    for (Viewer viewer : VIEWERS) {
      javax.imageio.ImageIO.write(
          viewer.render(FIGURES.get(name), 2),
          "png",
          new java.io.File("/tmp/v-" + name + "-" + viewer.getClass().getSimpleName() + ".png"));
      System.err.println(viewer.version() + " " + comparison.finding(viewer.version()));
    }
    assertThat(comparison.sampleCount()).isPositive();
  }
}
