package io.github.attentive.djl.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Operation;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.SeldomCalled;
import io.github.attentive.djl.graph.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KerasGraphTest {
  private static final Axis BATCH = Axis.named("batch");

  private static Graph graph(boolean attention, String... labels) {
    KerasConfig config = new KerasConfig(attention, 7, 4, 5, List.of(labels));
    Map<String, Parameter> weights = new LinkedHashMap<>();
    KerasGraph.parameterShapes(config)
        .forEach(
            (name, shape) ->
                weights.put(name, Parameter.of(name, shape, new float[(int) shape.elements()])));
    return KerasGraph.of(config, weights);
  }

  private static List<String> signature(List<Function.Named> values) {
    return values.stream()
        .map(named -> named.name() + " " + named.tensor().type() + named.tensor().shape())
        .toList();
  }

  private static List<String> operations(Function function) {
    return function.steps().stream()
        .map(step -> step.operation().getClass().getSimpleName())
        .toList();
  }

  @Test
  void parametersAreInOrder() {
    KerasConfig two = new KerasConfig(true, 7, 4, 5, List.of("a", "b"));
    assertThat(KerasGraph.parameterShapes(two))
        .containsExactly(
            Map.entry("embedding.weight", Shape.ofSizes(7, 4)),
            Map.entry("dense.weight", Shape.ofSizes(1, 4)),
            Map.entry("dense.bias", Shape.ofSizes(1)));
    assertThat(graph(true, "a", "b", "c").parameters())
        .extracting(Parameter::toString)
        .containsExactly("embedding.weight[7, 4]", "dense.weight[3, 4]", "dense.bias[3]");
  }

  @Test
  void explainGivesTheWeightsThatClassifyUses() {
    Graph graph = graph(true, "a", "b");
    Function classify = graph.function("classify");
    assertThat(signature(classify.inputs())).containsExactly("input_ids INT64[batch, 5]");
    assertThat(signature(classify.outputs())).containsExactly("logits FLOAT32[batch, 1]");
    assertThat(operations(classify)).containsExactly("Embedding", "Attention", "Reduce", "Linear");
    assertThat(classify.steps().get(1).operation())
        .isInstanceOfSatisfying(
            Operation.Attention.class, op -> assertThat(op.scale()).isEqualTo(1.0));

    Function explain = graph.function("explain");
    assertThat(signature(explain.inputs())).isEqualTo(signature(classify.inputs()));
    assertThat(signature(explain.outputs()))
        .containsExactly("logits FLOAT32[batch, 1]", "attention_0 FLOAT32[batch, 1, 5, 5]");
    assertThat(operations(explain))
        .containsExactly(
            "Embedding",
            "Transpose",
            "MatMul",
            "Softmax",
            "MatMul",
            "Reduce",
            "Linear",
            "Unsqueeze");
  }

  @Test
  void withoutAttentionThereIsNothingToExplain() {
    Graph graph = graph(false, "a", "b");
    assertThat(graph.functions()).extracting(Function::name).containsExactly("classify", "loss");
    assertThat(operations(graph.function("classify")))
        .containsExactly("Embedding", "Reduce", "Linear");
  }

  @Test
  void wordsAreTheirOwnQueriesAndKeys() {
    Graph graph = graph(true, "a", "b");
    assertThat(signature(graph.function("inspect").outputs()))
        .containsExactly(
            "logits FLOAT32[batch, 1]",
            "attention_0 FLOAT32[batch, 1, 5, 5]",
            "queries_0 FLOAT32[batch, 1, 5, 4]",
            "keys_0 FLOAT32[batch, 1, 5, 4]",
            "scores_0 FLOAT32[batch, 1, 5, 5]");
    assertThat(KerasGraph.attentionKind().scales()).containsExactly(1);
    assertThat(graph(false, "a", "b").seldomCalled())
        .extracting(SeldomCalled::name)
        .containsExactly("embed", "embedding_gradients");
  }

  @Test
  void theLossOfTwoClassesIsBinary() {
    Function loss = graph(true, "a", "b").function("loss");
    assertThat(signature(loss.inputs()))
        .containsExactly(
            "input_ids INT64[batch, 5]",
            "occurrences FLOAT32[batch, 5, 4]",
            "targets FLOAT32[batch, 1]");
    assertThat(signature(loss.outputs()))
        .containsExactly("mean_loss FLOAT32[]", "logits FLOAT32[batch, 1]");
    assertThat(operations(loss)).endsWith("BinaryCrossEntropy");
  }

  @Test
  void theLossOfThreeClassesIsThatOfASoftmax() {
    Function loss = graph(false, "a", "b", "c").function("loss");
    assertThat(signature(loss.inputs())).last().isEqualTo("targets INT64[batch]");
    assertThat(loss.outputs().get(1).tensor().shape()).isEqualTo(Shape.of(BATCH, Axis.fixed(3)));
    assertThat(operations(loss)).endsWith("CrossEntropy", "Reduce");
  }
}
