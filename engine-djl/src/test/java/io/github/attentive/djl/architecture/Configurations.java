package io.github.attentive.djl.architecture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Configurations of Hugging Face models, written as files. */
record Configurations(Path folder) {
  private Path file() {
    return folder.resolve("config.json");
  }

  /** The fields as JSON with single quotes in place of double ones; the family first. */
  private JsonFile read(String family, String fields) {
    String json = "{'model_type':'%s'%s}".formatted(family, fields.isEmpty() ? "" : "," + fields);
    try {
      return JsonFile.read(Files.writeString(file(), json.replace('\'', '"')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HuggingFaceModel model(String family, String fields) {
    return HuggingFaceModel.of(read(family, fields));
  }

  /** Refused because of a field, with what was expected of it and what was found. */
  void assertRefused(String family, String fields, String field, String rest) {
    assertRefused(family, fields, "field '%s': expected %s".formatted(field, rest));
  }

  /** Refused with a message of the file and what follows, in single quotes. */
  void assertRefused(String family, String fields, String message) {
    JsonFile json = read(family, fields);
    assertThatThrownBy(() -> HuggingFaceModel.of(json))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage("%s: %s", file(), message);
  }

  /** The graph of a model whose weights have names and shapes, but no numbers. */
  static Graph graph(HuggingFaceModel model) {
    return model.graph((name, shape) -> Parameter.lazy(name, shape, () -> ByteBuffer.allocate(0)));
  }

  /** What a model asks its checkpoint for: names with shapes, in order. */
  static List<String> weights(HuggingFaceModel model) {
    List<String> weights = new ArrayList<>();
    model.graph(
        (name, shape) -> {
          weights.add(name + shape);
          return Parameter.lazy(name, shape, () -> ByteBuffer.allocate(0));
        });
    return weights;
  }
}
