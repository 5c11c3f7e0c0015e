package io.github.attentive.internal;

import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.InferenceException;
import io.github.attentive.ModelInfo;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.TrustCard;
import io.github.attentive.spi.PositionsRead;
import io.github.attentive.spi.TokenSpan;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Explanations of a classifier of which nothing but its predictions is known.
 *
 * @param classifier made by anyone
 */
public record ForeignClassifierExplanations(Classifier classifier) {

  /**
   * Explains by a method that leaves units out.
   *
   * @param inputs any number of inputs
   * @param options such a method, unit, samples, budget
   * @return an explanation for each
   */
  public List<Explanation> explainAll(List<TextInput> inputs, ExplainOptions options) {
    ExplanationTarget.check(classifier.info().labels(), options);
    ExplanationAssembly assembly =
        new ExplanationAssembly(classifier.info(), PositionsRead.ALL, options);
    List<Explanation> explanations = new ArrayList<>(inputs.size());
    for (Classification classification : classify(List.copyOf(inputs))) {
      ExplainedText text = text(classification, options);
      Perturbation perturbation = perturbation(text, options);
      explanations.add(
          assembly.of(new WeighedText(text, perturbation.weights(), () -> perturbation)));
    }
    return List.copyOf(explanations);
  }

  /**
   * Assesses weights that were made elsewhere.
   *
   * @param input the text
   * @param weights of each of its units; not changed
   * @param options unit, operator, target, seed, budget
   * @return their card
   */
  public TrustCard assess(TextInput input, double[] weights, ExplainOptions options) {
    ExplanationTarget.check(classifier.info().labels(), options);
    ExplainedText text = text(classify(List.of(input)).get(0), options);
    return perturbation(text, options).trust(weights);
  }

  private ExplainedText text(Classification classification, ExplainOptions options) {
    ExplanationTarget target =
        ExplanationTarget.of(classifier.info().labels(), classification.label(), options);
    return new ExplainedText(classification, words(classification.input()), target, null, null);
  }

  private Perturbation perturbation(ExplainedText text, ExplainOptions options) {
    ModelInfo info = classifier.info();
    TextVersions versions =
        new ErasedCharacters(
            text.input(), text.spans(), options.removal(), texts -> scores(info, texts));
    return new Perturbation(text, versions, options);
  }

  private List<Classification> classify(List<TextInput> texts) {
    if (texts.isEmpty()) {
      return List.of();
    }
    List<Classification> results = classifier.classifyAll(texts);
    if (results.size() != texts.size()) {
      throw new InferenceException(
          "classifier '%s': expected %s results, got %s"
              .formatted(classifier.info().family(), texts.size(), results.size()));
    }
    return results;
  }

  private List<float[]> scores(ModelInfo info, List<TextInput> texts) {
    List<float[]> all = new ArrayList<>(texts.size());
    for (Classification result : classify(texts)) {
      float[] scores = new float[info.labels().size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = result.score(info.labels().get(i));
      }
      all.add(scores);
    }
    return all;
  }

  /** The words of a text and its pair, punctuation among them, each as one token. */
  private static List<TokenSpan> words(TextInput input) {
    List<TokenSpan> words = new ArrayList<>();
    addWords(input.text(), 0, words);
    String pair = input.pair();
    if (pair != null) {
      addWords(pair, 1, words);
    }
    return words;
  }

  private static void addWords(String text, int segment, List<TokenSpan> words) {
    BreakIterator breaks = BreakIterator.getWordInstance(Locale.ROOT);
    breaks.setText(text);
    int start = breaks.first();
    int word = 0;
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      String part = text.substring(start, end);
      if (!part.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c))) {
        words.add(new TokenSpan(part, Token.NO_ID, segment, word, start, end, false));
        word++;
      }
      start = end;
    }
  }
}
