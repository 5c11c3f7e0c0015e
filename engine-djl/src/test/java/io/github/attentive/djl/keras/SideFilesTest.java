package io.github.attentive.djl.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.LoadOptions;
import io.github.attentive.djl.runtime.ModelDirectory;
import io.github.attentive.djl.runtime.PortableModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What is written beside an exported model is what its graph does not say. */
class SideFilesTest extends KerasCase {
  private String file(PortableModel model, String name) {
    return new String(model.files().get(name), StandardCharsets.UTF_8);
  }

  @Test
  void vocabularyAndSettings() throws IOException {
    KerasArchive.ofTokens("3", true).averaged("embedding").write(folder);
    Files.writeString(
        folder.resolve("attentive.json"),
        "{\"labels\":[\"a \\u00e4\",\"<b>\"],\"standardize\":null,\"split\":\"character\"}");
    PortableModel model = ModelDirectory.portable(folder, LoadOptions.defaults());
    assertThat(model.files()).containsOnlyKeys("attentive.json", "vocabulary.txt");
    assertThat(file(model, "vocabulary.txt")).isEqualTo("\n[UNK]\nsun\nrain\nwind\nsnow\n");
    assertThat(file(model, "attentive.json"))
        .isEqualTo(
            """
            {
              "labels": [
                "a ä",
                "<b>"
              ],
              "sequenceLength": 3,
              "standardize": null,
              "split": "character",
              "maskPadding": true
            }
            """);
    assertThat(model.graph().functions()).extracting("name").containsExactly("classify");
  }

  /** The settings that are written are read again. */
  @Test
  void settingsAreReadAgain() throws IOException {
    KerasArchive.ofTokens("null", false).averaged("embedding").write(folder);
    PortableModel first = ModelDirectory.portable(folder, LoadOptions.defaults());
    assertThat(file(first, "attentive.json"))
        .contains("\"labels\": [\n    \"Negative\",\n    \"Positive\"\n  ]")
        .contains("\"standardize\": \"lower_and_strip_punctuation\"")
        .contains("\"split\": \"whitespace\"", "\"maskPadding\": false")
        .doesNotContain("sequenceLength");
    Files.write(folder.resolve("attentive.json"), first.files().get("attentive.json"));
    PortableModel second = ModelDirectory.portable(folder, LoadOptions.defaults());
    assertThat(file(second, "attentive.json")).isEqualTo(file(first, "attentive.json"));
  }
}
