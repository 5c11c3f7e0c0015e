package io.github.attentive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static List<LabelledText> examples(String... labels) {
    return IntStream.range(0, labels.length)
        .mapToObj(i -> LabelledText.of("text " + i, labels[i]))
        .toList();
  }

  private static Dataset of(String... labels) {
    return Dataset.of(examples(labels));
  }

  private static List<String> labelsOf(Dataset data) {
    return data.examples().stream().map(LabelledText::label).toList();
  }

  @Test
  void wholeNumbersAreSortedByValue() {
    assertThat(of("10", "9", "-1", "2", "10", "0").labels())
        .containsExactly("-1", "0", "2", "9", "10");
    assertThat(of("007", "7", "07").labels()).containsExactly("007", "07", "7");
    assertThat(of("999999999999999999", "-999999999999999999", "5").labels())
        .containsExactly("-999999999999999999", "5", "999999999999999999");
  }

  @Test
  void otherLabelsAreSortedByCodePoint() {
    assertThat(of("10", "9", "x").labels()).containsExactly("10", "9", "x");
    assertThat(of("b", "B", "ab", "a", "\u00E4", "").labels())
        .containsExactly("", "B", "a", "ab", "b", "\u00E4");
    assertThat(of("1.5", "10", "2").labels()).containsExactly("1.5", "10", "2");
    assertThat(of("\u0662", "\u0661").labels()).containsExactly("\u0661", "\u0662");
  }

  @Test
  void supplementaryCharactersComeAfterTheOthers() {
    String emoji = "\uD83D\uDE00";
    String halfwidth = "\uFFEE";
    assertThat(Stream.of(halfwidth, emoji).sorted().toList())
        .as("by UTF-16 unit it would be the other way round")
        .containsExactly(emoji, halfwidth);
    assertThat(of(emoji, halfwidth).labels()).containsExactly(halfwidth, emoji);
    assertThat(of(emoji + "a", halfwidth, emoji, "\uD83D").labels())
        .containsExactly("\uD83D", halfwidth, emoji, emoji + "a");
  }

  @Test
  void examplesKeepTheirOrderAndKnowTheirClass() {
    Dataset data = of("b", "a", "b");
    assertThat(data.size()).isEqualTo(3);
    assertThat(data.examples()).isEqualTo(examples("b", "a", "b"));
    assertThat(IntStream.range(0, 3).map(data::labelIndex)).containsExactly(1, 0, 1);
    assertThat(data).hasToString("Dataset[3 examples, labels [a, b]]");
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> data.labelIndex(3));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> data.labelIndex(-1));
  }

  @Test
  void listsAreCopied() {
    List<LabelledText> examples = new ArrayList<>(examples("a", "b"));
    List<String> labels = new ArrayList<>(List.of("a", "b", "c"));
    Dataset data = Dataset.of(examples, labels);
    examples.clear();
    labels.clear();
    assertThat(data.size()).isEqualTo(2);
    assertThat(data.labels()).containsExactly("a", "b", "c");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> data.examples().clear());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> data.labels().clear());
  }

  @Test
  void givenLabelsKeepTheirOrder() {
    Dataset data = Dataset.of(examples("10", "2"), List.of("10", "unused", "2"));
    assertThat(data.labels()).containsExactly("10", "unused", "2");
    assertThat(data.labelIndex(1)).isEqualTo(2);
    assertThat(Dataset.of(List.of(), List.of("a")).size()).isZero();
  }

  @Test
  void refusals() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Dataset.of(List.of()))
        .withMessage("data set: expected at least one example, got none");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Dataset.of(examples("a"), List.of("a", "b", "a")))
        .withMessage("labels: expected different names, got [a, b, a]");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Dataset.of(examples("a", "x"), List.of("a", "b")))
        .withMessage("example 2: expected a label of [a, b], got 'x'");
    assertThatNullPointerException().isThrownBy(() -> Dataset.of(null));
  }

  @Test
  void classesAreRenamedInTheOrderOfTheLabels() {
    Dataset renamed = of("10", "9", "10").withLabelNames(List.of("nine", "ten"));
    assertThat(renamed.labels()).containsExactly("nine", "ten");
    assertThat(labelsOf(renamed)).containsExactly("ten", "nine", "ten");
    assertThat(renamed.examples().get(0).input()).isEqualTo(TextInput.of("text 0"));
    Dataset swapped = of("a", "b").withLabelNames(List.of("b", "a"));
    assertThat(labelsOf(swapped)).containsExactly("b", "a");

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> of("a", "b").withLabelNames(List.of("x")))
        .withMessage("label names: expected one for each of [a, b], got [x]");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> of("a", "b").withLabelNames(List.of("x", "x")))
        .withMessage("labels: expected different names, got [x, x]");
  }

  @Test
  void alignedByNameWhereEveryLabelIsAName() {
    List<String> model = List.of("pos", "neutral", "neg");
    Dataset aligned = of("neg", "pos").alignedWith(model);
    assertThat(aligned.labels()).isEqualTo(model);
    assertThat(aligned.labelIndex(0)).isEqualTo(2);
    assertThat(aligned.labelIndex(1)).isZero();
    // Names that look like indices are names.
    Dataset numbers = of("0", "1").alignedWith(List.of("1", "0"));
    assertThat(labelsOf(numbers)).containsExactly("0", "1");
    assertThat(numbers.labelIndex(0)).isEqualTo(1);
  }

  @Test
  void alignedByPositionWhereThereAreAsMany() {
    Dataset aligned = of("10", "2", "10").alignedWith(List.of("low", "high"));
    assertThat(aligned.labels()).containsExactly("low", "high");
    assertThat(labelsOf(aligned)).containsExactly("high", "low", "high");
    assertThat(labelsOf(of("ham", "spam").alignedWith(List.of("good", "bad"))))
        .containsExactly("good", "bad");
  }

  @Test
  void alignedByIndexWhereThereAreFewer() {
    List<String> model = List.of("neg", "neutral", "pos");
    Dataset aligned = of("2", "0", "2").alignedWith(model);
    assertThat(aligned.labels()).isEqualTo(model);
    assertThat(labelsOf(aligned)).containsExactly("pos", "neg", "pos");
    assertThat(labelsOf(of("1").alignedWith(model))).containsExactly("neutral");
  }

  @Test
  void labelsThatCannotBeAlignedAreRefused() {
    List<String> model = List.of("neg", "neutral", "pos");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> of("neg", "2").alignedWith(model))
        .withMessage(
            "labels [2, neg]: expected all or none to be names of the model's labels"
                + " [neg, neutral, pos]");
    for (String wrong : List.of("3", "-1", "x", "1.0", "9999999999", "")) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> of("0", wrong).alignedWith(model))
          .withMessage(
              "label '%s': expected one of the model's labels [neg, neutral, pos] or their index",
              wrong);
    }
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> of("0", "1", "2", "3").alignedWith(model))
        .withMessageContaining("label '3'");
  }

  @Test
  void builtFromCode() {
    Dataset data =
        Dataset.builder()
            .add("a", "x")
            .addPair("b", "c", "w")
            .add(LabelledText.of("d", "x"))
            .build();
    assertThat(data.examples())
        .containsExactly(
            LabelledText.of("a", "x"),
            new LabelledText(TextInput.of("b", "c"), "w"),
            LabelledText.of("d", "x"));
    assertThat(data.labels()).containsExactly("w", "x");
    assertThat(Dataset.builder().add("a", "x").labels("z", "x").build().labels())
        .containsExactly("z", "x");
    assertThat(Dataset.builder().labels(List.of("z")).build().size()).isZero();
    assertThatExceptionOfType(InvalidInputException.class).isThrownBy(Dataset.builder()::build);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Dataset.builder().add("a", "x").labels("z").build())
        .withMessageContaining("'x'");
  }

  @Test
  void unknownLabelsAreCounted() {
    Dataset.Known known = of("b", "x", "a", "y", "x").withoutUnknownLabels(List.of("c", "b", "a"));
    assertThat(known.dropped()).isEqualTo(3);
    assertThat(known.dataset().labels()).containsExactly("c", "b", "a");
    assertThat(labelsOf(known.dataset())).containsExactly("b", "a");
    assertThat(of("a").withoutUnknownLabels(List.of("b")))
        .isNotNull()
        .extracting(none -> none.dataset().size(), Dataset.Known::dropped)
        .containsExactly(0, 1);
  }

  @Test
  void classWeightsBalance() {
    Dataset data = Dataset.of(examples("a", "b", "a", "a"), List.of("b", "unused", "a"));
    assertThat(data.classWeights()).containsExactly(4 / 2.0, 0, 4 / 6.0);
    assertThat(Dataset.of(List.of(), List.of("a", "b")).classWeights()).containsExactly(0, 0);
    assertThat(of("a", "a").classWeights()).containsExactly(1);
    double[] weights = data.classWeights();
    weights[0] = 7;
    assertThat(data.classWeights()[0]).as("a copy").isEqualTo(2);
  }

  /** Labels at random, some rare. */
  private static Dataset random(Random random) {
    int classes = 1 + random.nextInt(5);
    return of(
        Stream.generate(() -> "c" + (int) (classes * random.nextDouble() * random.nextDouble()))
            .limit(2 + classes + random.nextInt(200))
            .toArray(String[]::new));
  }

  @Test
  void classWeightsHaveAMeanOfOne() {
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      Dataset data = random(random);
      double[] weights = data.classWeights();
      assertThat(
              IntStream.range(0, data.size()).mapToDouble(e -> weights[data.labelIndex(e)]).sum())
          .isCloseTo(data.size(), within(1e-9));
    }
  }

  private static long count(Dataset data, String label) {
    return labelsOf(data).stream().filter(label::equals).count();
  }

  @Test
  void splitsAreStratifiedAndComplete() {
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      Dataset data = random(random);
      double share = 0.01 + 0.98 * random.nextDouble();
      Dataset.Split split = data.split(share, i);
      assertThat(split.training().labels()).isEqualTo(data.labels());
      assertThat(split.heldOut().labels()).isEqualTo(data.labels());
      for (String label : data.labels()) {
        long all = count(data, label);
        long expected = all < 2 ? 0 : Math.max(1, Math.min(all - 1, Math.round(share * all)));
        assertThat(count(split.heldOut(), label)).as(label).isEqualTo(expected);
        assertThat(count(split.training(), label)).isEqualTo(all - expected);
      }
      Set<LabelledText> heldOut = new HashSet<>(split.heldOut().examples());
      assertThat(data.examples().stream().filter(heldOut::contains))
          .as("in order")
          .isEqualTo(split.heldOut().examples());
      assertThat(data.examples().stream().filter(example -> !heldOut.contains(example)))
          .isEqualTo(split.training().examples());
    }
  }

  @Test
  void splitsDependOnTheSeedAlone() {
    Dataset data = of("a", "b", "a", "b", "a", "b", "a", "a", "b", "a", "a", "a");
    List<LabelledText> heldOut = data.split(0.25, 1).heldOut().examples();
    assertThat(data.split(0.25, 1).heldOut().examples()).isEqualTo(heldOut);
    assertThat(heldOut.stream().map(example -> example.input().text()))
        .as("on every machine")
        .containsExactly("text 0", "text 3", "text 9");
    assertThat(IntStream.range(0, 20).mapToObj(seed -> data.split(0.25, seed).heldOut().examples()))
        .as("seeds differ")
        .anyMatch(other -> !other.equals(heldOut));
  }

  @Test
  void everyExampleIsHeldOutAsOften() {
    Dataset data = of("a", "a", "a", "a", "a", "b", "b");
    Map<LabelledText, Integer> counts = new HashMap<>();
    for (int seed = 0; seed < 7000; seed++) {
      data.split(0.4, seed).heldOut().examples().forEach(e -> counts.merge(e, 1, Integer::sum));
    }
    for (LabelledText example : data.examples()) {
      // Two of five, and one of two; six standard deviations are 250.
      double expected = example.label().equals("a") ? 2800 : 3500;
      assertThat((double) counts.get(example)).isCloseTo(expected, within(250.0));
    }
  }

  @Test
  void splitsThatCannotBe() {
    for (double share : new double[] {0, 1, -0.1, 1.5, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> of("a", "a").split(share, 0))
          .withMessage("share of the split: expected a number above 0 and below 1, got " + share);
    }
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> of("a", "b").split(0.5, 0))
        .withMessage(
            "split: expected a class with at least two examples, got"
                + " Dataset[2 examples, labels [a, b]]");
  }
}
