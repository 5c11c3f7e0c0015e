package io.github.attentive.samples.cli;

import static io.github.attentive.samples.cli.CommandRun.lines;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir private static Path folder;

  private static FakeEngineRun fake;

  @BeforeAll
  static void start() throws IOException {
    fake = new FakeEngineRun(folder);
  }

  @AfterAll
  static void stop() throws IOException {
    fake.close();
  }

  @Test
  void aHealthyModelIsALineAFindingAndZero() throws IOException {
    List<String> lines = lines(fake.done("doctor", "--model", fake.model("plain")));
    assertThat(lines)
        .hasSizeGreaterThan(5)
        .last()
        .asString()
        .matches("healthy: \\d+ checks, 0 warnings");
    assertThat(lines.subList(0, lines.size() - 1)).allMatch(line -> line.startsWith("ok       "));
    assertThat(lines.get(0))
        .startsWith("ok       engine: 'fake' opens it: ")
        .contains("attention layers: 1, heads: 1");
    assertThat(lines)
        .contains("ok       repetition: the same text gets the same scores to the last bit");
    assertThat(lines(fake.done("doctor", "--model", fake.model("plain")))).isEqualTo(lines);
  }

  @Test
  void warningsAreStillHealthyAndHaveTheirRemedyBelow() throws IOException {
    List<String> lines = lines(fake.done("doctor", "--model", fake.model("warned")));
    assertThat(lines.subList(0, 2))
        .containsExactly(
            "warning  labels: das Schöne hat keinen Namen; 名前 👍",
            "           add \"id2label\"; then try again");
    assertThat(lines).last().asString().matches("healthy: \\d+ checks, 1 warning");
  }

  @Test
  void aProblemIsOne() throws IOException {
    CommandRun run = fake.of("doctor", "--model", fake.model("sick"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    assertThat(lines(run.out()))
        .startsWith("problem  weights: they are gone")
        .last()
        .isEqualTo("1 problem, 0 warnings");
  }

  @Test
  void jsonIsOneObject() throws IOException {
    String model = fake.model("warned");
    List<Json> results = fake.json("doctor", "--model", model);
    assertThat(results).hasSize(1);
    Json result = results.get(0);
    assertThat(result.names()).containsExactly("model", "healthy", "findings");
    assertThat(result.at("model").string()).isEqualTo(model);
    assertThat(result.at("healthy").bool()).isTrue();
    Json first = result.at("findings").list().get(0);
    assertThat(first.names()).containsExactly("severity", "subject", "text", "remedy");
    assertThat(first.at("severity").string()).isEqualTo("warning");
    assertThat(first.at("subject").string()).isEqualTo("labels");
    assertThat(first.at("text").string()).isEqualTo("das Schöne hat keinen Namen\n名前 👍");
    assertThat(first.at("remedy").string()).isEqualTo("add \"id2label\"\r\nthen try again");
    Json second = result.at("findings").list().get(1);
    assertThat(second.at("severity").string()).isEqualTo("ok");
    assertThat(second.at("remedy").isNull()).isTrue();

    CommandRun run = fake.of("doctor", "--format", "json", "--model", fake.model("sick"));
    assertThat(run.code()).isEqualTo(1);
    Json sick = Json.parse(lines(run.out()).get(0));
    assertThat(sick.at("healthy").bool()).isFalse();
    assertThat(sick.at("findings").list().get(0).at("severity").string()).isEqualTo("problem");
  }

  @Test
  void everyKindOfModelIsHealthy() throws IOException {
    for (String kind : List.of("multi", "regression", "outputs", "unpaired")) {
      assertThat(fake.done("doctor", "--model", fake.model(kind))).contains("\nhealthy: ");
    }
  }

  @Test
  void trainedModelsAreHealthyUntilAFileIsDamaged() throws IOException {
    for (String recipe : List.of("keras-attention", "keras-pooling")) {
      String model = CommandRun.train(folder.resolve(recipe), recipe, "--threads", "1");
      CommandRun run = CommandRun.done("doctor", "--model", model);
      assertThat(run.out())
          .startsWith("ok       configuration: attentive-keras")
          .contains("\nok       vocabulary: ", "\nok       attention: ")
          .endsWith(" checks, 0 warnings\n");
      assertThat(run.err()).isEmpty();
      for (String file : List.of("config.json", "model.safetensors", "vocabulary.txt")) {
        byte[] content = Files.readAllBytes(Path.of(model, file));
        Files.writeString(Path.of(model, file), "{\n\"broken");
        CommandRun damaged = CommandRun.of("doctor", "--model", model);
        assertThat(damaged.code()).as(file).isEqualTo(1);
        assertThat(damaged.err()).isEmpty();
        assertThat(lines(damaged.out()))
            .filteredOn(line -> line.startsWith("problem  "))
            .singleElement()
            .asString()
            .contains(file);
        assertThat(lines(damaged.out())).last().isEqualTo("1 problem, 0 warnings");
        Files.write(Path.of(model, file), content);
      }
    }
  }
}
