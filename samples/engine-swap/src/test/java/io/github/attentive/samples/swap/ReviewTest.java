package io.github.attentive.samples.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.spi.EngineProvider;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The program on the engine that the profile brings, and on no other. */
class ReviewTest {
  private static final String ENGINE = System.getProperty("expected.engine");

  private static String print(String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      Review.main(arguments);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void oneEngineIsOnTheClassPath() {
    assertThat(EngineProvider.onClassPath())
        .extracting(EngineProvider::name)
        .containsExactly(ENGINE);
  }

  /** The numbers stand here once, for both engines. */
  @Test
  void theNumbersAreThoseOfEveryEngine() {
    assertThat(print(System.getProperty("small.model"), "the story was dull"))
        .isEqualTo(
            """
            label  Neutral
            score  Negative     0.3796
            score  Neutral      0.4015
            score  Positive     0.2189
            word   the          0.1459
            word   story        0.3141
            word   was          0.0918
            word   dull         0.2799
            engine %s
            """
                .formatted(ENGINE));
  }

  @Test
  void withoutAModelItSaysHowItIsCalled() {
    assertThat(print()).isEqualTo("usage: review MODEL TEXT\n");
  }
}
