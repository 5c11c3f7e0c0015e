package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadColoursTest {
  private static final Colour DARK_PAGE = new Colour(0x0D1117);

  private static List<Colour> palette(int heads, int count) {
    HeadColours colours = new HeadColours(heads);
    return IntStream.range(0, count).mapToObj(colours::colour).toList();
  }

  /** The numbers that the class documents. */
  @ParameterizedTest
  @CsvSource({"8, 8, 14.8", "12, 12, 10.7"})
  void coloursAreAsFarApartAsStated(int heads, int count, double worst) {
    assertThat(ColourDifference.worstPair(palette(heads, count))).isCloseTo(worst, within(0.05));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 12})
  void coloursAreSeenOnEitherPage(int heads) {
    for (Colour colour : palette(heads, heads)) {
      assertThat(colour.contrast(Colour.WHITE)).isGreaterThanOrEqualTo(3);
      assertThat(colour.contrast(DARK_PAGE)).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void coloursOfNoHeadAreSeenOnEitherPage() {
    for (Colour colour : List.of(HeadFans.COLOUR, BarsView.POSITIVE)) {
      assertThat(colour.contrast(Colour.WHITE)).isGreaterThanOrEqualTo(3);
      assertThat(colour.contrast(DARK_PAGE)).isGreaterThanOrEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 9, 12, 16, 24, 32, 64, 96, 200})
  void noTwoHeadsShareColourAndDashes(int heads) {
    HeadColours colours = new HeadColours(heads);
    Set<String> seen = new HashSet<>();
    for (int head = 0; head < heads; head++) {
      assertThat(seen.add(colours.colour(head).hex() + " " + colours.dashes(head))).isTrue();
    }
  }

  @Test
  void eightHeadsAreSolidAndMoreHaveDashesToo() {
    HeadColours eight = new HeadColours(8);
    HeadColours nine = new HeadColours(9);
    for (int head = 0; head < 8; head++) {
      assertThat(eight.dashes(head)).isEmpty();
      assertThat(nine.dashes(head)).isEmpty();
    }
    assertThat(nine.dashes(8)).matches("\\d+ \\d+");
    assertThat(nine.dashes(0)).isNotEqualTo(nine.dashes(8));
  }

  /** Hard case 8: the weakest line is seen on either page, and hardly less without one cone. */
  @ParameterizedTest
  @ValueSource(ints = {8, 12})
  void everyOpacityIsSeenOnEitherPage(int heads) {
    for (int level = 0; level <= HeadLines.LEVELS; level++) {
      double opacity = Double.parseDouble(HeadLines.opacity(level));
      for (Colour colour : palette(heads, heads)) {
        for (Colour page : List.of(Colour.WHITE, DARK_PAGE)) {
          for (ColourVision vision : ColourVision.values()) {
            Colour drawn = mixed(colour, page, opacity);
            assertThat(ColourDifference.between(drawn, page, vision))
                .as("%s at %s on %s, %s", colour.hex(), opacity, page.hex(), vision)
                .isGreaterThanOrEqualTo(vision == ColourVision.NORMAL ? 2 : 1.8);
          }
        }
      }
    }
  }

  private static Colour mixed(Colour over, Colour under, double opacity) {
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double channel =
          (over.rgb() >> shift & 0xFF) * opacity + (under.rgb() >> shift & 0xFF) * (1 - opacity);
      rgb |= (int) Math.round(channel) << shift;
    }
    return new Colour(rgb);
  }
}
