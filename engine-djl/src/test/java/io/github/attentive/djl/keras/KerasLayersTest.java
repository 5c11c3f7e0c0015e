package io.github.attentive.djl.keras;

import static io.github.attentive.djl.keras.KerasArchive.call;
import static io.github.attentive.djl.keras.KerasArchive.callOf;
import static io.github.attentive.djl.keras.KerasArchive.callOfList;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.ProblemType;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ModelOutput;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers against their formulas, masks, and what is shown as attention. */
class KerasLayersTest extends KerasCase {
  private static double head(double x, double y) {
    return 0.5 * x + 0 * y;
  }

  /** The mean of words and padding, or of the words that count. */
  private static double mean(int... ids) {
    double sum = 0;
    for (int id : ids) {
      sum += embedded(id)[0] / ids.length;
    }
    return sum;
  }

  @Test
  void averagesCountPaddingUnlessItIsMasked() throws IOException {
    KerasArchive unmasked = KerasArchive.ofTokens("3", false).averaged("embedding");
    assertThat(logits(unmasked, "sun rain")[0]).isCloseTo(head(mean(2, 3, 0), 0), CLOSE);
    KerasArchive masked = KerasArchive.ofTokens("3", true).averaged("embedding");
    assertThat(logits(masked, "sun rain")[0]).isCloseTo(head(mean(2, 3), 0), CLOSE);
    // All padding is no number in Keras: one unknown word here.
    assertThat(logits(KerasArchive.ofTokens("3", true).averaged("embedding"), "")[0])
        .isCloseTo(head(mean(1), 0), CLOSE);
  }

  /** Padding is masked in one place and read in another. */
  @Test
  void aTextWithoutTokensIsOneUnknownWordBeforePaddingThatIsRead() throws IOException {
    KerasArchive archive =
        KerasArchive.ofTokens("3", true)
            .layer("GlobalAveragePooling1D", "average", "", call("embedding"))
            .layer("GlobalMaxPooling1D", "largest", "", call("embedding"))
            .layer("Add", "both", "", callOfList("average", "largest"))
            .dense("both", "sigmoid", 1, 2);
    double largest = Math.max(embedded(1)[0], embedded(0)[0]);
    assertThat(logits(archive, "")[0]).isCloseTo(head(mean(1) + largest, 0), CLOSE);
  }

  /**
   * Beside a branch without a mask all positions count: Keras has a number for a text of padding.
   */
  @Test
  void aTextWithoutTokensIsPaddingWhereAllPositionsCount() throws IOException {
    KerasArchive archive =
        KerasArchive.ofTokens("3", true)
            .embedding("unmasked", false, "ids")
            .layer("Concatenate", "both", "\"axis\":-1", callOfList("embedding", "unmasked"))
            .layer("GlobalAveragePooling1D", "average", "", call("both"))
            .dense("average", "sigmoid", 1, 4);
    double[] padding = embedded(0);
    assertThat(logits(archive, "")[0])
        .isCloseTo(0.5 * padding[0] - 0.5 * padding[0] - padding[1], CLOSE);
  }

  @Test
  void aDynamicLengthTakesTextsAsTheyAre() throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("null", false).averaged("embedding");
    assertThat(logits(archive, "sun rain wind snow sun")[0])
        .isCloseTo(head(mean(2, 3, 4, 5, 2), 0), CLOSE);
    try (EngineModel model = open(folder)) {
      List<ModelOutput> both =
          model.run(
              List.of(
                  io.github.attentive.TextInput.of("sun"),
                  io.github.attentive.TextInput.of("rain wind")),
              Detail.SCORES);
      assertThat((double) both.get(0).logits()[0]).isCloseTo(head(mean(2), 0), CLOSE);
      assertThat((double) both.get(1).logits()[0]).isCloseTo(head(mean(3, 4), 0), CLOSE);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "linear | x",
        "relu | max",
        "relu6 | six",
        "leaky_relu | leak",
        "elu | elu",
        "selu | selu",
        "gelu | gelu",
        "silu | silu",
        "swish | silu",
        "mish | mish",
        "tanh | tanh",
        "sigmoid | sigmoid",
        "hard_sigmoid | hard",
        "hard_silu | hardx",
        "softplus | softplus",
        "softsign | softsign",
        "exponential | exp"
      })
  void activations(String name, String formula) throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("1", false);
    archive.layer("Activation", "act", "\"activation\":\"" + name + "\"", call("embedding"));
    archive.layer("Flatten", "flat", "", call("act")).dense("flat", "sigmoid", 1, 2);
    for (String word : List.of("sun", "[unk]", "snow")) {
      int id = word.equals("sun") ? 2 : word.equals("snow") ? 5 : 1;
      double x = embedded(id)[0];
      double soft = Math.log1p(Math.exp(x));
      double elu = x > 0 ? x : Math.exp(x) - 1;
      double hard = Math.max(0, Math.min(6, x + 3)) / 6;
      double expected =
          switch (formula) {
            case "x" -> x;
            case "max" -> Math.max(x, 0);
            case "six" -> Math.max(0, Math.min(6, x));
            case "leak" -> x > 0 ? x : 0.2 * x;
            case "elu" -> elu;
            case "selu" ->
                1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1));
            case "gelu" ->
                io.github.attentive.djl.contract.ActivationValues.of(
                    io.github.attentive.djl.graph.Activation.GELU, x);
            case "silu" -> x * sigmoid(x);
            case "mish" -> x * Math.tanh(soft);
            case "tanh" -> Math.tanh(x);
            case "sigmoid" -> sigmoid(x);
            case "hard" -> hard;
            case "hardx" -> x * hard;
            case "softplus" -> soft;
            case "softsign" -> x / (1 + Math.abs(x));
            default -> Math.exp(x);
          };
      assertThat(logits(archive, word)[0]).as(name).isCloseTo(head(expected, 0), CLOSE);
    }
  }

  @Test
  void normalisations() throws IOException {
    KerasArchive layer = KerasArchive.ofTokens("1", false);
    layer.layer(
        "LayerNormalization",
        "norm",
        "\"axis\":[-1],\"epsilon\":0.5,\"center\":true,\"scale\":true,\"rms_scaling\":false",
        call("embedding"),
        new float[] {2, 3},
        new float[] {0.25f, -1});
    layer.layer("Flatten", "flat", "", call("norm")).dense("flat", "sigmoid", 1, 2);
    double[] x = embedded(4);
    double mean = (x[0] + x[1]) / 2;
    double variance = Math.pow(x[0] - x[1], 2) / 4;
    assertThat(logits(layer, "wind")[0])
        .isCloseTo(head(2 * (x[0] - mean) / Math.sqrt(variance + 0.5) + 0.25, 0), CLOSE);

    KerasArchive batch = KerasArchive.ofTokens("1", false);
    batch.layer(
        "BatchNormalization",
        "norm",
        "\"axis\":-1,\"epsilon\":0.25,\"center\":true,\"scale\":true,\"momentum\":0.9",
        call("embedding"),
        new float[] {2, 1},
        new float[] {0.5f, 0},
        new float[] {0.125f, 0},
        new float[] {0.75f, 1});
    batch.layer("Flatten", "flat", "", call("norm")).dense("flat", "sigmoid", 1, 2);
    assertThat(logits(batch, "wind")[0])
        .isCloseTo(head(2 * (x[0] - 0.125) / Math.sqrt(0.75 + 0.25) + 0.5, 0), CLOSE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"})
  void merges(String kind) throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("1", false);
    archive.layer("Activation", "tanh", "\"activation\":\"tanh\"", call("embedding"));
    archive.layer(kind, "merge", "", callOfList("embedding", "tanh"));
    archive.layer("Flatten", "flat", "", call("merge")).dense("flat", "sigmoid", 1, 2);
    double x = embedded(5)[0];
    double y = Math.tanh(x);
    double expected =
        switch (kind) {
          case "Add" -> x + y;
          case "Subtract" -> x - y;
          case "Multiply" -> x * y;
          case "Average" -> (x + y) / 2;
          case "Maximum" -> Math.max(x, y);
          default -> Math.min(x, y);
        };
    assertThat(logits(archive, "snow")[0]).isCloseTo(head(expected, 0), CLOSE);
  }

  @Test
  void shapes() throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("3", false);
    archive.layer("Permute", "turned", "\"dims\":[2,1]", call("embedding"));
    archive.layer("Reshape", "shaped", "\"target_shape\":[3,-1]", call("turned"));
    archive.layer("GlobalMaxPooling1D", "max", "\"keepdims\":true", call("shaped"));
    archive.layer("Flatten", "flat", "", call("max")).dense("flat", "sigmoid", 1, 2);
    // [2, 3] row by row as [3, 2]: first column x0 x2 y1, for words x and y numbers.
    double expected = Math.max(Math.max(embedded(2)[0], embedded(4)[0]), embedded(3)[1]);
    assertThat(logits(archive, "sun rain wind")[0]).isCloseTo(head(expected, 0), CLOSE);

    KerasArchive repeated = KerasArchive.ofTokens("1", false);
    repeated.layer("Flatten", "flat", "", call("embedding"));
    repeated.layer("RepeatVector", "twice", "\"n\":2", call("flat"));
    repeated.averaged("twice");
    assertThat(logits(repeated, "snow")[0]).isCloseTo(head(embedded(5)[0], 0), CLOSE);
  }

  /** A dense score for each position, a softmax over them, and the sum by those weights. */
  @Test
  void aPoolingOfOnesOwnIsShown() throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("3", false);
    archive.layer(
        "Dense",
        "score",
        "\"units\":1,\"activation\":\"linear\",\"use_bias\":false",
        call("embedding"),
        (Object) new float[][] {{1}, {0}});
    archive.layer("Flatten", "flat", "", call("score"));
    archive.layer("Activation", "weights", "\"activation\":\"softmax\"", call("flat"));
    archive.layer(
        "Dot", "context", "\"axes\":1,\"normalize\":false", callOfList("weights", "embedding"));
    archive.dense("context", "sigmoid", 1, 2).outputs("head", "weights");
    double[] weights = new double[3];
    double sum = 0;
    int[] ids = {2, 5, 0};
    for (int i = 0; i < 3; i++) {
      weights[i] = Math.exp(embedded(ids[i])[0]);
      sum += weights[i];
    }
    double context = 0;
    for (int i = 0; i < 3; i++) {
      context += weights[i] / sum * embedded(ids[i])[0];
    }
    ModelOutput output = run(archive, "sun snow", Detail.ATTENTION);
    assertThat((double) output.logits()[0]).isCloseTo(head(context, 0), CLOSE);
    assertThat(output.attention().orElseThrow().shape()).containsExactly(1, 1, 1, 3);
    assertThat((double) output.attention().orElseThrow().at(0, 0, 0, 1))
        .isCloseTo(weights[1] / sum, CLOSE);
  }

  private static KerasArchive multiHead(KerasArchive archive, String name, String query) {
    String group = "layers/multi_head_attention" + (name.equals("mha") ? "" : "_1");
    archive.layer(
        "MultiHeadAttention",
        name,
        "\"num_heads\":1,\"key_dim\":2,\"value_dim\":2,\"use_bias\":false,\"output_shape\":null,"
            + "\"attention_axes\":[1],\"use_gate\":false",
        callOf("", query, query));
    float[][][] identity = {{{1, 0}}, {{0, 1}}};
    for (String part : List.of("query", "key", "value")) {
      archive.weight(group + "/" + part + "_dense/vars/0", identity);
    }
    return archive.weight(group + "/output_dense/vars/0", new float[][][] {{{1, 0}, {0, 1}}});
  }

  /** Keras takes the mask off what multi-head attention is called with. */
  @Test
  void aSecondAttentionDoesNotSeeTheMask() throws IOException {
    KerasArchive archive = multiHead(KerasArchive.ofTokens("3", true), "mha", "embedding");
    archive.layer("Add", "residual", "", callOfList("embedding", "mha"));
    multiHead(archive, "mha2", "residual").averaged("mha2");
    ModelOutput output = run(archive, "sun rain", Detail.ATTENTION);
    // Both layers are shown; the first gives padding nothing, the second does.
    assertThat(output.positions()).hasSize(3);
    assertThat(output.attention().orElseThrow().shape()).containsExactly(2, 1, 3, 3);
    assertThat(output.attention().orElseThrow().at(0, 0, 0, 2)).isZero();
    assertThat(output.attention().orElseThrow().at(1, 0, 0, 2)).isPositive();
  }

  @Test
  void causalAttentionLooksBackOnly() throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("3", false);
    archive.layer(
        "Attention",
        "attention",
        "\"use_scale\":false,\"score_mode\":\"dot\"",
        KerasArchive.callOfListWith(
            "\"return_attention_scores\":true,\"use_causal_mask\":true", "embedding", "embedding"));
    archive.averaged("attention").outputs("head", "attention:1");
    ModelOutput output = run(archive, "sun rain wind", Detail.ATTENTION);
    assertThat(output.attention().orElseThrow().at(0, 0, 0, 0)).isEqualTo(1);
    assertThat(output.attention().orElseThrow().at(0, 0, 1, 2)).isZero();
    assertThat(output.attention().orElseThrow().at(0, 0, 2, 2)).isPositive();
  }

  @Test
  void branchesWithAndWithoutMasks() throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("3", true).embedding("plain", false, "ids");
    archive.layer("Concatenate", "both", "\"axis\":-1", callOfList("embedding", "plain"));
    archive.layer("GlobalAveragePooling1D", "pool", "", call("both"));
    archive.dense("pool", "sigmoid", 1, 4);
    // One branch counts every position, so both do: weights 0.5, 0, -0.5, -1.
    double x = mean(2, 3, 0);
    double y = (embedded(2)[1] + embedded(3)[1] + embedded(0)[1]) / 3;
    assertThat(logits(archive, "sun rain")[0]).isCloseTo(0.5 * x + 0 * y - 0.5 * x - 1 * y, CLOSE);
  }

  @Test
  void masksThatKerasWroteDownAreComputed() throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("3", false);
    archive.operation("NotEqual", "mask", KerasArchive.result("ids") + ",0");
    archive.operation("ConvertToTensor", "same", KerasArchive.result("mask"));
    archive.operation(
        "LogicalOr", "either", KerasArchive.result("mask") + "," + KerasArchive.result("same"));
    archive.layer(
        "GlobalAveragePooling1D",
        "pool",
        "",
        "{\"args\":[%s],\"kwargs\":{\"mask\":%s}}"
            .formatted(KerasArchive.result("embedding"), KerasArchive.result("either")));
    archive.dense("pool", "sigmoid", 1, 2);
    assertThat(logits(archive, "sun rain")[0]).isCloseTo(head(mean(2, 3), 0), CLOSE);
  }

  @Test
  void operationsOnNumbers() throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("2", false);
    archive.operation("Multiply", "scaled", KerasArchive.result("embedding") + ",3");
    archive.operation("Add", "moved", KerasArchive.result("scaled") + ",0.5");
    archive.operation(
        "Subtract", "less", KerasArchive.result("moved") + "," + KerasArchive.result("embedding"));
    archive.raw(
        """
        {"module":"keras.src.ops.numpy","class_name":"Sum","config":{"name":"sum","axis":1,
         "keepdims":false},"name":"sum","inbound_nodes":[{"args":[%s],"kwargs":{}}]}"""
            .formatted(KerasArchive.result("less")));
    archive.dense("sum", "sigmoid", 1, 2);
    double expected = 2 * (embedded(2)[0] + embedded(4)[0]) + 1;
    assertThat(logits(archive, "sun wind")[0]).isCloseTo(head(expected, 0), CLOSE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sigmoid | 1 | \"mse\" | SINGLE_LABEL | Negative,Positive",
        "sigmoid | 3 | null | MULTI_LABEL | LABEL_0,LABEL_1,LABEL_2",
        "softmax | 2 | null | SINGLE_LABEL | LABEL_0,LABEL_1",
        "linear | 1 | \"mean_squared_error\" | REGRESSION | LABEL_0",
        "linear | 1 | {\"class_name\":\"BinaryCrossentropy\",\"config\":{}} | SINGLE_LABEL |"
            + " Negative,Positive",
        "linear | 3 | [null,\"sparse_categorical_crossentropy\"] | SINGLE_LABEL |"
            + " LABEL_0,LABEL_1,LABEL_2",
        "linear | 2 | \"huber\" | REGRESSION | LABEL_0,LABEL_1",
        "linear | 2 | {\"class_name\":\"function\",\"config\":\"binary_crossentropy\"} |"
            + " MULTI_LABEL | LABEL_0,LABEL_1"
      })
  void whatOutputsMean(String activation, int units, String loss, ProblemType type, String labels)
      throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("1", false);
    archive.layer("Flatten", "flat", "", call("embedding")).dense("flat", activation, units, 2);
    try (EngineModel model = open(archive.loss(loss))) {
      assertThat(model.info().problemType()).isEqualTo(type);
      assertThat(model.info().labels()).containsExactly(labels.split(","));
      assertThat(model.info().layers()).isZero();
    }
  }
}
