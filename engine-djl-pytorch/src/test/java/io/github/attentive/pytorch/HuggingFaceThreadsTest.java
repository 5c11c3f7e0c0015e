package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Classification;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.LoadOptions;
import io.github.attentive.TextInput;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.contract.ChildJvm;
import io.github.attentive.djl.contract.HuggingFaceGolden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results do not depend on thread, batch, order or padding. */
class HuggingFaceThreadsTest {
  private static final int THREADS = 64;

  @TempDir Path folder;

  /** In a JVM of its own, where what grows is native. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void tenThousandCallsOfManyThreadsAreTheSerialOnesAndLeaveNothing() throws Exception {
    List<String> heap = List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");
    List<String> lines =
        new ChildJvm(ThreadsMain.class, folder)
            .options(heap)
            .run(SharedFixtures.path("hf/bert").toString())
            .out();
    assertThat(lines).hasSize(3);
    String[] before = lines.get(0).split(" ");
    String[] after = lines.get(1).split(" ");
    assertThat(before[0] + " " + after[0]).isEqualTo("before after");
    assertThat(lines.get(2)).isEqualTo("different 0");
    assertThat(after[1]).as("resources").isEqualTo(before[1]);
    // 2500 lost attentions of 32 tokens, as most texts have, would be 100 MB.

    assertThat(Long.parseLong(after[2]) - Long.parseLong(before[2])).as("MB").isLessThan(50);
  }

  @Test
  void closingWaitsForCallsAndLaterOnesSayThatTheModelIsClosed() throws Exception {
    AttentionExplainer model = AttentionExplainer.load(SharedFixtures.path("hf/bert"));
    Classification expected = model.classify("the movie was boring");
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    CountDownLatch running = new CountDownLatch(THREADS);
    try {
      List<Future<String>> ends = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        ends.add(
            pool.submit(
                () -> {
                  for (boolean first = true; ; first = false) {
                    try {
                      assertThat(model.classify("the movie was boring")).isEqualTo(expected);
                    } catch (IllegalStateException e) {
                      return e.getMessage();
                    }
                    if (first) {
                      running.countDown();
                    }
                  }
                }));
      }
      assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
      model.close();
      for (Future<String> end : ends) {
        assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo("this model (bert) is closed");
      }
    } finally {
      pool.shutdownNow();
      model.close();
    }
    assertThatThrownBy(() -> model.explain("too late"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("this model (bert) is closed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"albert", "bert", "deberta-v2-conv", "modernbert", "modernbert-cls", "mpnet"})
  void batchOrderAndPaddingDoNotMatter(String family) throws IOException {
    HuggingFaceGolden golden = HuggingFaceGolden.of(family);
    List<TextInput> inputs =
        new ArrayList<>(golden.comparable().stream().map(golden::input).toList());
    LoadOptions options = LoadOptions.builder().batchSize(7).build();
    try (AttentionExplainer model = AttentionExplainer.load(golden.directory(), options)) {
      Random random = new Random(11);
      for (int round = 0; round < 3; round++) {
        Collections.shuffle(inputs, random);
        List<Explanation> batch = model.explainAll(inputs, ExplainOptions.defaults());
        for (int i = 0; i < inputs.size(); i++) {
          Explanation alone = model.explain(inputs.get(i));
          assertThat(batch.get(i).classification().logits())
              .containsExactly(alone.classification().logits(), within(1e-5f));
          assertThat(batch.get(i).attention().toArray())
              .containsExactly(alone.attention().toArray(), within(1e-5f));
        }
      }
    }
  }

  /** A batch of one text many times over is that text, whatever its place. */
  @Test
  void everyPlaceOfABatchGivesTheSameBits() {
    try (AttentionExplainer model = AttentionExplainer.load(SharedFixtures.path("hf/bert"))) {
      List<TextInput> inputs = Collections.nCopies(16, TextInput.of("the movie was boring"));
      List<Classification> results = model.classifyAll(inputs);
      assertThat(results).hasSize(16).containsOnly(results.get(0));
    }
  }
}
