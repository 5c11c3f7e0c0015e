package io.github.attentive.samples.cli;

import static io.github.attentive.samples.cli.CommandRun.done;
import static io.github.attentive.samples.cli.CommandRun.json;
import static io.github.attentive.samples.cli.CommandRun.lines;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnginesCommandTest {

  @Test
  void bothAreListedWithVersionDevicesAndAbilities() {
    List<String> lines = lines(done("engines").out());
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .matches("pytorch  2\\.7\\.1 \\(DJL 0\\.35\\.1\\)  cpu.*  opens .*train.*");
    assertThat(lines.get(1))
        .matches("tensorflow  2\\.16\\.1 \\(DJL 0\\.35\\.1\\)  cpu.*  opens .*exports savedmodel");
  }

  @Test
  void jsonHasTheSame() throws IOException {
    List<Json> engines = json("engines");
    assertThat(engines.stream().map(engine -> engine.at("name").string()))
        .containsExactly("pytorch", "tensorflow");
    for (Json engine : engines) {
      assertThat(engine.names()).containsExactly("name", "version", "devices", "abilities");
      assertThat(engine.at("devices").strings()).contains("cpu");
      assertThat(engine.at("abilities").strings()).isNotEmpty();
    }
  }
}
