package io.github.attentive.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import io.github.attentive.Word;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationAssertionsTest {
  @TempDir Path folder;

  private static Explanation explanation(String text) {
    return explanation(TextInput.of(text), 3);
  }

  private static Explanation explanation(TextInput input, float great) {
    try (var fake =
        FakeBuilder.of("negative", "positive")
            .word("boring", "negative", 2)
            .word("great", "positive", great)
            .explainer()) {
      return fake.explain(input);
    }
  }

  @Test
  void whatHoldsPasses() {
    ExplanationAssertions.that(explanation("the boring plot was great"))
        .hasLabel("positive")
        .hasTopWords("great", "boring")
        .hasTopWords("great", "boring", "the")
        .containsInTop(1, "great")
        .containsInTop(2, "boring")
        .containsInTop(99, "plot");
  }

  @Test
  void whatDoesNotHoldSaysWhatWasFound() {
    ExplanationAssertions that = ExplanationAssertions.that(explanation("boring but great"));
    assertThatThrownBy(() -> that.hasLabel("negative"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "explanation of 'boring but great': expected the label 'negative', got 'positive' of {");
    assertThatThrownBy(() -> that.hasTopWords("boring", "great"))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            ".*: expected the top words \\[boring, great], got \\[great 0\\.\\d+, boring 0\\.\\d+]");
    assertThatThrownBy(() -> that.containsInTop(2, "but"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected 'but' in the top 2, got [great 0.");
    assertThatThrownBy(() -> that.hasTopWords("great", "boring", "but", "plot"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> that.containsInTop(3, "Great"))
        .as("as it is written")
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aTextWithoutWordsHasNoTop() {
    ExplanationAssertions that = ExplanationAssertions.that(explanation(""));
    assertThatThrownBy(() -> that.hasTopWords("great"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("explanation of '': expected the top words [great], got []");
    that.agreesWith(ExplanationBaseline.of(explanation("")), 1);
  }

  @Test
  void wrongArgumentsAreNoFailedAssertions() {
    ExplanationAssertions that = ExplanationAssertions.that(explanation("great"));
    assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> that.hasTopWords());
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> that.containsInTop(0, "great"));
    ExplanationBaseline baseline = ExplanationBaseline.of(explanation("great"));
    for (double wrong : new double[] {1.1, -1.1, Double.NaN}) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> that.agreesWith(baseline, wrong));
    }
  }

  @Test
  void aBaselineIsAgreedWithOrNot() {
    TextInput input = TextInput.of("a boring but great plot");
    ExplanationBaseline baseline = ExplanationBaseline.of(explanation(input, 3));
    ExplanationAssertions.that(explanation(input, 3)).agreesWith(baseline, 1);
    ExplanationAssertions.that(explanation(input, 4)).agreesWith(baseline, 1);
    // boring is now above great: one pair of the seven that are not tied.
    ExplanationAssertions other = ExplanationAssertions.that(explanation(input, 2.1f));
    other.agreesWith(baseline, 0.7);
    List<Word> swapped = new ArrayList<>(baseline.words());
    Word boring = swapped.get(1);
    Word great = swapped.get(3);
    swapped.set(1, new Word(boring.text(), 0, boring.start(), boring.end(), great.weight()));
    swapped.set(3, new Word(great.text(), 0, great.start(), great.end(), boring.weight()));
    ExplanationBaseline changed =
        new ExplanationBaseline(
            baseline.text(), null, baseline.label(), baseline.target(), baseline.method(), swapped);
    other.agreesWith(changed, 0.7);
    assertThatThrownBy(() -> other.agreesWith(changed, 0.8))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(
            "expected agreement with the baseline of at least 0.8 (tau-b), got 0.7");
    assertThatThrownBy(
            () -> ExplanationAssertions.that(explanation("another text")).agreesWith(baseline, -1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected an explanation of what the baseline is about");
  }

  @Test
  void weightsThatAreAllEqualAgreeOnlyWithThemselves() {
    Explanation flat = explanation("one two");
    ExplanationBaseline baseline = ExplanationBaseline.of(flat);
    ExplanationAssertions.that(flat).agreesWith(baseline, 1);
    List<Word> other = List.of(new Word("one", 0, 0, 3, 0.1f), new Word("two", 0, 4, 7, 0.2f));
    ExplanationBaseline changed =
        new ExplanationBaseline(
            "one two", null, baseline.label(), baseline.target(), baseline.method(), other);
    assertThatThrownBy(() -> ExplanationAssertions.that(flat).agreesWith(changed, -1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("got none, since all weights of one are equal");
  }

  @Test
  void aBaselineReadsBackAsItWasWritten() throws IOException {
    List<Word> words =
        List.of(
            new Word("a\tb\\n", 0, 0, 5, 0.1f),
            new Word("ünï😀", 0, 6, 11, -1.0e-20f),
            new Word("line\r\nend", 1, 0, 9, Float.MAX_VALUE));
    for (String pair : new String[] {null, "", "line\r\nend"}) {
      ExplanationBaseline baseline =
          new ExplanationBaseline("a\tb\\n ünï😀", pair, "l\n", "t", "attention", words);
      Path file = folder.resolve("baseline.txt");
      baseline.write(file);
      assertThat(ExplanationBaseline.read(file)).isEqualTo(baseline);
      String content = Files.readString(file);
      assertThat(content).doesNotContain("\r").startsWith("attentive-baseline 1\ntext\t");
      Files.writeString(file, content.replace("\n", "\r\n"));
      assertThat(ExplanationBaseline.read(file)).as("other line ends").isEqualTo(baseline);
    }
  }

  @Test
  void theFileIsAsDescribed() throws IOException {
    Path file = folder.resolve("baseline.txt");
    new ExplanationBaseline(
            "so dull", null, "no", "yes", "attention", List.of(new Word("dull", 0, 3, 7, 0.25f)))
        .write(file);
    assertThat(file)
        .hasContent(
            "attentive-baseline 1\ntext\tso dull\nlabel\tno\ntarget\tyes\nmethod\tattention\n"
                + "word\t0\t3\t7\t0.25\tdull\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "''|line 1: expected 'attentive-baseline 1', got 'nothing'",
        "attentive-baseline 2|line 1: expected 'attentive-baseline 1'",
        "attentive-baseline 1|line 2: expected 'text' and 1 more fields",
        "attentive-baseline 1~text>a~word>0|line 3: expected 'label'",
        "attentive-baseline 1~text>a>b|line 2: expected 'text' and 1 more",
        "attentive-baseline 1~text>a\\|line 2: expected a backslash only before",
        "attentive-baseline 1~text>a\\x|line 2: expected a backslash only before",
        "H~word>0>0>1>0.5|line 6: expected 'word' and 5 more fields",
        "H~word>0>1>0>0.5>a|line 6: expected segment, start, end and weight",
        "H~word>0>-1>0>0.5>a|line 6: expected segment, start, end and weight",
        "H~word>0>0>1>NaN>a|line 6: expected segment, start, end and weight",
        "H~word>0>0>1>x>a|line 6: expected segment, start, end and weight",
        "H~word>0>0>99999999999>1>a|line 6: expected segment, start, end and weight",
        "H~~|line 6: expected 'word'"
      })
  void filesThatAreNoBaselinesAreRefused(String content, String message) throws IOException {
    Path file = folder.resolve("wrong.txt");
    String header = "attentive-baseline 1~text>a~label>l~target>t~method>m";
    Files.writeString(file, content.replace("H", header).replace('~', '\n').replace('>', '\t'));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> ExplanationBaseline.read(file))
        .withMessageStartingWith(file + ", ")
        .withMessageContaining(message);
  }

  @Test
  void filesThatCannotBeReadOrWrittenAreNamed() throws IOException {
    Path missing = folder.resolve("missing.txt");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> ExplanationBaseline.read(missing))
        .withMessageStartingWith(missing + ": cannot be read");
    Path latin = folder.resolve("latin.txt");
    Files.write(latin, "attentive-baseline 1\ntext\té".getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> ExplanationBaseline.read(latin))
        .withMessageContaining("cannot be read");
    ExplanationBaseline lone = new ExplanationBaseline("\ud800", null, "l", "t", "m", List.of());
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> lone.write(folder.resolve("lone.txt")))
        .withMessageContaining("cannot be written");
    assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> lone.write(folder));
  }
}
