package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The browser does what tests of figures ask of it. */
@Tag("viewers")
class ChromiumTest {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <style>
        body {margin: 0; background: #fff}
        div {width: 50px; height: 50px; background: #f00}
        div:hover {background: #0f0}
        div:focus {background: #00f}
        @media (prefers-color-scheme: dark) {body {background: #111}}
        @media print {body {background: #eee}}
      </style>
      <div tabindex="0"></div><div tabindex="0"></div>
      """;

  private static Chromium chromium;

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

  private static int pixel(int x, int y) {
    return chromium.screenshot().getRGB(x, y) & 0xFFFFFF;
  }

  @Test
  void hoversWithTheMouse() {
    chromium.openPage(PAGE, 100, 100);
    assertThat(pixel(25, 25)).isEqualTo(0xFF0000);
    chromium.moveMouse(25, 25);
    assertThat(pixel(25, 25)).isEqualTo(0x00FF00);
    assertThat(pixel(25, 75)).isEqualTo(0xFF0000);
    chromium.moveMouse(25, 75);
    assertThat(pixel(25, 25)).isEqualTo(0xFF0000);
    assertThat(pixel(25, 75)).isEqualTo(0x00FF00);
    chromium.openPage(PAGE, 100, 100);
    assertThat(pixel(25, 75)).isEqualTo(0xFF0000);
  }

  @Test
  void movesTheFocusWithTheKeyboard() {
    chromium.openPage(PAGE, 100, 100);
    chromium.pressTab();
    assertThat(pixel(25, 25)).isEqualTo(0x0000FF);
    chromium.pressTab();
    assertThat(pixel(25, 25)).isEqualTo(0xFF0000);
    assertThat(pixel(25, 75)).isEqualTo(0x0000FF);
  }

  @Test
  void prefersLightOrDarkOrPrints() {
    chromium.openPage(PAGE, 100, 100);
    assertThat(pixel(75, 25)).isEqualTo(0xFFFFFF);
    chromium.emulateScreen(true);
    assertThat(pixel(75, 25)).isEqualTo(0x111111);
    chromium.emulatePrint();
    assertThat(pixel(75, 25)).isEqualTo(0xEEEEEE);
    chromium.emulateScreen(false);
    assertThat(pixel(75, 25)).isEqualTo(0xFFFFFF);
  }

  @Test
  void evaluatesExpressions() {
    chromium.open(Figures.goldenBars());
    assertThat(chromium.evaluate("1 + 2").getAsInt()).isEqualTo(3);
    assertThat(chromium.evaluate("Promise.resolve('a')").getAsString()).isEqualTo("a");
    assertThat(chromium.evaluate("document.documentElement.tagName").getAsString())
        .isEqualTo("svg");
    assertThat(chromium.evaluate("null").isJsonNull()).isTrue();
    assertThatThrownBy(() -> chromium.evaluate("throw Error('own')"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("own");
  }
}
