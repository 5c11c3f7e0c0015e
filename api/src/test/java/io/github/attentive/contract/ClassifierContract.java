package io.github.attentive.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import io.github.attentive.TextInput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every classifier of every engine does. Extend it, and say how to open yours. */
public abstract class ClassifierContract {
  /** Created by JUnit. */
  protected ClassifierContract() {}

  /**
   * Opens the classifier under test.
   *
   * @return a new one; the test closes it
   */
  protected abstract Classifier open();

  /**
   * The texts that are tried.
   *
   * @return ordinary and odd ones
   */
  protected List<String> texts() {
    return List.of(
        "the movie was boring",
        "I loved the acting, but the plot was slow.",
        "",
        "   \t\n ",
        "!!! ... ,",
        "xyzzy plugh qwertz",
        "word ".repeat(100_000),
        "a \uD83D lone \uDE00 surrogate",
        "nul \u0000 here",
        "family \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 emoji",
        "\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627",
        "\u96FB\u5F71 \u5F88 boring",
        "cafe\u0301 nai\u0308ve");
  }

  /**
   * How far the results of a text may differ between batches.
   *
   * @return at most 1e-5
   */
  protected float batchTolerance() {
    return 1e-6f;
  }

  private List<TextInput> inputs() {
    return texts().stream().map(TextInput::of).toList();
  }

  @Test
  void scoresAreProbabilitiesInLabelOrder() {
    try (Classifier classifier = open()) {
      for (Classification result : classifier.classifyAll(inputs())) {
        double sum = 0;
        float best = 0;
        for (float score : result.scores().values()) {
          assertThat(score).isBetween(0f, 1f);
          sum += score;
          best = Math.max(best, score);
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
        assertThat(result.score(result.label())).isEqualTo(best);
        assertThat(List.copyOf(result.scores().keySet())).isEqualTo(classifier.labels());
      }
    }
  }

  @Test
  void sameCallGivesTheSameBits() {
    try (Classifier classifier = open()) {
      assertThat(classifier.classifyAll(inputs())).isEqualTo(classifier.classifyAll(inputs()));
    }
  }

  @Test
  void batchAndOrderDoNotMatter() {
    try (Classifier classifier = open()) {
      List<TextInput> backwards = new ArrayList<>(inputs());
      Collections.reverse(backwards);
      List<Classification> batch = new ArrayList<>(classifier.classifyAll(backwards));
      Collections.reverse(batch);
      for (int i = 0; i < batch.size(); i++) {
        Classification alone = classifier.classify(inputs().get(i));
        assertThat(batch.get(i).input()).isEqualTo(alone.input());
        assertThat(batch.get(i).tokens()).isEqualTo(alone.tokens());
        assertThat(batch.get(i).truncated()).isEqualTo(alone.truncated());
        for (String label : classifier.labels()) {
          assertThat(batch.get(i).score(label))
              .isCloseTo(alone.score(label), within(batchTolerance()));
        }
      }
    }
  }

  @Test
  void threadsDoNotMatter() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Classifier classifier = open()) {
      List<Classification> serial = inputs().stream().map(classifier::classify).toList();
      List<Future<List<Classification>>> parallel = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        parallel.add(threads.submit(() -> inputs().stream().map(classifier::classify).toList()));
      }
      for (Future<List<Classification>> results : parallel) {
        assertThat(results.get()).isEqualTo(serial);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void nothingInNothingOut() {
    try (Classifier classifier = open()) {
      assertThat(classifier.classifyAll(List.of())).isEmpty();
    }
  }

  @Test
  @SuppressWarnings("try")
  void closedModelSaysSo() {
    Classifier classifier = open();
    classifier.close();
    classifier.close();
    assertThatThrownBy(() -> classifier.classify("a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThat(classifier.info().labels()).isNotEmpty();
  }

  @Test
  void closingWaitsForCalls() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Classifier classifier = open();
      List<Future<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        calls.add(
            threads.submit(
                () -> {
                  int done = 0;
                  try {
                    while (done < 1_000_000) {
                      classifier.classifyAll(inputs());
                      done++;
                    }
                  } catch (IllegalStateException closed) {
                    // As it should be: never anything else, never half a result.
                  }
                  return done;
                }));
      }
      Thread.sleep(20);
      classifier.close();
      for (Future<Integer> call : calls) {
        assertThat(call.get()).isLessThan(1_000_000);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
