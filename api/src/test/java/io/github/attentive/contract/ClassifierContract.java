package io.github.attentive.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import io.github.attentive.ProblemType;
import io.github.attentive.TextInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What {@link Classifier} promises, whichever engine runs the model.
 *
 * <p>A subclass says how to open the classifier, and may say which texts to try. One classifier
 * serves all tests that are not about opening and closing; so there is one instance of the subclass
 * for all of them, too.
 *
 * <pre>{@code
 * class MyEngineTest extends ClassifierContract {
 *   @Override
 *   protected Classifier open() {
 *     return Classifier.load(MODEL, LoadOptions.builder().engine("mine").build());
 *   }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ClassifierContract {
  /** How many threads call at once. */
  static final int THREADS = 8;

  /** How far the scores of a text may be from the sum 1. */
  static final float SUM_TOLERANCE = 1e-5f;

  private static final int MANY_WORDS = 10_000;
  private static final long PATIENCE_SECONDS = 120;

  private final SharedModel<Classifier> shared = new SharedModel<>(this::open);

  /** For subclasses. */
  protected ClassifierContract() {}

  /**
   * Opens the classifier under test.
   *
   * @return a new one at each call; the contract closes it
   */
  protected abstract Classifier open();

  /** For tests that do not close it. */
  final Classifier classifier() {
    return shared.get();
  }

  /** Closes what the tests shared. */
  @AfterAll
  public void closeShared() {
    shared.close();
  }

  /**
   * The texts to try. The defaults are ordinary, empty, blank, unknown to any vocabulary,
   * punctuation, far too long, and of odd characters.
   *
   * @return at least two different texts
   */
  protected List<String> texts() {
    return List.of(
        "the movie was boring",
        "I loved the acting, but the plot didn't hold together.",
        "",
        " \t \n ",
        "  surrounded \t by\n blanks ",
        "qxzvkj wvwvwvq zzzyqx",
        "?!... --- ,;:",
        "word ".repeat(MANY_WORDS),
        "high \uD83D surrogate",
        "low \uDE00 surrogate",
        "\uD83D",
        "\uDE00",
        "nul \u0000 and\u0000nul",
        "a family \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66 laughs",
        "\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627",
        "\u8FD9\u90E8\u7535\u5F71\u5F88\u597D\u770B",
        "cafe\u0301 Z\u0351\u036B\u0343a\u0300l\u0489go");
  }

  /**
   * The inputs to try. By default the texts, each without a pair; override it for a model that
   * takes pairs.
   *
   * @return at least two different inputs
   */
  protected List<TextInput> inputs() {
    return texts().stream().map(TextInput::of).toList();
  }

  /**
   * How far a number may move when its text runs in another batch.
   *
   * @return a small number; 1e-6 by default
   */
  protected float batchTolerance() {
    return 1e-6f;
  }

  /**
   * Scores are finite and stand under the labels in their order; those of labels are in [0, 1], and
   * sum to 1 where one label applies.
   */
  @Test
  public void scoresAreWhatTheProblemTypeSays() {
    Classifier classifier = classifier();
    ProblemType problemType = classifier.info().problemType();
    for (TextInput input : inputs()) {
      Classification result = classifier.classify(input);
      assertThat(new ArrayList<>(result.scores().keySet()))
          .as("labels of %s", shown(input))
          .isEqualTo(classifier.labels());
      double sum = 0;
      for (Map.Entry<String, Float> score : result.scores().entrySet()) {
        assertThat(score.getValue())
            .as("score of '%s' for %s", score.getKey(), shown(input))
            .isFinite();
        if (problemType != ProblemType.REGRESSION) {
          assertThat(score.getValue())
              .as("score of '%s' for %s", score.getKey(), shown(input))
              .isBetween(0f, 1f);
        }
        assertThat(result.score(score.getKey())).isEqualTo(score.getValue());
        sum += score.getValue();
      }
      if (problemType == ProblemType.SINGLE_LABEL) {
        assertThat(sum)
            .as("sum of scores of %s", shown(input))
            .isCloseTo(1.0, within((double) SUM_TOLERANCE));
      }
      for (float logit : result.logits()) {
        assertThat(logit).as("logit of %s", shown(input)).isFinite();
      }
    }
  }

  /** The label is the one of the highest score, the first of equal ones. */
  @Test
  public void labelIsTheFirstOfTheHighestScore() {
    Classifier classifier = classifier();
    for (TextInput input : inputs()) {
      Classification result = classifier.classify(input);
      String best = classifier.labels().get(0);
      for (String label : classifier.labels()) {
        best = result.score(label) > result.score(best) ? label : best;
      }
      assertThat(result.label()).as("label of %s", shown(input)).isEqualTo(best);
    }
  }

  /**
   * The labels that apply are the one of the highest score, or in a multi-label model those of at
   * least 0.5 in label order.
   */
  @Test
  public void labelsThatApplyAreWhatTheProblemTypeSays() {
    Classifier classifier = classifier();
    ProblemType problemType = classifier.info().problemType();
    for (TextInput input : inputs()) {
      Classification result = classifier.classify(input);
      assertThat(result.problemType())
          .as("problem type of the result for %s", shown(input))
          .isEqualTo(problemType);
      List<String> expected =
          problemType == ProblemType.MULTI_LABEL
              ? classifier.labels().stream().filter(l -> result.score(l) >= 0.5f).toList()
              : List.of(result.label());
      assertThat(result.labels()).as("labels of %s", shown(input)).isEqualTo(expected);
    }
  }

  /** The description is that of a classifier, and the labels are those in it. */
  @Test
  public void labelsAreThoseOfTheDescription() {
    Classifier classifier = classifier();
    assertThat(classifier.labels()).isNotEmpty().doesNotHaveDuplicates();
    assertThat(classifier.labels()).isEqualTo(classifier.info().labels());
    assertThat(classifier.info()).isEqualTo(classifier.info());
  }

  /** A result carries its input, how much of it was read, and whether it was cut. */
  @Test
  public void resultSaysHowMuchOfTheTextWasRead() {
    Classifier classifier = classifier();
    int maxLength = classifier.info().maxLength();
    for (TextInput input : inputs()) {
      Classification result = classifier.classify(input);
      assertThat(result.input()).isEqualTo(input);
      assertThat(result.tokens()).as("tokens of %s", shown(input)).isBetween(0, maxLength);
    }
    if (maxLength < MANY_WORDS) {
      assertThat(classifier.classify("word ".repeat(MANY_WORDS)).truncated())
          .as("%d words where %d tokens are read are cut", MANY_WORDS, maxLength)
          .isTrue();
    }
  }

  /** The same call gives the same bits, by whichever method. */
  @Test
  public void sameTextTwiceGivesEqualResults() {
    Classifier classifier = classifier();
    for (TextInput input : inputs()) {
      Classification first = classifier.classify(input);
      assertThat(classifier.classify(input)).isEqualTo(first).hasSameHashCodeAs(first);
      assertThat(classifier.classifyAll(List.of(input))).containsExactly(first);
      if (input.pair() == null) {
        assertThat(classifier.classify(input.text())).isEqualTo(first);
      }
    }
    assertThat(classifier.classifyAll(inputs())).isEqualTo(classifier.classifyAll(inputs()));
  }

  /** Another opening of the model gives the same results. */
  @Test
  public void openingAgainGivesTheSameResults() {
    try (Classifier one = open();
        Classifier other = open()) {
      assertThat(other).isNotSameAs(one);
      assertThat(other.info()).isEqualTo(one.info());
      assertSame(one.classifyAll(inputs()), other.classifyAll(inputs()));
    }
  }

  /** A batch gives what its texts give alone, in the order of the texts. */
  @Test
  public void batchEqualsSinglesInAnyOrder() {
    Classifier classifier = classifier();
    for (List<TextInput> batch : batches(inputs())) {
      List<Classification> singles = batch.stream().map(classifier::classify).toList();
      assertSame(singles, classifier.classifyAll(batch));
    }
  }

  /** No texts give no results. */
  @Test
  public void emptyListGivesEmptyList() {
    Classifier classifier = classifier();
    assertThat(classifier.classifyAll(List.of())).isEmpty();
  }

  /** Nobody can change a result or the labels. */
  @Test
  public void resultsAreImmutable() {
    Classifier classifier = classifier();
    TextInput input = inputs().get(0);
    Classification result = classifier.classify(input);
    String label = classifier.labels().get(0);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> result.scores().put(label, 0f));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> classifier.labels().set(0, "other"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> classifier.classifyAll(List.of(input)).clear());
    Arrays.fill(result.logits(), Float.NaN);
    assertThat(result).isEqualTo(classifier.classify(input));
  }

  /** Many threads at once get what one gets. */
  @Test
  public void manyThreadsGetTheSerialResults() throws Exception {
    Classifier classifier = classifier();
    List<TextInput> inputs = inputs();
    List<Classification> serial = inputs.stream().map(classifier::classify).toList();
    inParallel(
        thread -> {
          for (int i = 0; i < inputs.size(); i++) {
            int at = (i + thread) % inputs.size();
            assertSame(serial.get(at), classifier.classify(inputs.get(at)));
          }
          assertSame(serial, classifier.classifyAll(inputs));
        });
  }

  /** Null is refused where it enters. */
  @Test
  public void nullIsRefused() {
    Classifier classifier = classifier();
    assertThatNullPointerException().isThrownBy(() -> classifier.classify((String) null));
    assertThatNullPointerException().isThrownBy(() -> classifier.classify((TextInput) null));
    assertThatNullPointerException().isThrownBy(() -> classifier.classifyAll(null));
    assertThatNullPointerException()
        .isThrownBy(() -> classifier.classifyAll(Arrays.asList(inputs().get(0), null)));
    assertThat(classifier.classify(inputs().get(0)))
        .as("the classifier works on after a refusal")
        .isNotNull();
  }

  /** Closing twice is fine, and so is asking a closed model what it was. */
  @Test
  public void closingAgainDoesNothing() {
    Classifier classifier = open();
    classifier.close();
    classifier.close();
    assertThat(classifier.info().labels()).isNotEmpty();
  }

  /** A closed model says so, even where there would be nothing to do. */
  @Test
  public void useAfterCloseIsRefused() {
    Classifier classifier = open();
    TextInput input = inputs().get(0);
    classifier.classify(input);
    classifier.close();
    assertClosed(() -> classifier.classify(input));
    assertClosed(() -> classifier.classifyAll(List.of(input)));
    assertClosed(() -> classifier.classifyAll(List.of()));
  }

  /** Closing waits for calls that run: each ends with proper results or was never begun. */
  @Test
  public void closingWaitsForRunningCalls() throws Exception {
    Classifier classifier = open();
    List<TextInput> inputs = inputs();
    List<Classification> expected = classifier.classifyAll(inputs);
    closeWhileRunning(
        classifier, () -> classifier.classifyAll(inputs), results -> assertSame(expected, results));
  }

  /** Closes a model while threads call it without end; checks all that the calls give. */
  static <T> void closeWhileRunning(Classifier classifier, Callable<T> call, Check<T> check)
      throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    CountDownLatch busy = new CountDownLatch(THREADS);
    try {
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        callers.add(
            pool.submit(
                () -> {
                  T result;
                  try {
                    result = call.call();
                  } finally {
                    busy.countDown();
                  }
                  while (result != null) {
                    check.accept(result);
                    result = unlessClosed(call);
                  }
                  return null;
                }));
      }
      boolean allBusy = busy.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      classifier.close();
      assertClosed(call::call);
      for (Future<?> caller : callers) {
        caller.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      assertThat(allBusy).as("all threads called before it was closed").isTrue();
    } finally {
      classifier.close();
      pool.shutdownNow();
    }
  }

  private static <T> T unlessClosed(Callable<T> call) throws Exception {
    try {
      return call.call();
    } catch (IllegalStateException closed) {
      return null;
    }
  }

  /** What is done with a result. */
  @FunctionalInterface
  interface Check<T> {
    void accept(T result) throws Exception;
  }

  /** Runs a task on {@link #THREADS} threads that start together; hands each its number. */
  static void inParallel(Check<Integer> task) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    CyclicBarrier start = new CyclicBarrier(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        running.add(
            pool.submit(
                () -> {
                  start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                  task.accept(thread);
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** The inputs as they are, backwards, and three times over in a random order. */
  static List<List<TextInput>> batches(List<TextInput> inputs) {
    List<TextInput> backwards = new ArrayList<>(inputs);
    Collections.reverse(backwards);
    List<TextInput> shuffled = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      shuffled.addAll(inputs);
    }
    Collections.shuffle(shuffled, new Random(20261101));
    return List.of(inputs, backwards, shuffled);
  }

  static void assertClosed(ThrowingCallable call) {
    assertThatExceptionOfType(IllegalStateException.class)
        .as("a call of a closed model")
        .isThrownBy(call)
        .withMessageContaining("closed");
  }

  final void assertSame(List<Classification> expected, List<Classification> actual) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertSame(expected.get(i), actual.get(i));
    }
  }

  /** Equal but for the rounding that a batch may bring. */
  final void assertSame(Classification expected, Classification actual) {
    String of = shown(expected.input());
    assertThat(actual.input()).isEqualTo(expected.input());
    assertThat(actual.tokens()).as("tokens of %s", of).isEqualTo(expected.tokens());
    assertThat(actual.truncated()).as("truncated of %s", of).isEqualTo(expected.truncated());
    assertThat(actual.scores().keySet()).containsExactlyElementsOf(expected.scores().keySet());
    for (String label : expected.scores().keySet()) {
      assertThat(actual.score(label))
          .as("score of '%s' for %s", label, of)
          .isCloseTo(expected.score(label), within(batchTolerance()));
    }
    if (!actual.label().equals(expected.label())) {
      assertThat(expected.score(actual.label()))
          .as("only a tie may end in another label for %s", of)
          .isCloseTo(expected.score(expected.label()), within(2 * batchTolerance()));
    }
    assertThat(actual.logits()).as("logits of %s", of).hasSameSizeAs(expected.logits());
  }

  /** An input as a message can show it. */
  static String shown(TextInput input) {
    String text = input.text().length() > 40 ? input.text().substring(0, 40) : input.text();
    return "'" + text + "' (" + input.text().length() + " characters)";
  }
}
