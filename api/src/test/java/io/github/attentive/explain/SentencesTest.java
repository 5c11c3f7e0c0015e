package io.github.attentive.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import io.github.attentive.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SentencesTest {

  /** Words between white space, of weights 1, 2, 3 ... */
  private static List<Word> words(String text, int segment) {
    List<Word> words = new ArrayList<>();
    Matcher matcher = Pattern.compile("\\S+").matcher(text);
    while (matcher.find()) {
      words.add(
          new Word(matcher.group(), segment, matcher.start(), matcher.end(), 1 + words.size()));
    }
    return words;
  }

  @Test
  void wordsOfASentenceStandTogether() {
    String text = "  The plot was thin. Still, I laughed! 👍 Twice?";
    Sentences sentences = Sentences.of(TextInput.of(text), words(text, 0));
    assertThat(sentences.sentences())
        .extracting(Word::text)
        .startsWith("The plot was thin.", "Still, I laughed!");
    assertThat(sentences.groupOf()).startsWith(0, 0, 0, 0, 1, 1, 1);
    assertThat(sentences.sentences().get(0).weight()).isEqualTo(10);
    assertThat(sentences.sentences().get(1).start()).isEqualTo(21);
    assertThat(sentences.sentences().stream().mapToDouble(Word::weight).sum())
        .isCloseTo(45, within(1e-6));
  }

  @Test
  void thePairHasSentencesOfItsOwn() {
    TextInput input = TextInput.of("good", "bad. worse.");
    List<Word> words = new ArrayList<>(words("good", 0));
    words.addAll(words("bad. worse.", 1));
    Sentences sentences = Sentences.of(input, words);
    assertThat(sentences.sentences()).extracting(Word::segment).startsWith(0, 1);
    assertThat(sentences.groupOf()[1]).isEqualTo(1);
  }

  @Test
  void noWordsAreNoSentences() {
    Sentences none = Sentences.of(TextInput.of(" . "), List.of());
    assertThat(none.sentences()).isEmpty();
    assertThat(none.groupOf()).isEmpty();
  }

  @Test
  void wordsOfAnotherTextAreRefused() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Sentences.of(TextInput.of("a"), words("a", 1)));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Sentences.of(TextInput.of("a b"), words("a bcd", 0)))
        .withMessage("word 'bcd' of segment 0: expected a span within the text, got [2, 5)");
  }
}
