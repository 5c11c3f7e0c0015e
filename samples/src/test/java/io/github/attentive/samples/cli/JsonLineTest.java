package io.github.attentive.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonLineTest {
  private static final int RANDOM_FLOATS = 50_000;
  private static final int SMALLEST_FLOATS = 5_000;

  private static String object(JsonLine.Body fields) {
    return JsonLine.of(
        json -> {
          json.writeStartObject();
          fields.write(json);
          json.writeEndObject();
        });
  }

  private static String written(float value) {
    String object = object(json -> JsonLine.floats(json, "v", new float[] {value}));
    assertThat(object).startsWith("{\"v\":[").endsWith("]}");
    return object.substring(6, object.length() - 2);
  }

  /** Reads back as the same bits, and no decimal with fewer digits does. */
  private static void assertShortest(float value) {
    String text = written(value);
    assertThat(Float.floatToIntBits(Float.parseFloat(text)))
        .as(text)
        .isEqualTo(Float.floatToIntBits(value));
    int digits = Math.max(1, new BigDecimal(text).stripTrailingZeros().precision());
    for (RoundingMode mode : new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
      if (digits > 1) {
        BigDecimal shorter = new BigDecimal(value).round(new MathContext(digits - 1, mode));
        assertThat(shorter.floatValue()).as("%s for %s", shorter, text).isNotEqualTo(value);
      }
    }
  }

  @Test
  void randomFloatsAreShortestAndReadBackTheSame() {
    SplittableRandom random = new SplittableRandom(20_26);
    for (int i = 0; i < RANDOM_FLOATS; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        assertShortest(value);
      }
      assertShortest((float) random.nextDouble());
    }
  }

  @Test
  void powersOfTwoAndTheirNeighboursAreShortest() {
    for (int exponent = Float.MIN_EXPONENT - 23; exponent <= Float.MAX_EXPONENT; exponent++) {
      float power = (float) Math.scalb(1.0, exponent);
      assertShortest(power);
      assertShortest(Math.nextUp(power));
      assertShortest(-Math.nextDown(power));
    }
  }

  @Test
  void subnormalFloatsAreShortest() {
    for (int bits = 0; bits < SMALLEST_FLOATS; bits++) {
      assertShortest(Float.intBitsToFloat(bits));
    }
    assertThat(written(Float.MIN_VALUE)).isEqualTo("1E-45");
    assertShortest(Math.nextDown(Float.MIN_NORMAL));
    assertShortest(Float.MAX_VALUE);
  }

  @Test
  void ordinaryNumbersLookOrdinary() {
    assertThat(written(0f)).isEqualTo("0.0");
    assertThat(written(1f)).isEqualTo("1.0");
    assertThat(written(0.1f)).isEqualTo("0.1");
    assertThat(written(0.07f)).isEqualTo("0.07");
  }

  @Test
  void fieldsAreAsShortAsArrays() {
    assertThat(object(json -> json.writeNumberField("v", 3 * Float.MIN_VALUE)))
        .isEqualTo("{\"v\":4E-45}");
  }

  @Test
  void stringsStayOnOneLineAndSurviveUtf8() throws IOException {
    String hostile = "a\nb\r\u2028\u2029\0\"\\\u001b\ud83c\udfac\ud800x\udc00\u00e9";
    String line = object(json -> json.writeStringField("s", hostile));
    assertThat(line).doesNotContain("\n").doesNotContain("\r");
    assertThat(line.chars())
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    assertThat(Json.parse(line).at("s").string()).isEqualTo(hostile);
  }
}
