package io.github.attentive.testing;

import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.Word;
import io.github.attentive.explain.RankAgreement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Assertions about an explanation for a host's tests, with any test framework or none: what fails
 * throws an {@link AssertionError} that says what was found. Immutable.
 *
 * <pre>{@code
 * ExplanationAssertions.that(model.explain("the plot was boring"))
 *     .hasLabel("negative")
 *     .hasTopWords("boring")
 *     .containsInTop(3, "plot")
 *     .agreesWith(ExplanationBaseline.read(Path.of("src/test/resources/boring.txt")), 0.8);
 * }</pre>
 *
 * <p>Words are ranked by weight from the highest down, of equal ones the earlier first, and
 * compared as they are written in the text.
 */
public final class ExplanationAssertions {
  private final Explanation explanation;
  private final List<Word> ranked;

  private ExplanationAssertions(Explanation explanation) {
    this.explanation = explanation;
    this.ranked =
        explanation.words().stream()
            .sorted(Comparator.comparingDouble(word -> -word.weight() + 0.0))
            .toList();
  }

  /**
   * Starts.
   *
   * @param explanation to look at
   * @return assertions about it
   */
  public static ExplanationAssertions that(Explanation explanation) {
    return new ExplanationAssertions(Objects.requireNonNull(explanation, "explanation"));
  }

  /**
   * The predicted label is this one.
   *
   * @param label expected
   * @return this
   * @throws AssertionError if it is another
   */
  public ExplanationAssertions hasLabel(String label) {
    if (!explanation.label().equals(label)) {
      throw failure(
          "expected the label '%s', got '%s' of %s"
              .formatted(label, explanation.label(), explanation.scores()));
    }
    return this;
  }

  /**
   * The words of the highest weights are these, in this order.
   *
   * @param words from the highest weight down, at least one
   * @return this
   * @throws AssertionError if the text has fewer words, or others are ranked as high
   * @throws InvalidInputException if no word is given
   */
  public ExplanationAssertions hasTopWords(String... words) {
    if (words.length == 0) {
      throw new InvalidInputException("top words: expected at least one, got none");
    }
    List<String> found = ranked.stream().limit(words.length).map(Word::text).toList();
    if (!found.equals(List.of(words))) {
      throw failure(
          "expected the top words %s, got %s".formatted(List.of(words), top(words.length)));
    }
    return this;
  }

  /**
   * A word is among those of the highest weights.
   *
   * @param k how many to look through, at least 1
   * @param word expected among them
   * @return this
   * @throws AssertionError if it is not
   * @throws InvalidInputException if k is below 1
   */
  public ExplanationAssertions containsInTop(int k, String word) {
    if (k < 1) {
      throw new InvalidInputException("top k: expected at least 1, got " + k);
    }
    if (ranked.stream().limit(k).noneMatch(w -> w.text().equals(word))) {
      throw failure("expected '%s' in the top %s, got %s".formatted(word, k, top(k)));
    }
    return this;
  }

  /**
   * The words are ranked as in a baseline that was stored, by Kendall's tau-b. Where tau is not
   * defined, since all weights of one side are equal, only equal weights agree.
   *
   * @param baseline of the same text
   * @param leastTau the agreement wanted, in [-1, 1]; 1 for the same ranking
   * @return this
   * @throws AssertionError if the baseline is of another text, label or method, has other words, or
   *     agrees less
   * @throws InvalidInputException if the agreement wanted is not in [-1, 1]
   */
  public ExplanationAssertions agreesWith(ExplanationBaseline baseline, double leastTau) {
    if (!(leastTau >= -1 && leastTau <= 1)) {
      throw new InvalidInputException("least tau: expected -1 to 1, got " + leastTau);
    }
    ExplanationBaseline now = ExplanationBaseline.of(explanation);
    if (!now.sameQuestion(baseline)) {
      throw failure(
          "expected an explanation of what the baseline is about, %s, got %s; write the baseline anew"
              .formatted(baseline, now));
    }
    double[] weights = now.weights();
    double[] stored = baseline.weights();
    OptionalDouble tau = RankAgreement.kendallTauB(stored, weights);
    boolean equal = Arrays.equals(stored, weights);
    if (!equal && !(tau.isPresent() && tau.getAsDouble() >= leastTau)) {
      throw failure(
          "expected agreement with the baseline of at least %s (tau-b), got %s; weights were %s and are %s"
              .formatted(
                  leastTau,
                  tau.isPresent() ? tau.getAsDouble() : "none, since all weights of one are equal",
                  baseline.words(),
                  explanation.words().stream().map(ExplanationAssertions::shown).toList()));
    }
    return this;
  }

  private String top(int k) {
    return ranked.stream()
        .limit(k)
        .map(ExplanationAssertions::shown)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String shown(Word word) {
    return "%s %s".formatted(word.text(), word.weight());
  }

  private AssertionError failure(String message) {
    return new AssertionError(
        "explanation of '%s': %s".formatted(explanation.input().text(), message));
  }
}
