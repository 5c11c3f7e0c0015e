package io.github.attentive.djl.doctor;

import io.github.attentive.ModelLoadException;
import io.github.attentive.ProblemType;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.spi.Findings;
import java.util.List;
import java.util.regex.Pattern;

/** Checks what the outputs of a model are called and what they mean. */
final class LabelsInspection {
  private static final String SUBJECT = "labels";
  private static final String NUMBERS = "label2id";
  private static final Pattern NO_NAME = Pattern.compile("LABEL_\\d+");

  private LabelsInspection() {}

  static void inspect(List<String> labels, ProblemType type, Findings findings) {
    if (labels.size() == 1 && type == ProblemType.SINGLE_LABEL) {
      findings.problem(
          SUBJECT,
          "one label of which one applies says nothing: expected at least 2, got " + labels,
          "set problem_type to regression for a measure, or to multi_label_classification for yes"
              + " or no");
    } else if (type != ProblemType.REGRESSION
        && labels.stream().allMatch(label -> NO_NAME.matcher(label).matches())) {
      findings.warning(
          SUBJECT,
          "the classes have no names, only %s".formatted(String.join(", ", labels)),
          "add their names in output order to config.json, for instance \"id2label\": {\"0\":"
              + " \"negative\", \"1\": \"positive\"}; beside a model of Keras, to labels.txt, one a"
              + " line");
    } else {
      findings.ok(
          SUBJECT,
          switch (type) {
                case SINGLE_LABEL -> "one applies of ";
                case MULTI_LABEL -> "any number apply of ";
                case REGRESSION -> "a measure each: ";
              }
              + String.join(", ", labels));
    }
  }

  /** A second list of the same names that says something else. */
  static void compareNumbers(JsonFile config, List<String> labels, Findings findings) {
    if (!config.has(NUMBERS)) {
      return;
    }
    JsonFile numbers = config.object(NUMBERS);
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      if (numbers.has(label) && !isNumber(numbers, label, i)) {
        findings.warning(
            SUBJECT,
            "config.json contradicts itself: output %s is '%s' by id2label, by label2id it is not"
                .formatted(i, label),
            "find out which is right, and make them agree; this library goes by id2label");
        return;
      }
    }
  }

  private static boolean isNumber(JsonFile numbers, String label, int expected) {
    try {
      return numbers.isString(label)
          ? numbers.string(label).equals(Integer.toString(expected))
          : numbers.whole(label, expected) == expected;
    } catch (ModelLoadException e) {
      return false;
    }
  }
}
