package io.github.attentive.djl.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.github.attentive.Device;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelInfo;
import io.github.attentive.ModelLoadException;
import io.github.attentive.TextInput;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.architecture.KerasGraph;
import io.github.attentive.djl.checkpoint.SafetensorsWriter;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.PositionsRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttentiveDirectoryTest {
  private static final KerasConfig CONFIG = new KerasConfig(true, 6, 2, 4, List.of("bad", "good"));

  @TempDir Path folder;
  private final List<StubGraph> compiled = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void writeModel() throws IOException {
    write(CONFIG);
  }

  private void write(KerasConfig config) throws IOException {
    List<Parameter> weights = new ArrayList<>();
    KerasGraph.parameterShapes(config)
        .forEach((name, shape) -> weights.add(parameter(name, shape)));
    Files.writeString(folder.resolve("config.json"), config.toJson().toString());
    writeWeights(weights);
    Files.writeString(folder.resolve("vocabulary.txt"), "\n[UNK]\nthe\nfilm\n");
  }

  private void writeWeights(List<Parameter> weights) {
    SafetensorsWriter.write(folder.resolve("model.safetensors"), weights);
  }

  private static Parameter parameter(String name, Shape shape) {
    return Parameter.of(name, shape, new float[(int) shape.elements()]);
  }

  private static Parameter parameter(String name, long... sizes) {
    return parameter(name, Shape.ofSizes(sizes));
  }

  private CompiledGraph compile(Graph graph, Device device, OptionalInt threads) {
    asked.add(device + " " + threads);
    compiled.add(new StubGraph(graph));
    return compiled.get(compiled.size() - 1);
  }

  private EngineModel open(LoadOptions options) {
    return ModelDirectory.open(folder, options, "stub", this::compile);
  }

  private void assertRefused(String file, String... says) {
    assertThatThrownBy(() -> open(LoadOptions.defaults()))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith(folder.resolve(file) + ": ")
        .satisfies(
            e -> {
              for (String part : says) {
                assertThat(e).hasMessageContaining(part);
              }
            });
    assertThat(compiled).as("graphs loaded in vain").isEmpty();
  }

  private void editConfig(String field, String value) throws IOException {
    JsonObject json = CONFIG.toJson();
    json.addProperty(field, value);
    Files.writeString(folder.resolve("config.json"), json.toString());
  }

  @Test
  void opensAModel() {
    EngineModel model = open(LoadOptions.builder().threads(3).build());
    assertThat(model.info())
        .isEqualTo(new ModelInfo("stub", "attentive-keras", 1, 1, 4, List.of("bad", "good")));
    assertThat(model.positionsRead()).isEqualTo(PositionsRead.ALL);
    assertThat(asked).containsExactly(Device.CPU + " " + OptionalInt.of(3));
    model.close();
    assertThat(compiled.get(0).closed).isTrue();
  }

  @Test
  void theLimitOfTheOptionsIsTheModelsLength() {
    EngineModel model = open(LoadOptions.builder().maxLength(2).build());
    assertThat(model.info().maxLength()).isEqualTo(2);
    ModelOutput output = model.run(List.of(TextInput.of("the film the")), Detail.SCORES).get(0);
    assertThat(output.truncated()).isTrue();
    assertThat(output.positions()).extracting(span -> span.id()).containsExactly(2L, 3L, 0L, 0L);
    assertThat(open(LoadOptions.builder().maxLength(512).build()).info().maxLength()).isEqualTo(4);
  }

  @Test
  void aModelWithoutAttentionHasNoLayersAndGivesNone() throws IOException {
    write(new KerasConfig(false, 6, 2, 4, List.of("a", "b", "c")));
    EngineModel model = open(LoadOptions.defaults());
    assertThat(model.info().hasAttention()).isFalse();
    assertThat(model.info().labels()).containsExactly("a", "b", "c");
    ModelOutput output = model.run(List.of(TextInput.of("the")), Detail.SCORES).get(0);
    assertThat(output.attention()).isEmpty();
    assertThat(output.logits()).containsExactly(2, 3, 4);
  }

  @Test
  void batchesAreCutAndResultsKeepTheirTexts() {
    EngineModel model = open(LoadOptions.builder().batchSize(2).build());
    List<TextInput> texts =
        Arrays.stream(new String[] {"the", "film", "zebra", "the film", ""})
            .map(TextInput::of)
            .toList();
    List<ModelOutput> outputs = model.run(texts, Detail.ATTENTION);
    assertThat(compiled.get(0).calls).containsExactly("explain 2", "explain 2", "explain 1");
    assertThat(outputs)
        .extracting(output -> output.logits()[0])
        .containsExactly(2f, 3f, 1f, 5f, 0f);
    assertThat(outputs)
        .extracting(output -> output.attention().orElseThrow().at(0, 0, 3, 3))
        .containsExactly(2.25f, 3.25f, 1.25f, 2.25f, 0.25f);
    assertThat(outputs.get(3).attention().orElseThrow().shape()).containsExactly(1, 1, 4, 4);
    assertThat(outputs.get(0).scores()).isEqualTo(Scores.of(new float[] {2}));

    assertThat(model.run(texts.subList(0, 2), Detail.SCORES))
        .allSatisfy(output -> assertThat(output.attention()).isEmpty());
    assertThat(compiled.get(0).calls).last().isEqualTo("classify 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "model.safetensors", "vocabulary.txt"})
  void eachFileMustBeThereAndWhole(String name) throws IOException {
    Path file = folder.resolve(name);
    byte[] content = Files.readAllBytes(file);
    Files.delete(file);
    assertRefused(name, "is missing");
    Files.createDirectory(file);
    assertRefused(name, "is missing");
    Files.delete(file);
    Files.write(file, new byte[0]);
    assertRefused(name);
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0, 0, 0, 0, 0, 0});
    assertRefused(name);
    if (!name.equals("vocabulary.txt")) {
      // A vocabulary that ends early is a shorter one.
      for (int length = 0; length < content.length - 1; length += 1 + content.length / 40) {
        Files.write(file, Arrays.copyOf(content, length));
        assertRefused(name);
      }
    }
  }

  @Test
  void anotherFamilyIsRefused() throws IOException {
    editConfig("model_type", "gpt2");
    assertRefused(
        "config.json", "field 'model_type'", "one of attentive-keras, ", "bert, ", "got \"gpt2\"");
    assertThat(ModelDirectory.objection(folder).orElseThrow())
        .contains("config.json", "attentive-keras", "got \"gpt2\"");
  }

  @Test
  void weightsMustBeThoseOfTheConfiguration() {
    Parameter embedding = parameter("embedding.weight", 6, 2);
    Parameter kernel = parameter("dense.weight", 1, 2);
    Parameter bias = parameter("dense.bias", 1);
    writeWeights(List.of(embedding, kernel));
    assertRefused("model.safetensors", "tensor 'dense.bias': expected shape [1]", "got none");
    writeWeights(List.of(embedding, kernel, bias, parameter("extra", 1)));
    assertRefused("model.safetensors", "tensor 'extra': expected only [embedding.weight,");
    writeWeights(List.of(parameter("embedding.weight", 2, 6), kernel, bias));
    assertRefused(
        "model.safetensors", "tensor 'embedding.weight': expected shape [6, 2]", "got [2, 6]");
    writeWeights(List.of(embedding, kernel, parameter("dense.bias")));
    assertRefused("model.safetensors", "tensor 'dense.bias': expected shape [1]", "got []");
    writeWeights(List.of(bias, embedding, kernel));
    open(LoadOptions.defaults()).close();
  }

  @Test
  void theVocabularyMustFitTheEmbedding() throws IOException {
    Path vocabulary = folder.resolve("vocabulary.txt");
    Files.writeString(vocabulary, "\n[UNK]\na\nb\nc\nd\n");
    open(LoadOptions.defaults()).close();
    compiled.clear();
    Files.writeString(vocabulary, "\n[UNK]\na\nb\nc\nd\ne\n");
    assertRefused(
        "vocabulary.txt", "expected at most 6 words, the vocab_size of config.json, got 7");
    Files.writeString(vocabulary, "\n[UNK]\na\na\n");
    assertRefused("vocabulary.txt", "'a' stands at 2 and 3");
  }

  @Test
  void sizesThatOverflowAreRefused() throws IOException {
    write(new KerasConfig(true, 6, 2, 4, List.of("bad", "good")));
    JsonObject json = CONFIG.toJson();
    json.addProperty("vocab_size", Integer.MAX_VALUE);
    json.addProperty("embedding_dim", Integer.MAX_VALUE);
    Files.writeString(folder.resolve("config.json"), json.toString());
    assertRefused("model.safetensors", "tensor 'embedding.weight'", "2147483647");
  }

  @Test
  void objectsToWhatIsNoModelDirectory() throws IOException {
    assertThat(ModelDirectory.objection(folder)).isEmpty();
    Path file = Files.writeString(folder.resolve("model.pt"), "");
    assertThat(ModelDirectory.objection(file))
        .contains("expected a directory with config.json, or a model.keras, got another file");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(ModelDirectory.objection(empty).orElseThrow())
        .startsWith(empty.resolve("config.json") + ": is missing");
    Files.writeString(folder.resolve("config.json"), "nonsense");
    assertThat(ModelDirectory.objection(folder).orElseThrow()).contains("not valid JSON");
  }
}
