package io.github.attentive.djl.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.LoadOptions;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.architecture.KerasGraph;
import io.github.attentive.djl.checkpoint.SafetensorsWriter;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Parameter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortableModelTest {
  @TempDir Path folder;

  private PortableModel keras(boolean attention) throws IOException {
    KerasConfig config = new KerasConfig(attention, 4, 2, 3, List.of("no", "yes"));
    List<Parameter> weights = new ArrayList<>();
    KerasGraph.parameterShapes(config)
        .forEach(
            (name, shape) ->
                weights.add(Parameter.of(name, shape, new float[(int) shape.elements()])));
    SafetensorsWriter.write(folder.resolve("model.safetensors"), weights);
    Files.writeString(folder.resolve("config.json"), config.toJson().toString());
    Files.writeString(folder.resolve("vocabulary.txt"), "\n[UNK]\nword\n");
    return ModelDirectory.portable(folder, LoadOptions.defaults());
  }

  private static List<String> functions(PortableModel model) {
    return model.graph().functions().stream().map(Function::name).toList();
  }

  private static List<String> inputs(PortableModel model, String function) {
    return model.graph().function(function).inputs().stream().map(Function.Named::name).toList();
  }

  private static List<String> outputs(PortableModel model, String function) {
    return model.graph().function(function).outputs().stream().map(Function.Named::name).toList();
  }

  @Test
  void whatIsForTrainingOrSeldomCalledStaysBehind() throws IOException {
    PortableModel model = keras(true);
    assertThat(model.graph().seldomCalled()).isEmpty();
    assertThat(functions(model)).containsExactly("classify", "explain");
    assertThat(inputs(model, "classify")).containsExactly("input_ids");
    assertThat(outputs(model, "classify")).containsExactly("logits");
    assertThat(outputs(model, "explain")).containsExactly("logits", "attention_0");
    assertThat(functions(keras(false))).containsExactly("classify");
  }

  @Test
  void filesOfItsOwnDirectoryGoAlong() throws IOException {
    PortableModel model = keras(true);
    assertThat(model.files()).containsOnlyKeys("config.json", "vocabulary.txt");
    assertThat(model.files().get("vocabulary.txt"))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("\n[UNK]\nword\n");
  }

  @Test
  void filesOfAHuggingFaceDirectoryGoAlong() {
    Path directory = SharedFixtures.path("hf/bert");
    PortableModel model =
        ModelDirectory.portable(directory, LoadOptions.builder().maxLength(9).build());
    assertThat(model.files().keySet())
        .containsExactly("config.json", "tokenizer.json", "tokenizer_config.json");
    assertThat(model.files().get("config.json"))
        .isEqualTo(PortableModel.copy(directory.resolve("config.json")));
    assertThat(model.files().get("tokenizer_config.json"))
        .asString(StandardCharsets.UTF_8)
        .contains("\"model_max_length\": 9");
    List<String> inputs = List.of("input_ids", "attention_mask", "token_type_ids");
    assertThat(inputs(model, "classify")).isEqualTo(inputs);
    assertThat(inputs(model, "explain")).isEqualTo(inputs);
    assertThat(outputs(model, "explain"))
        .containsExactly("logits", "attention_0", "attention_1", "attention_2");
  }

  /** A RoBERTa has two positions fewer than its table. */
  @Test
  void theLengthIsWhatTheFamilyReallyHas() throws IOException {
    Path roberta = SharedFixtures.path("hf/roberta");
    for (String name : List.of("config.json", "tokenizer.json", "model.safetensors")) {
      Files.copy(roberta.resolve(name), folder.resolve(name));
    }
    assertThat(
            ModelDirectory.portable(folder, LoadOptions.defaults())
                .files()
                .get("tokenizer_config.json"))
        .asString(StandardCharsets.UTF_8)
        .startsWith("{\n  \"model_max_length\": 32,\n  \"model_input_names\": [\n");
  }

  @Test
  void whatCannotBeOpenedCannotBeExported() throws IOException {
    keras(true);
    Path config = folder.resolve("config.json");
    assertThatThrownBy(() -> ModelDirectory.portable(config, LoadOptions.defaults()))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage(
            "model " + config + ": expected a directory with config.json and weights, got a file");
    Files.writeString(folder.resolve("vocabulary.txt"), "\n[UNK]\na\nb\nc\n");
    assertThatThrownBy(() -> ModelDirectory.portable(folder, LoadOptions.defaults()))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("expected at most 4 words");
    Files.delete(config);
    assertThatThrownBy(() -> ModelDirectory.portable(folder, LoadOptions.defaults()))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining(config.toString());
  }
}
