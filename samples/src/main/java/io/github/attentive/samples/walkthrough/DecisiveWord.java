package io.github.attentive.samples.walkthrough;

import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import io.github.attentive.Explanation;
import io.github.attentive.TextInput;
import io.github.attentive.Word;
import java.util.List;
import java.util.Optional;

/**
 * The word whose removal lowers the score of the predicted label most: why the model decided, where
 * attention says what it looked at.
 *
 * @param word of the text
 * @param drop of the score without it, above 0
 */
record DecisiveWord(Word word, float drop) {

  /** The decisive word of a single text; empty if no removal lowers the score. */
  static Optional<DecisiveWord> of(Classifier model, Explanation explanation) {
    String text = explanation.input().text();
    List<Word> words = explanation.words();
    List<Classification> without =
        model.classifyAll(
            words.stream()
                .map(word -> text.substring(0, word.start()) + text.substring(word.end()))
                .map(TextInput::of)
                .toList());
    DecisiveWord decisive = null;
    for (int i = 0; i < words.size(); i++) {
      float drop =
          explanation.score(explanation.label()) - without.get(i).score(explanation.label());
      if (drop > 0 && (decisive == null || drop > decisive.drop)) {
        decisive = new DecisiveWord(words.get(i), drop);
      }
    }
    return Optional.ofNullable(decisive);
  }
}
