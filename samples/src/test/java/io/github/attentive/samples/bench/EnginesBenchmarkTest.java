package io.github.attentive.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.djl.SharedFixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginesBenchmarkTest {
  @TempDir Path folder;

  private String print(String repeat) throws IOException {
    String keras = SharedFixtures.path("keras/b_100/model.keras").toString();
    RandomCheckpoint.write(RandomCheckpoint.Size.tiny, folder);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      EnginesBenchmark.main(new String[] {folder.toString(), keras, "1", repeat, "0"});
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void printsALineAFigure() throws IOException {
    assertThat(print("7").lines())
        .hasSize(3)
        .allMatch(
            line ->
                line.matches(
                    "\\{\"figure\":\"[^\"]+/threads1\",\"pytorch_ms\":%1$s,\"tensorflow_ms\":%1$s,\"ratio\":%1$s,\"n\":7}"
                        .formatted("\\d+\\.\\d{3,4}")));
  }

  @Test
  void fewerTurnsAreNoFigure() {
    assertThatThrownBy(() -> print("6"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("REPEAT: expected at least 7, got 6");
  }
}
