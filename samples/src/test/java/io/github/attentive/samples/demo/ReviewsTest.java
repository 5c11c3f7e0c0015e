package io.github.attentive.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.attentive.Dataset;
import io.github.attentive.DatasetFile;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LabelledText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReviewsTest {

  private static List<String> texts(Dataset data) {
    return data.examples().stream().map(example -> example.input().text()).toList();
  }

  private static Map<String, Long> counts(List<String> values) {
    return values.stream()
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  @Test
  void hundredHalfOfEachKind() {
    Dataset all = Reviews.own().all();
    assertThat(all.labels()).containsExactly("negative", "positive");
    assertThat(counts(all.examples().stream().map(LabelledText::label).toList()))
        .isEqualTo(Map.of("negative", 50L, "positive", 50L));
  }

  @Test
  void differentAndTwoToSixWordsLong() {
    List<String> texts = texts(Reviews.own().all());
    assertThat(texts).doesNotHaveDuplicates();
    assertThat(texts).allMatch(text -> text.matches("[a-z]+( [a-z]+){1,5}"));
  }

  @Test
  void mostWordsAreSeenOnce() {
    List<String> words = new ArrayList<>();
    texts(Reviews.own().all()).forEach(text -> words.addAll(List.of(text.split(" "))));
    Map<String, Long> counts = counts(words);
    long once = counts.values().stream().filter(count -> count == 1).count();
    assertThat(once).isGreaterThan(counts.size() / 2);
  }

  @Test
  void theSentenceOfTheDemoIsNotAmongThem() {
    assertThat(texts(Reviews.own().all())).doesNotContain("the movie was boring");
  }

  @Test
  void noneIsTakenFromTheFixtures() {
    String shared = System.getProperty("attentive.shared");
    Path fixture =
        Path.of(shared == null ? "nowhere" : shared, "fixtures", "keras", "reviews_100.tsv");
    if (!Files.exists(fixture)) {
      assertThat(System.getenv("CI")).as(fixture + " is missing").isNotEqualTo("true");
      abort(fixture + " is missing");
    }
    List<String> theirs = texts(DatasetFile.of(fixture).dataset());
    assertThat(theirs).hasSizeGreaterThanOrEqualTo(100);
    assertThat(texts(Reviews.own().all())).doesNotContainAnyElementsOf(theirs);
  }

  @Test
  void smallSetIsTheFirstFiveOfEachTenTimesOver() {
    Reviews reviews = Reviews.own();
    List<String> small = texts(reviews.small());
    assertThat(small).hasSize(100);
    List<String> ten = small.subList(0, 10);
    assertThat(ten).doesNotHaveDuplicates();
    for (int i = 0; i < small.size(); i++) {
      assertThat(small.get(i)).isEqualTo(ten.get(i % 10));
    }
    assertThat(ten.subList(0, 5)).isEqualTo(first(reviews.all(), "positive"));
    assertThat(ten.subList(5, 10)).isEqualTo(first(reviews.all(), "negative"));
    assertThat(reviews.small().labels()).containsExactly("negative", "positive");
  }

  private static List<String> first(Dataset data, String label) {
    return data.examples().stream()
        .filter(example -> example.label().equals(label))
        .map(example -> example.input().text())
        .limit(5)
        .toList();
  }

  /** Numbered texts with these labels in turn. */
  private static Dataset data(int examples, String... labels) {
    List<LabelledText> list = new ArrayList<>();
    for (int i = 0; i < examples; i++) {
      list.add(LabelledText.of("text " + i, labels[i % labels.length]));
    }
    return Dataset.of(list);
  }

  @Test
  void firstLabelInSortedOrderIsNegative() {
    Reviews reviews = Reviews.of(data(10, "9", "10"));
    assertThat(reviews.all().examples().get(0)).isEqualTo(LabelledText.of("text 0", "negative"));
    assertThat(reviews.all().examples().get(1)).isEqualTo(LabelledText.of("text 1", "positive"));
  }

  @Test
  void repeatedReviewsCountOnceForTheSmallSet() {
    List<LabelledText> examples = new ArrayList<>(data(10, "0", "1").examples());
    examples.add(0, examples.get(0));
    assertThat(texts(Reviews.of(Dataset.of(examples)).small()).subList(0, 10))
        .doesNotHaveDuplicates();
  }

  @Test
  void badReviewsAreRefused() {
    for (Dataset bad :
        List.of(data(10, "a"), data(30, "a", "b", "c"), data(9, "a", "b"), data(2, "a", "b"))) {
      assertThatThrownBy(() -> Reviews.of(bad))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("reviews: expected ");
    }
    LabelledText same = LabelledText.of("same", "a");
    List<LabelledText> repeated = new ArrayList<>(java.util.Collections.nCopies(9, same));
    data(10, "b").examples().forEach(repeated::add);
    assertThatThrownBy(() -> Reviews.of(Dataset.of(repeated)))
        .hasMessageContaining("5 different negative ones, got 1");
  }
}
