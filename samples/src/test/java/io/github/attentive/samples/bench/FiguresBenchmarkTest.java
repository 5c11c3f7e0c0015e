package io.github.attentive.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FiguresBenchmarkTest {

  @Test
  void printsALineAFigure() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      FiguresBenchmark.main(new String[] {"1"});
    } finally {
      System.setOut(before);
    }
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(5)
        .allMatch(
            line ->
                line.matches(
                    "\\{\"figure\":\"[^\"]+\",\"median_ms\":\\d+\\.\\d{3},\"min_ms\":\\d+\\.\\d{3},"
                        + "\"n\":1,\"bytes\":\\d+}"));
  }
}
