package io.github.attentive.djl.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.ProblemType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels and what they mean. */
class HuggingFaceLabelsTest {
  @TempDir Path folder;
  private Configurations configurations;

  @BeforeEach
  void inFolder() {
    configurations = new Configurations(folder);
  }

  private List<String> labels(String fields) {
    return configurations.model("bert", fields).labels();
  }

  @Test
  void labelsStandInTheOrderOfTheirNumbers() {
    assertThat(labels("'id2label':{'1':'good','0':'bad','2':'so so'}"))
        .containsExactly("bad", "good", "so so");
    assertThat(labels("'id2label':{'0':'only'}")).containsExactly("only");
    StringBuilder many = new StringBuilder("'id2label':{'0':'L0'");
    for (int i = 1; i < 12; i++) {
      many.append(",'%s':'L%s'".formatted(i, i));
    }
    assertThat(labels(many + "}")).hasSize(12).endsWith("L9", "L10", "L11");
  }

  @Test
  void withoutNamesThereIsANumber() {
    assertThat(labels("'num_labels':3")).containsExactly("LABEL_0", "LABEL_1", "LABEL_2");
    assertThat(labels("'num_labels':3,'id2label':null")).hasSize(3);
    assertThat(labels("'num_labels':null")).containsExactly("LABEL_0", "LABEL_1");
    assertThat(labels("'num_labels':3,'id2label':{'0':'a','1':'b'}")).containsExactly("a", "b");
  }

  @Test
  void theClassifierHasARowForEachLabel() {
    assertThat(Configurations.weights(configurations.model("bert", "'num_labels':5")))
        .contains("classifier.weight[5, 768]", "classifier.bias[5]");
    assertThat(Configurations.weights(configurations.model("roberta", "'num_labels':1")))
        .contains("classifier.out_proj.weight[1, 768]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'num_labels':0|field 'num_labels': expected a whole number of at least 1, got 0",
        "'num_labels':'2'|field 'num_labels': expected a whole number of at least 1, got \"2\"",
        "'num_labels':2.5|field 'num_labels': expected a whole number of at least 1, got 2.5",
        "'id2label':{}|field 'id2label': expected a different name for each of 0, 1, ..., got {}",
        "'id2label':['a','b']|field 'id2label': expected an object, got [\"a\",\"b\"]",
        "'id2label':'a'|field 'id2label': expected an object, got \"a\"",
        "'id2label':{'0':'a','2':'b'}|field 'id2label.1': expected a string, got nothing",
        "'id2label':{'1':'a'}|field 'id2label.0': expected a string, got nothing",
        "'id2label':{'00':'a'}|field 'id2label.0': expected a string, got nothing",
        "'id2label':{'0':1}|field 'id2label.0': expected a string, got 1",
        "'id2label':{'0':null}|field 'id2label.0': expected a string, got null",
        "'id2label':{'0':'a','1':'a'}|field 'id2label': expected a different name for each of 0,"
            + " 1, ..., got {\"0\":\"a\",\"1\":\"a\"}"
      })
  void labelsMustBeCompleteAndDifferent(String fields, String message) {
    configurations.assertRefused("bert", fields, message);
  }

  @ParameterizedTest
  @CsvSource({
    "single_label_classification, SINGLE_LABEL",
    "multi_label_classification, MULTI_LABEL",
    "regression, REGRESSION"
  })
  void theProblemTypeIsThatOfTheConfiguration(String id, ProblemType expected) {
    String fields = "'num_labels':3,'problem_type':'%s'".formatted(id);
    assertThat(configurations.model("bert", fields).problemType()).isEqualTo(expected);
  }

  @Test
  void withoutProblemTypeOneOutputIsAMeasure() {
    for (String none : List.of("", ",'problem_type':null")) {
      assertThat(configurations.model("bert", "'num_labels':1" + none).problemType())
          .isEqualTo(ProblemType.REGRESSION);
      assertThat(configurations.model("bert", "'num_labels':2" + none).problemType())
          .isEqualTo(ProblemType.SINGLE_LABEL);
    }
    String multi = "'num_labels':1,'problem_type':'multi_label_classification'";
    assertThat(configurations.model("bert", multi).problemType())
        .isEqualTo(ProblemType.MULTI_LABEL);
  }

  @Test
  void anUnknownProblemTypeIsNamed() {
    configurations.assertRefused(
        "bert",
        "'problem_type':'ranking'",
        "field 'problem_type': expected single_label_classification, multi_label_classification,"
            + " regression or null, got \"ranking\"");
    configurations.assertRefused(
        "bert", "'problem_type':7", "field 'problem_type': expected a string, got 7");
  }
}
