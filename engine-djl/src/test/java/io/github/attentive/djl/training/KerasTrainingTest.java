package io.github.attentive.djl.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.attentive.Dataset;
import io.github.attentive.Device;
import io.github.attentive.EpochReport;
import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LabelledText;
import io.github.attentive.ModelLoadException;
import io.github.attentive.Recipe;
import io.github.attentive.TextInput;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingOptions;
import io.github.attentive.djl.checkpoint.Safetensors;
import io.github.attentive.djl.checkpoint.StoredTensor;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.runtime.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerasTrainingTest {
  private static final Dataset TRAINING =
      Dataset.of(
          List.of(
              LabelledText.of("a fine film", "good"),
              LabelledText.of("a dull film", "bad"),
              LabelledText.of("fine", "good")));

  @TempDir Path folder;
  private final List<StubTrainable> loaded = new ArrayList<>();
  private final List<Graph> graphs = new ArrayList<>();
  private StubTrainable.Behaviour behaviour = StubTrainable::calm;

  private TrainableGraph load(Graph graph, Device device, OptionalInt threads) {
    graphs.add(graph);
    loaded.add(new StubTrainable(graph, behaviour, StubTrainable::calm));
    return loaded.get(loaded.size() - 1);
  }

  private static TrainingOptions.Builder options() {
    return TrainingOptions.builder(Recipe.KERAS_ATTENTION)
        .epochs(2)
        .maxTokens(20)
        .embeddingSize(8)
        .maxLength(4);
  }

  private TrainingHistory train(TrainingOptions options, @Nullable Dataset validation) {
    return Training.train(options, TRAINING, validation, folder, this::load);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesADirectoryThatOpens() throws IOException {
    train(options().build(), null);
    assertThat(names())
        .containsExactly("config.json", "model.safetensors", "training.jsonl", "vocabulary.txt");
    assertThat(ModelDirectory.objection(folder)).isEmpty();
    assertThat(Files.readString(folder.resolve("config.json")))
        .isEqualTo(
            """
            {
              "model_type": "attentive-keras",
              "attention": "dot",
              "vocab_size": 20,
              "embedding_dim": 8,
              "sequence_length": 4,
              "num_labels": 2,
              "id2label": {
                "0": "bad",
                "1": "good"
              }
            }
            """);
    assertThat(Files.readString(folder.resolve("vocabulary.txt")))
        .isEqualTo("\n[UNK]\nfine\nfilm\na\ndull\n");
    Map<String, StoredTensor> weights = Safetensors.read(folder.resolve("model.safetensors"));
    assertThat(weights.keySet()).containsExactly("embedding.weight", "dense.weight", "dense.bias");
    for (int p = 0; p < 3; p++) {
      Parameter parameter = List.copyOf(weights.values()).get(p).parameter();
      assertThat(parameter.values()).isEqualTo(loaded.get(0).assigned.get(p));
    }
    assertThat(loaded.get(0).closed).isTrue();
  }

  @Test
  void theFirstWeightsAreThoseOfKeras() {
    train(options().embeddingSize(64).maxTokens(200).build(), null);
    float[] embedding = graphs.get(0).parameters().get(0).values();
    float[] kernel = graphs.get(0).parameters().get(1).values();
    assertThat(embedding).hasSize(200 * 64);
    assertUniform(embedding, 0.05, 0.002);
    // Glorot: sqrt(6 / (64 + 1)).
    assertUniform(kernel, 0.3038, 0.1);
    assertThat(graphs.get(0).parameters().get(2).values()[0] == 0f).isTrue();
  }

  /** All within the limit, some near both ends, and the mean near 0. */
  private static void assertUniform(float[] values, double limit, double meanWithin) {
    double sum = 0;
    float least = Float.MAX_VALUE;
    float most = -Float.MAX_VALUE;
    for (float value : values) {
      sum += value;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    assertThat((double) least).isBetween(-limit, -0.8 * limit);
    assertThat((double) most).isBetween(0.8 * limit, limit);
    assertThat(Math.abs(sum / values.length)).isLessThan(meanWithin);
  }

  @Test
  void theSeedDecidesTheFirstWeights() {
    for (long seed : new long[] {1, 1, 2}) {
      train(options().seed(seed).build(), null);
    }
    List<float[]> first = graphs.stream().map(g -> g.parameters().get(0).values()).toList();
    assertThat(first.get(1)).isEqualTo(first.get(0));
    assertThat(first.get(2)).isNotEqualTo(first.get(0));
  }

  @Test
  void writesALineForEachEpoch() throws IOException {
    behaviour = (words, call) -> StubTrainable.loss(1f / (1 << call), 1, -1, 1);
    TrainingHistory history = train(options().batchSize(3).build(), null);
    List<String> lines = Files.readAllLines(folder.resolve("training.jsonl"));
    assertThat(lines).hasSize(2);
    for (int i = 0; i < 2; i++) {
      JsonObject line = JsonParser.parseString(lines.get(i)).getAsJsonObject();
      assertThat(line.keySet()).containsExactly("epoch", "loss", "accuracy", "seconds");
      EpochReport epoch = history.epochs().get(i);
      assertThat(line.get("epoch").getAsInt()).isEqualTo(i + 1);
      assertThat(line.get("loss").getAsDouble()).isEqualTo(epoch.loss()).isEqualTo(0.5 / (i + 1));
      assertThat(line.get("accuracy").getAsDouble()).isEqualTo(epoch.accuracy());
      assertThat(line.get("seconds").getAsDouble()).isEqualTo(epoch.seconds());
    }
  }

  @Test
  void writesTheValidationOfEachEpochAndTheKeptWeights() throws IOException {
    Dataset validation =
        Dataset.of(
            List.of(LabelledText.of("fine film", "good"), LabelledText.of("dull", "bad")),
            TRAINING.labels());
    TrainingHistory history = train(options().build(), validation);
    assertThat(history.kept()).isEqualTo(1);
    for (String text : Files.readAllLines(folder.resolve("training.jsonl"))) {
      JsonObject line = JsonParser.parseString(text).getAsJsonObject();
      assertThat(line.keySet())
          .containsExactly(
              "epoch", "loss", "accuracy", "validationLoss", "validationAccuracy", "seconds");
      assertThat(line.get("validationLoss").getAsDouble()).isEqualTo(1);
      assertThat(line.get("validationAccuracy").getAsDouble()).isEqualTo(0.5);
    }
    // Two epochs were run, and the weights are those after the first.
    Parameter bias =
        Safetensors.read(folder.resolve("model.safetensors")).get("dense.bias").parameter();
    KerasAdam adam = new KerasAdam(1e-3f, new float[1]);
    adam.update(new float[] {1});
    assertThat(bias.values()).isEqualTo(adam.weights());
    assertThat(loaded.get(0).assigned.get(2)).isNotEqualTo(bias.values());
  }

  @Test
  void aTrainingThatStopsLeavesNoModel() throws IOException {
    TrainingOptions stopping =
        options()
            .listener(
                report -> {
                  throw new IllegalStateException("enough");
                })
            .build();
    assertThatThrownBy(() -> train(stopping, null)).hasMessage("enough");
    behaviour = (words, call) -> StubTrainable.loss(Float.NaN, new float[words.size()]);
    assertThatThrownBy(() -> train(options().build(), null))
        .isInstanceOf(InferenceException.class)
        .hasMessageStartingWith("epoch 1, batch 1, update 1 of the training (examples ");
    assertThat(names()).isEmpty();
    assertThat(loaded).hasSize(2).allSatisfy(stub -> assertThat(stub.closed).isTrue());
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamedAndNoOldConfigurationStays() throws IOException {
    train(options().build(), null);
    Path vocabulary = folder.resolve("vocabulary.txt");
    Files.delete(vocabulary);
    Files.createDirectories(vocabulary.resolve("in the way"));
    assertThatThrownBy(() -> train(options().seed(1).build(), null))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith(vocabulary + ": cannot be written");
    // Old words to new weights would be a model that is wrong and opens.
    assertThat(names()).doesNotContain("config.json");
  }

  @Test
  void pairsAreRefusedByTheirNumber() throws IOException {
    Dataset pairs =
        Dataset.of(
            List.of(LabelledText.of("a", "good"), new LabelledText(TextInput.of("a", "b"), "bad")));
    assertThatThrownBy(() -> Training.train(options().build(), pairs, null, folder, this::load))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("example 2: expected one text, got a pair; this recipe reads single texts");
    assertThat(names()).isEmpty();
  }

  @Test
  void aLabelThatCannotBeWrittenIsRefused() throws IOException {
    Dataset odd =
        Dataset.of(List.of(LabelledText.of("a", "fine"), LabelledText.of("b", "odd \uD83D")));
    assertThatThrownBy(() -> Training.train(options().build(), odd, null, folder, this::load))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("label 2: expected valid Unicode");
    assertThat(names()).isEmpty();
  }

  @Test
  void poolingHasNoAttention() throws IOException {
    TrainingOptions pooling =
        TrainingOptions.builder(Recipe.KERAS_POOLING).epochs(1).maxTokens(20).build();
    train(pooling, null);
    assertThat(Files.readString(folder.resolve("config.json"))).contains("\"attention\": \"none\"");
    assertThat(graphs.get(0).functions()).hasSize(2);
  }
}
