package io.github.attentive.testing;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Explainer;
import io.github.attentive.InvalidInputException;
import io.github.attentive.ProblemType;
import io.github.attentive.internal.ModelClassifier;
import io.github.attentive.internal.ModelExplainer;
import io.github.attentive.spi.EngineModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Says what a fake knows. Not thread-safe; what it builds is.
 *
 * <p>Every result obeys the contract of the real thing: scores sum to 1 where one label applies,
 * attention rows sum to 1, spans point into the text. The input is a special token {@code [CLS]}
 * and the words between white space; the same text always gives the same numbers. Every {@link
 * io.github.attentive.Method} works: those by gradients give each word the strength it was taught
 * for the target (relevance and gradient times attention its positive part, norms its size), those
 * that leave words out what the score loses without it.
 *
 * <pre>{@code
 * AttentionExplainer fake = FakeBuilder.of("negative", "positive")
 *     .word("boring", "negative", 2).word("great", "positive", 2).explainer();
 * assertEquals("negative", fake.explain("the plot was boring").label());
 * }</pre>
 */
public final class FakeBuilder {
  private final List<String> labels;
  private final Map<String, FakeModel.Evidence> lexicon = new HashMap<>();

  private ProblemType problemType = ProblemType.SINGLE_LABEL;

  private FakeBuilder(List<String> labels) {
    this.labels = labels;
  }

  /**
   * Starts a fake with these classes.
   *
   * @param labels different names, at least one
   * @return a builder that knows no words
   * @throws InvalidInputException if there is no label or one appears twice
   */
  public static FakeBuilder of(String... labels) {
    List<String> names = List.of(labels);
    new FakeModel(ProblemType.SINGLE_LABEL, names, Map.of(), false).close();
    return new FakeBuilder(names);
  }

  /**
   * Sets what the scores mean: the softmax of the logits by default, their sigmoids for {@link
   * ProblemType#MULTI_LABEL}, the logits themselves for {@link ProblemType#REGRESSION}.
   *
   * @param problemType the kind of model to fake
   * @return this
   */
  public FakeBuilder problemType(ProblemType problemType) {
    this.problemType = Objects.requireNonNull(problemType, "problemType");
    return this;
  }

  /**
   * Teaches a word.
   *
   * @param word as it stands between white space; case counts
   * @param label the class it speaks for
   * @param strength what it adds to that class's logit, and how strongly positions look at it
   * @return this
   * @throws InvalidInputException if the label is unknown or the strength is not finite
   */
  public FakeBuilder word(String word, String label, float strength) {
    if (!labels.contains(label) || !Float.isFinite(strength)) {
      throw new InvalidInputException(
          "word '%s': expected a label of %s and a finite strength, got '%s' and %s"
              .formatted(word, labels, label, strength));
    }
    lexicon.put(word, new FakeModel.Evidence(labels.indexOf(label), strength));
    return this;
  }

  /**
   * Builds a classifier without attention, which explains itself by methods that need none.
   *
   * @return the fake; closing it works as with a real one
   */
  public Explainer classifier() {
    return new ModelClassifier(engineModel(false));
  }

  /**
   * Builds an explainer.
   *
   * @return the fake; closing it works as with a real one
   */
  public AttentionExplainer explainer() {
    return new ModelExplainer(engineModel(true));
  }

  /**
   * Builds what an engine would open, for tests of an {@link
   * io.github.attentive.spi.EngineProvider}'s callers.
   *
   * @param attention whether it has attention
   * @return the fake; gradients, erasure and, with attention, norms are there
   */
  public EngineModel engineModel(boolean attention) {
    return new FakeModel(problemType, labels, lexicon, attention);
  }
}
