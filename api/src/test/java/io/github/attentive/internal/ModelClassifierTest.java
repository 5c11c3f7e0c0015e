package io.github.attentive.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.attentive.AttentionTensor;
import io.github.attentive.Classification;
import io.github.attentive.ExplainOptions;
import io.github.attentive.InferenceException;
import io.github.attentive.TextInput;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.PositionsRead;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ModelClassifierTest {

  /** Runs only once it may. */
  private static final class SlowModel extends StubModel {
    final CountDownLatch running = new CountDownLatch(2);
    final CountDownLatch released = new CountDownLatch(1);
    volatile boolean closedWhileRunning;
    private volatile boolean done;

    SlowModel() {
      super(1, 1, PositionsRead.FIRST, false);
    }

    @Override
    public List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
      running.countDown();
      try {
        released.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      List<ModelOutput> outputs = super.run(inputs, detail);
      done = true;
      return outputs;
    }

    @Override
    public void close() {
      closedWhileRunning = !done;
      super.close();
    }
  }

  @Test
  @Timeout(30)
  void closingWaitsForCallsThatRunAndRefusesThoseThatCome() throws Exception {
    SlowModel model = new SlowModel();
    ModelExplainer explainer = new ModelExplainer(model);
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      Future<Classification> first = pool.submit(() -> explainer.classify("first"));
      Future<?> second = pool.submit(() -> explainer.explain("second"));
      assertThat(model.running.await(20, TimeUnit.SECONDS)).as("both run at once").isTrue();

      Future<?> closing = pool.submit(explainer::close);
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> closing.get(150, TimeUnit.MILLISECONDS));
      assertThat(model.closed).isZero();

      model.released.countDown();
      assertThat(first.get(20, TimeUnit.SECONDS).input()).isEqualTo(TextInput.of("first"));
      assertThat(second.get(20, TimeUnit.SECONDS)).isNotNull();
      closing.get(20, TimeUnit.SECONDS);
      assertThat(model.closedWhileRunning).isFalse();
      assertThat(model.closed).isEqualTo(1);
      assertThatIllegalStateException()
          .isThrownBy(() -> explainer.classify("third"))
          .withMessage("this model (stub) is closed");
      explainer.close();
      assertThat(model.closed).as("closed once only").isEqualTo(1);
    } finally {
      model.released.countDown();
      pool.shutdownNow();
    }
  }

  @Test
  void anEngineThatFailsLeavesTheClassifierUsable() {
    StubModel failsOnce =
        new StubModel(1, 1, PositionsRead.ALL, false) {
          private boolean failed;

          @Override
          public List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
            if (!failed) {
              failed = true;
              throw new InferenceException("spilled");
            }
            return super.run(inputs, detail);
          }
        };
    try (ModelClassifier classifier = new ModelClassifier(failsOnce)) {
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> classifier.classify("text"))
          .withMessage("spilled");
      assertThat(classifier.classify("text")).isNotNull();
    }
    assertThat(failsOnce.closed).isEqualTo(1);
  }

  @Test
  void tooFewOutputsAreReported() {
    StubModel forgetful =
        new StubModel(1, 1, PositionsRead.ALL, false) {
          @Override
          public List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
            return super.run(inputs.subList(1, inputs.size()), detail);
          }
        };
    try (ModelExplainer explainer = new ModelExplainer(forgetful)) {
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> explainer.classifyAll(List.of(TextInput.of("a"), TextInput.of("b"))))
          .withMessage("engine 'stub': expected 2 outputs, got 1");
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> explainer.explain("a"))
          .withMessage("engine 'stub': expected 1 outputs, got 0");
    }
  }

  @Test
  void missingAttentionIsReported() {
    StubModel blind =
        new StubModel(1, 1, PositionsRead.ALL, false) {
          @Override
          public List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
            return super.run(inputs, Detail.SCORES);
          }
        };
    try (ModelExplainer explainer = new ModelExplainer(blind)) {
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> explainer.explain("a"))
          .withMessage("engine 'stub': expected attention weights with the output, got none");
    }
  }

  @Test
  void queriesAndKeysThatAreMissingAreReported() {
    StubModel model =
        new StubModel(1, 1, PositionsRead.ALL, false) {
          @Override
          public List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
            return super.run(inputs, Detail.ATTENTION);
          }
        };
    try (ModelExplainer explainer = new ModelExplainer(model)) {
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(
              () ->
                  explainer.explain(
                      TextInput.of("a"), ExplainOptions.builder().queriesAndKeys(true).build()))
          .withMessage("engine 'stub': expected queries and keys with the output, got none");
    }
  }

  @Test
  void attentionThatDoesNotFitThePositionsIsReported() {
    for (int keys : new int[] {5, 7}) {
      StubModel ragged =
          new StubModel(1, 1, PositionsRead.FIRST, true) {
            @Override
            public List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
              ModelOutput output = super.run(inputs, detail).get(0);
              float[] values = new float[keys];
              values[0] = 1;
              return List.of(
                  new ModelOutput(
                      output.positions(),
                      output.truncated(),
                      output.logits(),
                      output.scores(),
                      new AttentionTensor(1, 1, 1, keys, values)));
            }
          };
      try (ModelExplainer explainer = new ModelExplainer(ragged)) {
        assertThatExceptionOfType(InferenceException.class)
            .isThrownBy(() -> explainer.explain("a"))
            .withMessage(
                "engine 'stub': expected an attention column for each of 6 positions, got %d",
                keys);
      }
    }
  }

  @Test
  void noMoreIsAskedForThanIsWanted() {
    List<Detail> asked = new ArrayList<>();
    StubModel model =
        new StubModel(1, 1, PositionsRead.ALL, false) {
          @Override
          public List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
            asked.add(detail);
            return super.run(inputs, detail);
          }
        };
    try (ModelExplainer explainer = new ModelExplainer(model)) {
      explainer.classify("a");
      explainer.explain("a");
      explainer.explain(TextInput.of("a"), ExplainOptions.builder().queriesAndKeys(true).build());
      explainer.classifyAll(List.of());
      explainer.explainAll(List.of(), ExplainOptions.defaults());
      assertThat(asked).containsExactly(Detail.SCORES, Detail.ATTENTION, Detail.QUERIES_AND_KEYS);
    }
  }

  @Test
  void aListThatChangesMeanwhileDoesNotMixUpTheResults() {
    List<TextInput> inputs = new LinkedList<>(List.of(TextInput.of("a"), TextInput.of("b")));
    StubModel model =
        new StubModel(1, 1, PositionsRead.ALL, false) {
          @Override
          public List<ModelOutput> run(List<TextInput> batch, Detail detail) {
            List<ModelOutput> outputs = super.run(batch, detail);
            inputs.set(0, TextInput.of("changed"));
            inputs.remove(1);
            return outputs;
          }
        };
    try (ModelExplainer explainer = new ModelExplainer(model)) {
      assertThat(explainer.classifyAll(inputs).stream().map(Classification::input).toList())
          .containsExactly(TextInput.of("a"), TextInput.of("b"));
      inputs.clear();
      inputs.addAll(List.of(TextInput.of("a"), TextInput.of("b")));
      assertThat(explainer.explainAll(inputs, ExplainOptions.defaults()))
          .extracting(e -> e.input().text())
          .containsExactly("a", "b");
    }
  }
}
