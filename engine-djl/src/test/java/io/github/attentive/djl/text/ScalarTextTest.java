package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarTextTest {
  @Test
  void countsCodePointsBefore() {
    ScalarText text = new ScalarText("\uD83D\uDC4D\uD83C\uDFFD great");
    assertThat(text.span(0, 2)).isEqualTo(new ScalarText.Span(0, 4));
    assertThat(text.span(3, 8)).isEqualTo(new ScalarText.Span(5, 10));
    assertThat(text.span(2, 8)).isEqualTo(new ScalarText.Span(5, 10));
  }

  @Test
  void replacesLoneSurrogatesOneByOne() {
    ScalarText text = new ScalarText("\uDC4D\uD83D a\uD83D\uDC4D\uD83D");
    assertThat(text.scalars()).isEqualTo("\uFFFD\uFFFD a\uD83D\uDC4D\uFFFD");
    assertThat(text.span(3, 6)).isEqualTo(new ScalarText.Span(3, 7));
    assertThat(new ScalarText("\uD83D").span(0, 1)).isEqualTo(new ScalarText.Span(0, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 4, 1, 2", // " a \u00A0"
    "2, 4, 4, 4", // white space alone leaves its end
    "1, 1, 1, 1",
    "-3, 99, 1, 2",
    "3, 1, 3, 3",
  })
  void trimsAndStaysInside(int start, int end, int expectedStart, int expectedEnd) {
    assertThat(new ScalarText(" a \u00A0").span(start, end))
        .isEqualTo(new ScalarText.Span(expectedStart, expectedEnd));
  }
}
