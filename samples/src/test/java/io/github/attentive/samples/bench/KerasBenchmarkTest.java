package io.github.attentive.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KerasBenchmarkTest {

  @Test
  void printsALineAFigure() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      KerasBenchmark.main(new String[] {"1", "3", "1"});
    } finally {
      System.setOut(before);
    }
    String time = "\\d+\\.\\d{4}";
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .allMatch(
            line ->
                line.matches(
                    "\\{\"figure\":\"[^\"]+\",\"median_ms\":%s,\"min_ms\":%s,\"max_ms\":%s,\"n\":[13]}"
                        .replace("%s", time)));
  }
}
