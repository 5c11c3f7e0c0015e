package io.github.attentive.djl.keras;

import static io.github.attentive.djl.keras.KerasArchive.call;
import static io.github.attentive.djl.keras.KerasArchive.callOfList;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.contract.GradientDifferences;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.SeldomCalled;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients of saved models that the fixtures do not have. */
class KerasGradientsTest extends KerasCase {
  private final Random random = new Random(23);

  private Graph graph(KerasArchive archive) throws IOException {
    return SavedKerasModel.read(archive.write(folder), KerasSettings.of(folder)).graph();
  }

  private PlainRecurrence recurrence(String kind, boolean resetAfter) {
    return new PlainRecurrence(random, kind, 2, true, resetAfter, Math::tanh, KerasCase::sigmoid);
  }

  private static void weights(KerasArchive archive, String path, PlainRecurrence plain) {
    archive.weight(path + "/cell/vars/0", plain.kernel);
    archive.weight(path + "/cell/vars/1", plain.recurrent);
    archive.weight(path + "/cell/vars/2", plain.storedBias());
  }

  private static String options(String kind, boolean sequences, boolean backward, boolean after) {
    String options =
        "\"units\":2,\"activation\":\"tanh\",\"return_sequences\":%s,\"go_backwards\":%s"
            .formatted(sequences, backward);
    options += kind.equals("SimpleRNN") ? "" : ",\"recurrent_activation\":\"sigmoid\"";
    return kind.equals("GRU") ? options + ",\"reset_after\":" + after : options;
  }

  /** Two layers, one on the other, with and without masks, both ways, each state or the last. */
  @ParameterizedTest
  @ValueSource(strings = {"GRU", "LSTM", "SimpleRNN"})
  void recurrentLayersOneOnTheOther(String kind) throws IOException {
    for (int round = 0; round < 16; round++) {
      boolean masked = (round & 1) == 0;
      boolean backward = (round & 2) == 0;
      boolean sequences = (round & 4) == 0;
      boolean after = (round & 8) == 0;
      KerasArchive archive = KerasArchive.ofTokens("4", masked);
      archive.layer(kind, "one", options(kind, true, !backward, after), call("embedding"));
      archive.layer(kind, "other", options(kind, sequences, backward, after), call("one"));
      String group = "layers/" + KerasModelConfig.snakeCase(kind);
      weights(archive, group, recurrence(kind, after));
      weights(archive, group + "_1", recurrence(kind, after));
      new GradientDifferences(
              graph(
                  sequences ? archive.averaged("other") : archive.dense("other", "sigmoid", 1, 2)))
          .byWordVectors();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"concat", "sum", "mul", "ave"})
  void bothDirections(String merged) throws IOException {
    for (boolean masked : new boolean[] {false, true}) {
      KerasArchive archive = KerasArchive.ofTokens("4", masked);
      archive.layer(
          "Bidirectional",
          "both",
          "\"merge_mode\":\"%s\",\"layer\":{\"class_name\":\"LSTM\",\"config\":{%s}}"
              .formatted(
                  merged,
                  "\"units\":2,\"activation\":\"tanh\",\"recurrent_activation\":\"sigmoid\""),
          call("embedding"));
      weights(archive, "layers/bidirectional/forward_layer", recurrence("LSTM", true));
      weights(archive, "layers/bidirectional/backward_layer", recurrence("LSTM", true));
      int size = merged.equals("concat") ? 4 : 2;
      new GradientDifferences(graph(archive.dense("both", "sigmoid", 1, size))).byWordVectors();
    }
  }

  /** Their sum could be told apart in more than one way. */
  @Test
  void aModelThatEmbedsWordsInSeveralWaysHasNoGradientByThem() throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("4", false);
    archive.embedding("second", false, "ids");
    archive.layer("Add", "sum", "", callOfList("embedding", "second"));
    assertThat(graph(archive.averaged("sum")).seldomCalled()).isEmpty();
  }

  @Test
  void aModelWithoutAttentionHasGradientsByWordVectorsOnly() throws IOException {
    assertThat(graph(KerasArchive.ofTokens("4", false).averaged("embedding")).seldomCalled())
        .extracting(SeldomCalled::name)
        .containsExactly(ModelFunctions.EMBED, ModelFunctions.EMBEDDING_GRADIENTS);
  }
}
