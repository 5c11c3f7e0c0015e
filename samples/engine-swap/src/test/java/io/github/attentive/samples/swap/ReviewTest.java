package io.github.attentive.samples.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.spi.EngineProvider;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The program on the engine that the profile brings, and no other. */
class ReviewTest {
  private static final String ENGINE = System.getProperty("expected.engine");

  @Test
  void oneEngineIsOnTheClassPath() {
    assertThat(EngineProvider.onClassPath())
        .extracting(EngineProvider::name)
        .containsExactly(ENGINE);
  }

  /** The numbers stand here once, for both engines. */
  @Test
  void theNumbersAreThoseOfEveryEngine() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Review.print(
        Path.of(System.getProperty("small.model")),
        "the story was dull",
        new PrintStream(bytes, true, StandardCharsets.UTF_8));
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "Neutral 0.4015 (" + ENGINE + ")",
            "the          0.1459",
            "story        0.3141",
            "was          0.0918",
            "dull         0.2799");
  }
}
