package io.github.attentive.samples.cli;

import io.github.attentive.Classifier;
import io.github.attentive.Dataset;
import io.github.attentive.DatasetRow;
import io.github.attentive.Evaluation;
import io.github.attentive.LabelledText;
import io.github.attentive.viz.Svg;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate}: how often the model is right. */
@Command(name = "evaluate", description = "Measures a model on a file of labelled texts.")
final class EvaluateCommand implements Runnable {
  private final Console console;

  @Mixin private ModelOption model = new ModelOption();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--input", required = true, paramLabel = "FILE", description = "with labels")
  private Path input = Path.of("");

  @Option(
      names = "--confusion",
      paramLabel = "FILE.svg",
      description = "draw the confusion matrix as well")
  private @Nullable Path confusion;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    if (confusion != null) {
      PictureFile.requireSvg("--confusion", confusion);
    }
    SortedSet<String> labels = new TreeSet<>();
    RereadableRows rows =
        new RereadableRows(data.file(input), true, console, row -> labels.add(row.label()));
    try (Classifier classifier = Classifier.load(model.model, common.loadOptions())) {
      Evaluation evaluation = evaluate(classifier, rows, List.copyOf(labels));
      if (confusion != null) {
        PictureFile.write("--confusion", confusion, Svg.confusionMatrix(evaluation).toString());
        console.err().println("wrote " + confusion);
      }
      console
          .out()
          .println(
              common.format == OutputFormat.json
                  ? ResultJson.evaluation(evaluation)
                  : text(evaluation));
    }
  }

  /** Labels are matched as those of a data set are; it takes one example of each to see how. */
  private static Evaluation evaluate(
      Classifier classifier, RereadableRows rows, List<String> labels) {
    Dataset oneOfEach =
        Dataset.of(labels.stream().map(label -> LabelledText.of("", label)).toList());
    Map<String, String> names = new HashMap<>();
    try (Stream<DatasetRow> examples = rows.stream()) {
      return Evaluation.of(
          classifier,
          examples
              .map(
                  row -> {
                    // Not before the evaluation has found the model to be of the right type.
                    if (names.isEmpty()) {
                      Dataset aligned = oneOfEach.alignedWith(classifier.labels());
                      for (int i = 0; i < labels.size(); i++) {
                        names.put(labels.get(i), aligned.examples().get(i).label());
                      }
                    }
                    return new LabelledText(row.input(), names.get(row.label()));
                  })
              .iterator());
    }
  }

  private static String text(Evaluation evaluation) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "examples %s  accuracy %.4f  macro-F1 %.4f",
            evaluation.examples(),
            evaluation.accuracy(),
            evaluation.macroF1()));
    evaluation
        .calibrationError()
        .ifPresent(error -> text.append("  calibration error ").append(fourDecimals(error)));
    evaluation.rocAuc().ifPresent(area -> text.append("  ROC AUC ").append(fourDecimals(area)));
    text.append('\n');
    int width = evaluation.labels().stream().mapToInt(String::length).max().orElse(0) + 2;
    String row = "%-" + width + "s%10s%10s%10s%10s\n";
    text.append(String.format(Locale.ROOT, row, "label", "precision", "recall", "F1", "support"));
    for (Evaluation.ClassFigures figures : evaluation.perClass()) {
      text.append(
          String.format(
              Locale.ROOT,
              row,
              figures.label(),
              fourDecimals(figures.precision()),
              fourDecimals(figures.recall()),
              fourDecimals(figures.f1()),
              figures.support()));
    }
    text.append("confusion (rows: true, columns: predicted, in label order)");
    for (int[] counts : evaluation.confusion()) {
      text.append('\n').append(Arrays.toString(counts));
    }
    return text.toString();
  }

  private static String fourDecimals(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
