package io.github.attentive.djl.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.Dataset;
import io.github.attentive.EpochReport;
import io.github.attentive.InferenceException;
import io.github.attentive.LabelledText;
import io.github.attentive.Recipe;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingOptions;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.architecture.KerasGraph;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.text.KerasTextEncoder;
import io.github.attentive.djl.text.TextVectorization;
import io.github.attentive.djl.text.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Example i is the word of id i + 2; its label is 1 if i is odd. */
class TrainingLoopTest {
  private static final List<String> LABELS = List.of("0", "1");
  private static final int MOST = 400;
  private static final KerasConfig CONFIG = new KerasConfig(true, MOST + 2, 2, 3, LABELS);
  private static final Graph GRAPH = graph();
  private static final KerasTextEncoder ENCODER =
      new KerasTextEncoder(
          TextVectorization.DEFAULT,
          Vocabulary.of(
              Stream.concat(
                      Stream.of("", "[UNK]"), IntStream.range(0, MOST).mapToObj(i -> "word" + i))
                  .toList()),
          3,
          3);

  @TempDir Path folder;

  private static Graph graph() {
    Map<String, Parameter> weights = new LinkedHashMap<>();
    KerasGraph.parameterShapes(CONFIG)
        .forEach(
            (name, shape) ->
                weights.put(name, Parameter.of(name, shape, new float[(int) shape.elements()])));
    return KerasGraph.of(CONFIG, weights);
  }

  private static KerasExamples examples(int count) {
    List<LabelledText> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(LabelledText.of("word" + i, LABELS.get(i % 2)));
    }
    return new KerasExamples(Dataset.of(texts, LABELS), ENCODER, CONFIG);
  }

  private TrainingLoop loop(
      StubTrainable stub, int training, int validation, TrainingOptions options) {
    KerasExamples examples = examples(training);
    SplittableRandom random = new SplittableRandom(options.seed());
    return new TrainingLoop(
        stub,
        new KerasUpdates(GRAPH, stub, examples, options.learningRate()),
        new TrainingLoop.Data(
            examples,
            new RepeatedBatches(training, options.batchSize(), random),
            validation == 0 ? null : examples(validation)),
        options,
        TrainingCheckpoints.open(folder, Map.of(), options));
  }

  private static TrainingOptions.Builder options(int epochs, int batchSize) {
    return TrainingOptions.builder(Recipe.KERAS_ATTENTION).epochs(epochs).batchSize(batchSize);
  }

  private static StubTrainable stub(StubTrainable.Behaviour training) {
    return new StubTrainable(GRAPH, training, StubTrainable::calm);
  }

  /** The mean of the words' ids; every example is right but that of id 2 and that of id 5. */
  private static TrainableGraph.Loss meanOfIds(List<Long> words, int call) {
    float[] logits = new float[words.size()];
    for (int i = 0; i < logits.length; i++) {
      boolean odd = words.get(i) % 2 == 1;
      boolean wrong = words.get(i) == 2 || words.get(i) == 5;
      logits[i] = odd == wrong ? -1 : 1;
    }
    double mean = words.stream().mapToLong(Long::longValue).average().orElseThrow();
    return StubTrainable.loss((float) mean, logits);
  }

  @Test
  void lossAndAccuracyAreMeansOverExamplesNotBatches() {
    // Batches of 4, 4 and 2: the mean over batches would depend on who is in the last one.
    TrainingHistory history =
        loop(stub(TrainingLoopTest::meanOfIds), 10, 0, options(5, 4).build()).run();
    assertThat(history.epochs()).hasSize(5);
    for (EpochReport epoch : history.epochs()) {
      assertThat(epoch.loss()).isCloseTo(6.5, within(1e-6));
      assertThat(epoch.accuracy()).isEqualTo(0.8);
      assertThat(epoch.validation()).isNull();
      assertThat(epoch.seconds()).isNotNegative();
    }
    assertThat(history.epochs()).extracting(EpochReport::epoch).containsExactly(1, 2, 3, 4, 5);
    assertThat(history.epochs()).extracting(EpochReport::epochs).containsOnly(5);
  }

  @Test
  void everyExampleIsSeenOncePerEpochInTheSameBatches() {
    StubTrainable stub = stub(StubTrainable::calm);
    loop(stub, 10, 0, options(6, 4).build()).run();
    assertThat(stub.updates).hasSize(18);
    List<List<List<Long>>> epochs = new ArrayList<>();
    for (int epoch = 0; epoch < 6; epoch++) {
      List<List<Long>> batches = stub.updates.subList(epoch * 3, epoch * 3 + 3);
      assertThat(batches.stream().flatMap(List::stream).sorted())
          .containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
      assertThat(batches).extracting(List::size).containsExactlyInAnyOrder(4, 4, 2);
      assertThat(new HashSet<>(batches)).isEqualTo(new HashSet<>(stub.updates.subList(0, 3)));
      epochs.add(batches);
    }
    assertThat(new HashSet<>(epochs)).as("orders of the batches").hasSizeGreaterThan(1);
  }

  @Test
  void theSeedDecidesTheBatches() {
    Map<Long, List<List<Long>>> bySeed = new HashMap<>();
    for (long seed : new long[] {0, 1, 2}) {
      StubTrainable stub = stub(StubTrainable::calm);
      loop(stub, 10, 0, options(3, 4).seed(seed).build()).run();
      bySeed.put(seed, stub.updates);
      StubTrainable again = stub(StubTrainable::calm);
      loop(again, 10, 0, options(3, 4).seed(seed).build()).run();
      assertThat(again.updates).isEqualTo(stub.updates);
    }
    assertThat(new HashSet<>(bySeed.values())).hasSize(3);
  }

  @Test
  void aBatchSizeAboveTheExamplesIsOneBatch() {
    StubTrainable stub = stub(StubTrainable::calm);
    loop(stub, 3, 0, options(2, 32).build()).run();
    assertThat(stub.updates).extracting(List::size).containsExactly(3, 3);
  }

  @Test
  void withoutValidationTheLastWeightsAreKept() {
    StubTrainable stub = stub(StubTrainable::calm);
    TrainingLoop loop = loop(stub, 4, 0, options(3, 4).build());
    assertThat(loop.run().kept()).isEqualTo(3);
    assertThat(loop.kept()).extracting(Parameter::name).containsExactlyElementsOf(names());
    for (int p = 0; p < 3; p++) {
      assertThat(loop.kept().get(p).values()).isEqualTo(stub.assigned.get(p));
    }
    assertThat(stub.evaluations).isEmpty();
  }

  private static List<String> names() {
    return GRAPH.parameters().stream().map(Parameter::name).toList();
  }

  @Test
  void theEarliestOfTheBestValidationEpochsIsKept() {
    // Of 4 held-out examples so many are right after each epoch.
    int[] right = {1, 3, 2, 3, 0};
    List<float[]> biases = new ArrayList<>();
    StubTrainable[] stub = new StubTrainable[1];
    stub[0] =
        new StubTrainable(
            GRAPH,
            StubTrainable::calm,
            (words, call) -> {
              biases.add(stub[0].assigned.get(2));
              float[] logits = new float[words.size()];
              for (int i = 0; i < logits.length; i++) {
                logits[i] = (words.get(i) % 2 == 1) == i < right[call - 1] ? 1 : -1;
              }
              return StubTrainable.loss(call, logits);
            });
    TrainingLoop loop = loop(stub[0], 6, 4, options(5, 3).build());
    TrainingHistory history = loop.run();
    assertThat(history.epochs())
        .extracting(EpochReport::validation)
        .containsExactly(
            new EpochReport.Validation(1, 0.25),
            new EpochReport.Validation(2, 0.75),
            new EpochReport.Validation(3, 0.5),
            new EpochReport.Validation(4, 0.75),
            new EpochReport.Validation(5, 0));
    assertThat(history.kept()).isEqualTo(2);
    assertThat(loop.kept().get(2).values()).isEqualTo(biases.get(1));
    assertThat(biases.get(1)).isNotEqualTo(biases.get(0)).isNotEqualTo(biases.get(3));
    assertThat(stub[0].evaluations).allSatisfy(w -> assertThat(w).containsExactly(2L, 3L, 4L, 5L));
  }

  @Test
  void aValidationThatIsAlwaysWrongStillKeepsAnEpoch() {
    StubTrainable stub =
        new StubTrainable(
            GRAPH,
            StubTrainable::calm,
            (words, call) -> StubTrainable.loss(1, words.get(0) % 2 == 1 ? -1 : 1));
    TrainingLoop loop = loop(stub, 4, 1, options(3, 4).build());
    assertThat(loop.run().kept()).isEqualTo(1);
    assertThat(loop.kept()).hasSize(3);
  }

  @Test
  void manyHeldOutExamplesAreEvaluatedInParts() {
    StubTrainable stub = new StubTrainable(GRAPH, StubTrainable::calm, TrainingLoopTest::meanOfIds);
    TrainingHistory history = loop(stub, 4, 400, options(1, 4).build()).run();
    assertThat(stub.evaluations).extracting(List::size).containsExactly(256, 144);
    EpochReport.Validation validation = history.last().validation();
    assertThat(validation.loss()).isCloseTo(201.5, within(1e-4));
    assertThat(validation.accuracy()).isEqualTo(398 / 400.0);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void aLossThatIsNotFiniteStopsAndSaysWhere(float loss) {
    List<EpochReport> reports = new ArrayList<>();
    StubTrainable stub =
        stub((words, call) -> StubTrainable.loss(call == 5 ? loss : 1, new float[words.size()]));
    TrainingOptions options = options(4, 4).listener(reports::add).learningRate(0.5f).build();
    assertThatThrownBy(() -> loop(stub, 10, 0, options).run())
        .isInstanceOf(InferenceException.class)
        .hasMessage(
            "epoch 2, batch 2, update 5 of the training (examples %s): expected a finite loss, got %s;"
                + " try a lower learning rate than 0.5, or look at these examples",
            stub.updates.get(4).stream().map(id -> id - 1 + "").collect(Collectors.joining(", ")),
            loss);
    assertThat(reports).extracting(EpochReport::epoch).containsExactly(1);
    assertThat(stub.updates).hasSize(5);
  }

  @Test
  void theListenerHearsEveryEpochAndCanStop() {
    List<EpochReport> reports = new ArrayList<>();
    TrainingHistory history =
        loop(stub(StubTrainable::calm), 4, 0, options(3, 4).listener(reports::add).build()).run();
    assertThat(reports).isEqualTo(history.epochs());

    StubTrainable stub = stub(StubTrainable::calm);
    IllegalStateException stop = new IllegalStateException("enough");
    TrainingOptions options =
        options(9, 4)
            .listener(
                report -> {
                  if (report.epoch() == 2) {
                    throw stop;
                  }
                })
            .build();
    assertThatThrownBy(() -> loop(stub, 4, 0, options).run()).isSameAs(stop);
    assertThat(stub.updates).hasSize(2);
  }
}
