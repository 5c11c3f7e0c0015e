package io.github.attentive.djl.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.checkpoint.Checkpoint;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Operation;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.SeldomCalled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The graphs of real checkpoints: every tensor has its place, and all functions the same ones. */
class EncoderGraphTest {
  @ParameterizedTest
  @FieldSource("io.github.attentive.djl.SharedFixtures#HUGGING_FACE")
  void aGraphUsesTheWholeCheckpoint(String family) {
    Path directory = SharedFixtures.path("hf/" + family);
    HuggingFaceModel model = HuggingFaceModel.of(JsonFile.read(directory.resolve("config.json")));
    CheckpointWeights weights = new CheckpointWeights(Checkpoint.read(directory));
    Graph graph = model.graph(weights);
    assertThat(weights.unused()).isEmpty();
    assertThat(graph.functions()).extracting(Function::name).containsExactly("classify", "explain");

    assertThat(graph.seldomCalled())
        .extracting(SeldomCalled::name)
        .containsExactly("inspect", "attention_gradients", "norms", "embed", "embedding_gradients");

    Function classify = graph.function("classify");
    Function explain = graph.function("explain");
    assertThat(signature(explain.inputs())).isEqualTo(signature(classify.inputs()));
    String logits = "logits FLOAT32[batch, %s]".formatted(model.labels().size());
    assertThat(signature(classify.outputs())).containsExactly(logits);
    List<String> outputs = new ArrayList<>(List.of(logits));
    for (int layer = 0; layer < model.layers(); layer++) {
      outputs.add(
          "attention_%s FLOAT32[batch, %s, length, length]".formatted(layer, model.heads()));
    }
    assertThat(signature(explain.outputs())).isEqualTo(outputs);
    for (int layer = 0; layer < model.layers(); layer++) {
      for (String name : List.of("queries", "keys")) {
        outputs.add(
            "%s_%s FLOAT32[batch, %s, length, %s]"
                .formatted(name, layer, model.heads(), sizeOfHead(graph, layer)));
      }
      outputs.add("scores_%s FLOAT32[batch, %s, length, length]".formatted(layer, model.heads()));
    }
    Function inspect = graph.function("inspect");
    assertThat(signature(inspect.inputs())).isEqualTo(signature(classify.inputs()));
    assertThat(signature(inspect.outputs())).isEqualTo(outputs);
    assertThat(count(inspect, Operation.Softmax.class)).isEqualTo(model.layers());
    assertThat(model.attentionKind().scales()).hasSize(model.layers());
    assertThat(count(classify, Operation.Attention.class)).isEqualTo(model.layers());
    assertThat(count(classify, Operation.Softmax.class)).isZero();
    assertThat(count(explain, Operation.Attention.class)).isZero();
    assertThat(count(explain, Operation.Softmax.class)).isEqualTo(model.layers());
    assertThat(graph.parameters().stream().map(Parameter::name)).doesNotHaveDuplicates();
  }

  private static long sizeOfHead(Graph graph, int layer) {
    return graph.function("classify").steps().stream()
        .map(Function.Step::operation)
        .filter(Operation.Attention.class::isInstance)
        .map(Operation.Attention.class::cast)
        .toList()
        .get(layer)
        .query()
        .shape()
        .axis(-1)
        .size();
  }

  private static long count(Function function, Class<? extends Operation> type) {
    return function.steps().stream().filter(step -> type.isInstance(step.operation())).count();
  }

  private static List<String> signature(List<Function.Named> values) {
    return values.stream()
        .map(named -> named.name() + " " + named.tensor().type() + named.tensor().shape())
        .toList();
  }
}
