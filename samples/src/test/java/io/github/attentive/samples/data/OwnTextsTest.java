package io.github.attentive.samples.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.Dataset;
import io.github.attentive.LabelledText;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OwnTextsTest {
  private static final double NEARLY_THE_SAME = 0.8;

  private final List<LabelledText> examples = OwnTexts.sentences().examples();
  private final List<String> texts = examples.stream().map(e -> e.input().text()).toList();

  /** In small letters, without punctuation. */
  private static List<String> words(String text) {
    String letters = text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} ]", "");
    return List.of(letters.split(" +"));
  }

  @Test
  void everyLabelHas320() {
    Dataset data = OwnTexts.sentences();
    assertThat(data.labels()).containsExactly("negative", "neutral", "positive");
    assertThat(
            examples.stream()
                .collect(Collectors.groupingBy(LabelledText::label, Collectors.counting())))
        .isEqualTo(Map.of("negative", 320L, "neutral", 320L, "positive", 320L));
  }

  @Test
  void labelsTakeTurnsSoThatAnyStretchHasAll() {
    for (int i = 0; i < examples.size(); i++) {
      assertThat(examples.get(i).label()).isEqualTo(OwnTexts.sentences().labels().get(i % 3));
    }
  }

  @Test
  void sentencesAreOfFourToThirtyWords() {
    assertThat(texts).allMatch(text -> words(text).size() >= 4 && words(text).size() <= 30);
    assertThat(texts).anyMatch(text -> words(text).size() == 4);
    assertThat(texts).anyMatch(text -> words(text).size() > 24);
  }

  @Test
  void sentencesArePlainText() {
    // A reader that knows quotes and one that does not read the same.
    assertThat(texts)
        .allMatch(text -> text.matches("\\p{Lu}[\\p{L} ,;:'-]*[.!?]"))
        .allMatch(text -> !text.contains("  "));
  }

  @Test
  void noneIsThereTwice() {
    assertThat(texts.stream().map(OwnTextsTest::words)).doesNotHaveDuplicates();
  }

  @Test
  void noTwoAreNearlyTheSame() {
    List<Set<String>> sets =
        texts.stream().<Set<String>>map(text -> new HashSet<>(words(text))).toList();
    Set<String> pairs = new TreeSet<>();
    for (int i = 0; i < sets.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (similarity(sets.get(i), sets.get(j)) >= NEARLY_THE_SAME) {
          pairs.add(texts.get(j) + " / " + texts.get(i));
        }
      }
    }
    assertThat(pairs).isEmpty();
  }

  /** How many of the words of either are words of both. */
  private static double similarity(Set<String> first, Set<String> second) {
    Set<String> both = new HashSet<>(first);
    both.retainAll(second);
    return (double) both.size() / (first.size() + second.size() - both.size());
  }

  @Test
  void similarityIsOneForTheSameAndZeroForOthers() {
    Set<String> words = Set.of("good", "bad");
    assertThat(similarity(words, words)).isEqualTo(1);
    assertThat(similarity(words, Set.of("good"))).isEqualTo(0.5);
    assertThat(similarity(words, Set.of("neutral"))).isZero();
  }
}
