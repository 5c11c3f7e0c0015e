package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.checkpoint.Safetensors;
import io.github.attentive.djl.checkpoint.SafetensorsWriter;
import io.github.attentive.djl.graph.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** A copy of a fixture's model directory, to be damaged. */
record HuggingFaceCopy(Path folder) {
  static HuggingFaceCopy of(String fixture, Path folder) throws IOException {
    for (String name :
        List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")) {
      byte[] content = Files.readAllBytes(SharedFixtures.path(fixture).resolve(name));
      Files.write(folder.resolve(name), content);
    }
    return new HuggingFaceCopy(folder);
  }

  Path weights() {
    return folder.resolve("model.safetensors");
  }

  /** Writes the weights anew, each as it is to be. */
  void rewrite(UnaryOperator<Parameter> change) throws IOException {
    List<Parameter> changed =
        Safetensors.read(weights()).values().stream()
            .map(tensor -> tensor.parameter())
            .map(weight -> Parameter.of(weight.name(), weight.shape(), weight.values()))
            .map(change)
            .toList();
    Files.delete(weights());
    SafetensorsWriter.write(weights(), changed);
  }

  /** Replaces the first match in a file of text; there is one. */
  void edit(String name, String pattern, String replacement) throws IOException {
    String text = Files.readString(folder.resolve(name));
    String changed = text.replaceFirst(pattern, replacement);
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(folder.resolve(name), changed);
  }
}
