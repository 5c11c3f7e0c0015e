package io.github.attentive.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Explanation;
import io.github.attentive.LoadOptions;
import io.github.attentive.djl.SharedFixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both engines in one JVM, at the same time, over the same model. */
class BothEnginesTest {
  private static final int THREADS = 6;
  private static final int ROUNDS = 5;
  private static final Offset<Float> EQUAL = Offset.offset(2e-5f);
  private static final List<String> TEXTS =
      List.of(
          "a great film", "boring", "the story was dull, and the acting was not", "\u00e9t\u00e9");

  private static AttentionExplainer load(String engine, String family) {
    return AttentionExplainer.load(
        SharedFixtures.path(family), LoadOptions.builder().engine(engine).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hf/bert", "hf/roberta"})
  void manyThreadsGetTheSameOfBoth(String family) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (AttentionExplainer pytorch = load("pytorch", family);
        AttentionExplainer tensorflow = load("tensorflow", family)) {
      assertThat(pytorch.info().engine()).isEqualTo("pytorch");
      assertThat(tensorflow.info().engine()).isEqualTo("tensorflow");
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        running.add(threads.submit(() -> assertEqual(pytorch, tensorflow)));
      }
      for (Future<?> each : running) {
        each.get(120, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void assertEqual(AttentionExplainer pytorch, AttentionExplainer tensorflow) {
    for (int round = 0; round < ROUNDS; round++) {
      for (String text : TEXTS) {
        assertThat(tensorflow.classify(text).logits())
            .containsExactly(pytorch.classify(text).logits(), EQUAL);
        Explanation other = pytorch.explain(text);
        assertThat(tensorflow.explain(text).attention().toArray())
            .containsExactly(other.attention().toArray(), EQUAL);
      }
    }
  }

  @Test
  void theOneThatStartedLastComputesAsTheOther() {
    try (AttentionExplainer tensorflow = load("tensorflow", "hf/bert");
        AttentionExplainer pytorch = load("pytorch", "hf/bert")) {
      assertEqual(pytorch, tensorflow);
    }
  }
}
