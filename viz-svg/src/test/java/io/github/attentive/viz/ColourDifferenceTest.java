package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColourDifferenceTest {
  private static final Colour DARK_PAGE = new Colour(0x0D1117);

  private static List<Colour> colours(String hexadecimal) {
    return Arrays.stream(hexadecimal.split(" "))
        .map(hex -> new Colour(Integer.parseInt(hex.substring(1), 16)))
        .toList();
  }

  /** The 34 pairs of Sharma, Wu and Dalal 2005, table 1, to the four decimals it gives. */
  @ParameterizedTest
  @CsvSource({
    "50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425",
    "50, 3.1571, -77.2803, 50, 0, -82.7485, 2.8615",
    "50, 2.8361, -74.0200, 50, 0, -82.7485, 3.4412",
    "50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0000",
    "50, -1.1848, -84.8006, 50, 0, -82.7485, 1.0000",
    "50, -0.9009, -85.5211, 50, 0, -82.7485, 1.0000",
    "50, 0, 0, 50, -1, 2, 2.3669",
    "50, -1, 2, 50, 0, 0, 2.3669",
    "50, 2.4900, -0.0010, 50, -2.4900, 0.0009, 7.1792",
    "50, 2.4900, -0.0010, 50, -2.4900, 0.0010, 7.1792",
    "50, 2.4900, -0.0010, 50, -2.4900, 0.0011, 7.2195",
    "50, 2.4900, -0.0010, 50, -2.4900, 0.0012, 7.2195",
    "50, -0.0010, 2.4900, 50, 0.0009, -2.4900, 4.8045",
    "50, -0.0010, 2.4900, 50, 0.0010, -2.4900, 4.8045",
    "50, -0.0010, 2.4900, 50, 0.0011, -2.4900, 4.7461",
    "50, 2.5, 0, 50, 0, -2.5, 4.3065",
    "50, 2.5, 0, 73, 25, -18, 27.1492",
    "50, 2.5, 0, 61, -5, 29, 22.8977",
    "50, 2.5, 0, 56, -27, -3, 31.9030",
    "50, 2.5, 0, 58, 24, 15, 19.4535",
    "50, 2.5, 0, 50, 3.1736, 0.5854, 1.0000",
    "50, 2.5, 0, 50, 3.2972, 0, 1.0000",
    "50, 2.5, 0, 50, 1.8634, 0.5757, 1.0000",
    "50, 2.5, 0, 50, 3.2592, 0.3350, 1.0000",
    "60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644",
    "63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.2630",
    "61.2901, 3.7196, -5.3901, 61.4292, 2.2480, -4.9620, 1.8731",
    "35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645",
    "22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373",
    "36.4612, 47.8580, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146",
    "90.8027, -2.0831, 1.4410, 91.1528, -1.6435, 0.0447, 1.4441",
    "90.9257, -0.5406, -0.9208, 88.6381, -0.8985, -0.7239, 1.5381",
    "6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377",
    "2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082"
  })
  void isTheOneThatIsPublished(
      double l1, double a1, double b1, double l2, double a2, double b2, double expected) {
    double[] first = {l1, a1, b1};
    double[] second = {l2, a2, b2};
    assertThat(ColourDifference.between(first, second)).isCloseTo(expected, within(5.1e-5));
    assertThat(ColourDifference.between(second, first)).isCloseTo(expected, within(5.1e-5));
  }

  /** A row of each matrix sums to 1: who lacks a kind of cone still sees white as white. */
  @Test
  void greysLookTheSameToEveryone() {
    for (ColourVision vision : ColourVision.values()) {
      for (int level = 0; level <= 255; level += 15) {
        Colour grey = new Colour(level << 16 | level << 8 | level);
        double[] seen = vision.seen(grey);
        double[] normal = ColourVision.NORMAL.seen(grey);
        for (int i = 0; i < 3; i++) {
          assertThat(seen[i]).as(vision + " " + level).isCloseTo(normal[i], within(2e-6));
        }
      }
    }
  }

  @Test
  void whiteIsTheWhiteOfLab() {
    double[] lab = ColourDifference.lab(new double[] {1, 1, 1});
    assertThat(lab[0]).isCloseTo(100, within(1e-4));
    assertThat(lab[1]).isCloseTo(0, within(0.01));
    assertThat(lab[2]).isCloseTo(0, within(0.01));
  }

  /** Colours for heads: seen on white and on the dark page, told apart by everyone. */
  @ParameterizedTest
  @CsvSource({
    "14.8, #d28102 #45a1ad #8239c4 #615e75 #8d9888 #b04b05 #b36efe #387055",
    "10.7, #b85f49 #695b70 #a48f9c #717872 #909c0c #a56ea7 #77987b #8a514e #1c7501 #61599c"
        + " #4696f9 #6452fe"
  })
  void palettesOfHeadsAreAsFarApartAsStated(double worst, String hexadecimal) {
    List<Colour> palette = colours(hexadecimal);
    assertThat(ColourDifference.worstPair(palette)).isCloseTo(worst, within(0.05));
    for (Colour colour : palette) {
      assertThat(colour.contrast(Colour.WHITE)).as(colour.hex()).isGreaterThanOrEqualTo(3);
      assertThat(colour.contrast(DARK_PAGE)).as(colour.hex()).isGreaterThanOrEqualTo(3);
    }
  }

  /** What other palettes come to, by the same measure. */
  @ParameterizedTest
  @CsvSource({
    "NORMAL, 16.2",
    "PROTANOPIA, 1.3",
    "DEUTERANOPIA, 3.3",
    "TRITANOPIA, 9.5",
  })
  void category10IsNoPaletteForHeads(ColourVision vision, double worst) {
    List<Colour> category10 =
        colours("#1f77b4 #ff7f0e #2ca02c #d62728 #9467bd #8c564b #e377c2 #7f7f7f #bcbd22 #17becf");
    assertThat(ColourDifference.worstPair(category10, vision)).isCloseTo(worst, within(0.05));
  }
}
