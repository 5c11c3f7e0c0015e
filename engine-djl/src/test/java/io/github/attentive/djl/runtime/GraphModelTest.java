package io.github.attentive.djl.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.AttentionTensor;
import io.github.attentive.InvalidInputException;
import io.github.attentive.ModelInfo;
import io.github.attentive.ProblemType;
import io.github.attentive.QueriesAndKeys;
import io.github.attentive.TextInput;
import io.github.attentive.djl.architecture.AttentionKind;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.PositionsRead;
import io.github.attentive.spi.TokenSpan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of like length, whose padding and order no result shows. */
class GraphModelTest {
  private static final List<TextInput> TEXTS =
      List.of(
          TextInput.of("cccc"),
          TextInput.of("a"),
          TextInput.of("bb", "xyz"),
          TextInput.of("zzzzzzzzzzzz"),
          TextInput.of("d"),
          TextInput.of("ddd"));

  private final EncodingGraph graph = new EncodingGraph();
  private final TextsOfLetters encoder = new TextsOfLetters();

  private static Graph inputs() {
    GraphBuilder builder = new GraphBuilder();
    FunctionBuilder classify = builder.function("classify");
    for (String name : List.of("input_ids", "attention_mask", "token_type_ids")) {
      classify.input(name, ElementType.INT64, Axis.named("batch"), Axis.named("length"));
    }
    return builder.build();
  }

  private GraphModel model(int batchSize, ProblemType problemType) {
    return new GraphModel(
        new ModelInfo("stub", "letters", 2, 2, 9, List.of("x", "y", "z"), problemType),
        PositionsRead.FIRST,
        AttentionKind.dotProducts(List.of(1.0, 2.0)),
        GraphAbilities.NONE,
        encoder,
        new BatchInputs(inputs(), 99),
        graph,
        batchSize);
  }

  private static void assertOutput(TextInput input, ModelOutput output, Detail detail) {
    String letters = input.text() + (input.pair() == null ? "" : input.pair());
    int length = Math.min(letters.length(), 9);
    List<Long> ids = letters.chars().limit(9).mapToObj(letter -> (long) letter - 'a' + 1).toList();
    assertThat(output.positions()).extracting(TokenSpan::id).isEqualTo(ids);
    assertThat(output.truncated()).isEqualTo(letters.length() > 9);
    assertThat(output.logits())
        .containsExactly(
            ids.stream().mapToLong(Long::longValue).sum(),
            Math.max(0, length - input.text().length()),
            length);
    assertThat(output.scores()).isEqualTo(Scores.of(output.logits()));
    if (!detail.includes(Detail.ATTENTION)) {
      assertThat(output.attention()).isEmpty();
      assertThat(output.queriesAndKeys()).isEmpty();
      return;
    }
    AttentionTensor tensor = output.attention().orElseThrow();
    assertThat(tensor.shape()).containsExactly(2, 2, length, length);
    for (int i = 0; i < 4 * length * length; i++) {
      int layer = i / (2 * length * length);
      int head = i / (length * length) % 2;
      int row = i / length % length;
      int column = i % length;
      assertThat(tensor.at(layer, head, row, column))
          .isEqualTo(EncodingGraph.attention(ids.get(0), layer, head, row, column));
    }
    if (!detail.includes(Detail.QUERIES_AND_KEYS)) {
      assertThat(output.queriesAndKeys()).isEmpty();
      return;
    }
    assertQueriesAndKeys(output.queriesAndKeys().orElseThrow(), ids.get(0), length);
  }

  private static void assertQueriesAndKeys(QueriesAndKeys found, long firstId, int length) {
    assertThat(found.layers()).isEqualTo(2);
    assertThat(found.heads()).isEqualTo(2);
    assertThat(found.queries()).isEqualTo(length);
    assertThat(found.positions()).isEqualTo(length);
    for (int i = 0; i < 4 * length; i++) {
      int layer = i / (2 * length);
      int head = i / length % 2;
      int row = i % length;
      assertThat(found.scale(layer)).isEqualTo(layer + 1);
      float code = EncodingGraph.attention(firstId, layer, head, row, 0);
      assertThat(found.query(layer, head, row)).containsExactly(code + 0.25f, code + 1.25f);
      assertThat(found.key(layer, head, row)).containsExactly(code + 0.5f, code + 1.5f);
      for (int key = 0; key < length; key++) {
        assertThat(found.score(layer, head, row, key)).isEqualTo(code + key + 0.75f);
      }
    }
  }

  @Test
  void attentionWithoutQueriesAndKeysIsRefusedBeforeItRuns() {
    GraphModel model =
        new GraphModel(
            new ModelInfo("stub", "letters", 2, 2, 9, List.of("x")),
            PositionsRead.FIRST,
            AttentionKind.without("additive attention"),
            GraphAbilities.NONE,
            encoder,
            new BatchInputs(inputs(), 99),
            graph,
            2);
    assertThatThrownBy(() -> model.run(TEXTS, Detail.QUERIES_AND_KEYS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "queries and keys: expected a model whose attention compares queries with keys by dot"
                + " products, got additive attention; explain without"
                + " ExplainOptions.queriesAndKeys");
    assertThat(graph.calls).isEmpty();
    assertThat(model.run(TEXTS, Detail.ATTENTION)).hasSameSizeAs(TEXTS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 100})
  void everyTextGetsItsOwnResultInAnyBatchAndOrder(int batchSize) {
    GraphModel model = model(batchSize, ProblemType.SINGLE_LABEL);
    List<TextInput> texts = new ArrayList<>(TEXTS);
    Random random = new Random(5);
    for (int round = 0; round < 20; round++) {
      for (Detail detail : Detail.values()) {
        List<ModelOutput> outputs = model.run(texts, detail);
        assertThat(outputs).hasSameSizeAs(texts);
        for (int i = 0; i < texts.size(); i++) {
          assertOutput(texts.get(i), outputs.get(i), detail);
        }
      }
      Collections.shuffle(texts, random);
    }
  }

  @Test
  void batchesAreOfLikeLength() {
    model(2, ProblemType.SINGLE_LABEL).run(TEXTS, Detail.SCORES);
    assertThat(graph.calls).containsExactly("classify 2 x 1", "classify 2 x 4", "classify 2 x 9");
    graph.calls.clear();
    model(4, ProblemType.SINGLE_LABEL).run(TEXTS, Detail.ATTENTION);
    assertThat(graph.calls).containsExactly("explain 4 x 4", "explain 2 x 9");
    graph.calls.clear();
    model(6, ProblemType.SINGLE_LABEL).run(TEXTS.subList(0, 1), Detail.ATTENTION);
    assertThat(graph.calls).containsExactly("explain 1 x 4");
  }

  @Test
  void textsOfOneLengthStayInTheirOrder() {
    List<TextInput> texts = Stream.of("ab", "cd", "ef").map(TextInput::of).toList();
    List<ModelOutput> outputs = model(2, ProblemType.SINGLE_LABEL).run(texts, Detail.SCORES);
    assertThat(outputs).extracting(output -> output.logits()[0]).containsExactly(3f, 7f, 11f);
  }

  @Test
  void noTextsAreNoCalls() {
    assertThat(model(2, ProblemType.SINGLE_LABEL).run(List.of(), Detail.ATTENTION)).isEmpty();
    assertThat(graph.calls).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void scoresAreThoseOfTheProblemType(ProblemType problemType) {
    ModelOutput output = model(2, problemType).run(TEXTS.subList(0, 1), Detail.SCORES).get(0);
    assertThat(output.logits()).containsExactly(12, 0, 4);
    assertThat(output.scores()).isEqualTo(Scores.of(new float[] {12, 0, 4}, problemType, 3));
  }

  @Test
  void closingClosesGraphAndEncoderEvenIfTheGraphFails() {
    model(2, ProblemType.SINGLE_LABEL).close();
    assertThat(graph.closed).isTrue();
    assertThat(encoder.closed).isTrue();

    TextsOfLetters other = new TextsOfLetters();
    CompiledGraph failing =
        new CompiledGraph() {
          @Override
          public List<HostArray.Floats> run(String function, List<HostArray> inputs) {
            return List.of();
          }

          @Override
          public void close() {
            throw new IllegalStateException("stuck");
          }
        };
    GraphModel model =
        new GraphModel(
            new ModelInfo("stub", "letters", 2, 2, 9, List.of("x")),
            PositionsRead.FIRST,
            AttentionKind.dotProducts(List.of(1.0)),
            GraphAbilities.NONE,
            other,
            new BatchInputs(inputs(), 0),
            failing,
            1);
    assertThatThrownBy(model::close).isInstanceOf(IllegalStateException.class).hasMessage("stuck");
    assertThat(other.closed).isTrue();
  }
}
