package io.github.attentive.samples.cli;

import io.github.attentive.Classifier;
import io.github.attentive.Dataset;
import io.github.attentive.Evaluation;
import io.github.attentive.samples.data.TextFile;
import io.github.attentive.viz.Svg;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate}: how often the model is right. */
@Command(name = "evaluate", description = "Measures a model on a file of labelled texts.")
final class EvaluateCommand implements Runnable {
  private final Console console;

  @Mixin private ModelOption model = new ModelOption();
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
    Dataset data = TextFile.read(input).dataset();
    try (Classifier classifier = Classifier.load(model.model, common.loadOptions())) {
      Evaluation evaluation = Evaluation.of(classifier, data);
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
