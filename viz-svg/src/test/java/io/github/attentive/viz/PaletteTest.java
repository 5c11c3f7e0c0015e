package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PaletteTest {
  private static List<String> colours(Palette palette) {
    return IntStream.range(0, Palette.ENTRIES).mapToObj(i -> palette.entry(i).hex()).toList();
  }

  /** The digests of the 256 colours that matplotlib 3.11.2 writes, joined by line feeds. */
  @ParameterizedTest
  @CsvSource({
    "VIRIDIS, 602746583665d90d",
    "MAGMA, fec2027ef7a8db69",
    "INFERNO, e2e232a5e745782b",
    "PLASMA, a9506d9b4709b8ee",
    "CIVIDIS, a6bca316a920eb39",
    "YL_OR_RD, a13bd11c92c91545",
    "BLUES, 47ae1ffd2709e976",
    "RD_BU, f14327076f4ba4d2",
    "GREYS, acbe517720b0b28c"
  })
  void coloursAreMatplotlibs(Palette palette, String digest) throws Exception {
    byte[] bytes = String.join("\n", colours(palette)).getBytes(StandardCharsets.US_ASCII);
    byte[] actual = MessageDigest.getInstance("SHA-256").digest(bytes);
    assertThat(HexFormat.of().formatHex(actual, 0, 8)).isEqualTo(digest);
  }

  @ParameterizedTest
  @CsvSource({
    "VIRIDIS, viridis, false",
    "MAGMA, magma, false",
    "YL_OR_RD, YlOrRd, false",
    "BLUES, Blues, false",
    "RD_BU, RdBu_r, true"
  })
  void coloursAreThoseOfTheFixtures(Palette palette, String name, boolean reversed)
      throws IOException {
    String json = Files.readString(SharedFixtures.path("png/figures.json"));
    Matcher table =
        Pattern.compile("\"" + name + "\":\\s*\\[([^]]*)]")
            .matcher(json.substring(json.indexOf("\"colormaps\"")));
    assertThat(table.find()).isTrue();
    List<String> expected =
        Pattern.compile("#[0-9a-f]{6}")
            .matcher(table.group(1))
            .results()
            .map(found -> found.group())
            .collect(java.util.stream.Collectors.toList());
    if (reversed) {
      Collections.reverse(expected);
    }
    assertThat(colours(palette)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Palette.class)
  void textIsReadableOnEveryColour(Palette palette) {
    for (int i = 0; i < Palette.ENTRIES; i++) {
      Colour ground = palette.entry(i);
      assertThat(ground.contrast(ground.readableText())).isGreaterThanOrEqualTo(4.5);
    }
  }

  @ParameterizedTest
  @EnumSource(Palette.class)
  void aGradientIsWithinThreeStepsOfTheTable(Palette palette) {
    int step = ColourBar.GRADIENT_STEP;
    assertThat(255 % step).isZero();
    for (int i = 0; i < Palette.ENTRIES; i++) {
      Colour low = palette.entry(i - i % step);
      Colour high = palette.entry(Math.min(255, i - i % step + step));
      for (int shift = 0; shift <= 16; shift += 8) {
        double a = low.rgb() >> shift & 0xFF;
        double b = high.rgb() >> shift & 0xFF;
        double mixed = a + (b - a) * (i % step) / step;
        double expected = palette.entry(i).rgb() >> shift & 0xFF;
        assertThat(Math.abs(mixed - expected)).as(palette + " " + i).isLessThanOrEqualTo(3);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Palette.class)
  void parsesItsIdInAnyCase(Palette palette) {
    assertThat(Palette.parse(palette.id())).isSameAs(palette);
    assertThat(Palette.parse(palette.id().toUpperCase(Locale.ROOT))).isSameAs(palette);
  }

  @Test
  void listsTheNamesOfAllIfOneIsUnknown() {
    assertThatThrownBy(() -> Palette.parse("jet"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "palette: expected one of viridis, magma, inferno, plasma, cividis, YlOrRd, Blues,"
                + " RdBu, Greys, got 'jet'");
  }

  @Test
  void barColoursAreSeenOnWhiteAndOnTheDarkPage() {
    Colour dark = new Colour(0x0D1117);
    for (Colour colour : List.of(BarsView.POSITIVE, BarsView.NEGATIVE)) {
      assertThat(colour.contrast(Colour.WHITE)).isGreaterThanOrEqualTo(3);
      assertThat(colour.contrast(dark)).isGreaterThanOrEqualTo(3);
    }
  }

  /** The numbers are those of the WCAG definition. */
  @Test
  void contrastIsWcags() {
    assertThat(Colour.BLACK.contrast(Colour.WHITE)).isEqualTo(21);
    assertThat(new Colour(0x777777).contrast(Colour.WHITE)).isBetween(4.47, 4.49);
  }
}
