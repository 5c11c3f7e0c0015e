package io.github.attentive.djl.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.Padding;
import io.github.attentive.djl.architecture.BiGruConfig.Attention;
import io.github.attentive.djl.contract.BiGruGolden;
import io.github.attentive.djl.contract.BiGruModel;
import io.github.attentive.djl.contract.GraphInterpreter;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Operation;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.runtime.HostArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BiGruGraphTest {
  private static final double DROPOUT = 0.3;

  private static Graph trainable(Attention attention, Padding padding) {
    BiGruConfig config = BiGruModel.config(attention, padding);
    return BiGruGraph.trainable(config, BiGruModel.weights(config), DROPOUT, new float[0]);
  }

  private static List<String> signature(List<Function.Named> values) {
    return values.stream()
        .map(named -> named.name() + " " + named.tensor().type() + named.tensor().shape())
        .toList();
  }

  private static List<Operation.Dropout> dropouts(Function function) {
    return function.steps().stream()
        .map(Function.Step::operation)
        .filter(Operation.Dropout.class::isInstance)
        .map(Operation.Dropout.class::cast)
        .toList();
  }

  @Test
  void parametersAreThoseOfPyTorchInOrder() {
    BiGruConfig config = BiGruModel.config(Attention.FINAL_STATE, Padding.MASK);
    Map<String, Shape> shapes = BiGruGraph.parameterShapes(config);
    assertThat(shapes.keySet())
        .containsExactly(
            "embedding.weight",
            "gru.weight_ih_l0",
            "gru.weight_hh_l0",
            "gru.bias_ih_l0",
            "gru.bias_hh_l0",
            "gru.weight_ih_l0_reverse",
            "gru.weight_hh_l0_reverse",
            "gru.bias_ih_l0_reverse",
            "gru.bias_hh_l0_reverse",
            "attention.Wa.weight",
            "attention.Wa.bias",
            "attention.Ua.weight",
            "attention.Ua.bias",
            "attention.Va.weight",
            "attention.Va.bias",
            "fc1.weight",
            "fc1.bias",
            "fc2.weight",
            "fc2.bias");
    assertThat(shapes)
        .containsEntry("gru.weight_ih_l0_reverse", Shape.ofSizes(18, 8))
        .containsEntry("fc2.weight", Shape.ofSizes(3, 6));
    Graph graph = trainable(Attention.FINAL_STATE, Padding.MASK);
    assertThat(graph.parameters().stream().map(Parameter::name))
        .containsExactlyElementsOf(shapes.keySet());
    assertThat(graph.parameters()).allMatch(Parameter::trainable);
    BiGruConfig queryFree = BiGruModel.config(Attention.QUERY_FREE, Padding.MASK);
    assertThat(BiGruGraph.parameterShapes(queryFree))
        .containsEntry("attention_w.weight", Shape.ofSizes(6, 12))
        .containsEntry("attention_v.weight", Shape.ofSizes(1, 6))
        .doesNotContainKeys("attention_v.bias", "attention.Va.weight");
  }

  @Test
  void explainGivesOneQueryMoreThanClassify() {
    for (Padding padding : Padding.values()) {
      BiGruConfig config = BiGruModel.config(Attention.FINAL_STATE, padding);
      Graph graph = BiGruGraph.of(config, BiGruModel.weights(config));
      Function classify = graph.function("classify");
      Function explain = graph.function("explain");
      List<String> inputs =
          padding == Padding.MASK
              ? List.of("input_ids INT64[batch, length]", "attention_mask INT64[batch, length]")
              : List.of("input_ids INT64[batch, length]");
      assertThat(signature(classify.inputs())).isEqualTo(inputs);
      assertThat(signature(explain.inputs())).isEqualTo(inputs);
      assertThat(signature(classify.outputs())).containsExactly("logits FLOAT32[batch, 3]");
      assertThat(signature(explain.outputs()))
          .containsExactly("logits FLOAT32[batch, 3]", "attention_0 FLOAT32[batch, 1, 1, length]");
      assertThat(graph.functions()).hasSize(2);
    }
  }

  @Test
  void theLossHasDropoutBeforeTheLastLayer() {
    for (Attention attention : Attention.values()) {
      Graph graph = trainable(attention, Padding.MASK);
      Function loss = graph.function("loss");
      Function validation = graph.function("validation_loss");
      assertThat(signature(loss.inputs()))
          .containsExactly(
              "input_ids INT64[batch, length]",
              "attention_mask INT64[batch, length]",
              "targets INT64[batch]");
      assertThat(signature(loss.outputs()))
          .containsExactly("mean_loss FLOAT32[]", "logits FLOAT32[batch, 3]");
      assertThat(signature(validation.inputs())).isEqualTo(signature(loss.inputs()));
      assertThat(signature(validation.outputs())).isEqualTo(signature(loss.outputs()));
      assertThat(dropouts(loss))
          .singleElement()
          .satisfies(dropout -> assertThat(dropout.rate()).isEqualTo(DROPOUT));
      assertThat(dropouts(validation)).isEmpty();
    }
  }

  @Test
  void trainingSeesWhatInferenceSees() {
    List<long[]> texts = List.of(new long[] {2, 5, 6, 3}, new long[] {2, 9, 3});
    for (Attention attention : Attention.values()) {
      for (Padding padding : Padding.values()) {
        BiGruConfig config = BiGruModel.config(attention, padding);
        List<HostArray> inputs =
            BiGruGolden.inputs(texts, 6).subList(0, padding == Padding.MASK ? 2 : 1);
        HostArray targets = new HostArray.Longs(new long[] {2}, new long[] {1, 2});
        GraphInterpreter trainable = new GraphInterpreter(trainable(attention, padding));
        Graph graph = BiGruGraph.of(config, BiGruModel.weights(config));
        HostArray.Floats logits = new GraphInterpreter(graph).run("classify", inputs).get(0);
        List<HostArray.Floats> validation =
            trainable.run(
                "validation_loss", Stream.concat(inputs.stream(), Stream.of(targets)).toList());
        assertThat(validation.get(1).values()).containsExactly(logits.values());
        assertThat(validation.get(0).values()[0]).isPositive();
      }
    }
  }

  /** So that its row stays as it is: nothing depends on it. */
  @Test
  void theVectorOfPaddingHasNoPartInTheLoss() {
    List<HostArray> inputs = BiGruGolden.inputs(List.of(new long[] {2, 5, 3}), 6);
    HostArray targets = new HostArray.Longs(new long[] {1}, new long[] {1});
    for (Padding padding : Padding.values()) {
      BiGruConfig config = BiGruModel.config(Attention.FINAL_STATE, padding);
      Map<String, Parameter> weights = BiGruModel.weights(config);
      float[] losses = new float[2];
      for (int i = 0; i < 2; i++) {
        float[] table = weights.get("embedding.weight").values();
        Arrays.fill(table, 0, config.embeddingDim(), i);
        weights.put(
            "embedding.weight",
            Parameter.of("embedding.weight", weights.get("embedding.weight").shape(), table));
        List<HostArray> given =
            padding == Padding.MASK
                ? List.of(inputs.get(0), inputs.get(1), targets)
                : List.of(inputs.get(0), targets);
        losses[i] =
            new GraphInterpreter(BiGruGraph.trainable(config, weights, DROPOUT, new float[0]))
                .run("validation_loss", given)
                .get(0)
                .values()[0];
      }
      assertThat(losses[1]).isEqualTo(losses[0]);
    }
  }

  @Test
  void weightsOfClassesCountInTrainingAlone() {
    BiGruConfig config = BiGruModel.config(Attention.FINAL_STATE, Padding.MASK);
    Map<String, Parameter> weights = BiGruModel.weights(config);
    long[][] texts = {{2, 5, 3}, {2, 6, 7}};
    List<HostArray> inputs = new ArrayList<>(BiGruGolden.inputs(List.of(texts[0], texts[1]), 3));
    inputs.add(new HostArray.Longs(new long[] {2}, new long[] {0, 2}));
    float[] losses = new float[2];
    for (int i = 0; i < 2; i++) {
      List<HostArray> one = new ArrayList<>(BiGruGolden.inputs(List.of(texts[i]), 3));
      one.add(new HostArray.Longs(new long[] {1}, new long[] {2 * i}));
      losses[i] = loss(config, weights, new float[0], "loss", one);
    }
    float[] factors = {3, 7, 0.5f};
    assertThat(loss(config, weights, factors, "loss", inputs))
        .isCloseTo((3 * losses[0] + 0.5f * losses[1]) / 2, within(1e-5f));
    assertThat(loss(config, weights, factors, "validation_loss", inputs))
        .isCloseTo((losses[0] + losses[1]) / 2, within(1e-5f));
  }

  private static float loss(
      BiGruConfig config,
      Map<String, Parameter> weights,
      float[] factors,
      String function,
      List<HostArray> inputs) {
    return new GraphInterpreter(BiGruGraph.trainable(config, weights, 0, factors))
        .run(function, inputs)
        .get(0)
        .values()[0];
  }
}
