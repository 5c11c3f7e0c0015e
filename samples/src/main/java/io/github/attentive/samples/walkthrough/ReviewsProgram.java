package io.github.attentive.samples.walkthrough;

import io.github.attentive.Classifier;
import io.github.attentive.Dataset;
import io.github.attentive.DatasetFile;
import io.github.attentive.EpochReport;
import io.github.attentive.Evaluation;
import io.github.attentive.Trainer;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingListener;
import io.github.attentive.TrainingOptions;
import io.github.attentive.viz.Svg;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the programs that train a model of reviews and look into it have in common. */
abstract class ReviewsProgram implements Callable<Integer> {
  private static final double HELD_OUT = 0.2;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "texts and labels to train on; default: sentences that come along")
  @Nullable Path data;

  @Option(
      names = "--held-out",
      paramLabel = "FILE",
      description = "texts and labels to measure on; default: a fifth of the others")
  @Nullable Path heldOut;

  @Option(names = "--out", paramLabel = "FOLDER", description = "default: ${DEFAULT-VALUE}")
  Path out = Path.of("reviews");

  @Option(names = "--epochs", paramLabel = "N", description = "default: the program's own")
  @Nullable Integer epochs;

  @Option(names = "--seed", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
  long seed;

  /** Where results go. */
  final PrintStream print;

  ReviewsProgram(PrintStream print) {
    this.print = print;
  }

  /**
   * Runs a program as a process of its own does.
   *
   * @param program takes arguments and where results go, and gives 0 if all went well
   */
  static void runOnConsole(ToIntBiFunction<String[], PrintStream> program, String[] arguments) {
    PrintStream print = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (program.applyAsInt(arguments, print) != 0) {
      throw new IllegalArgumentException("the program has said above what it cannot do");
    }
  }

  /** What is trained on and what is held out. */
  final Dataset.Split split(Dataset own) {
    Dataset all = data == null ? own : DatasetFile.of(data).dataset();
    if (heldOut == null) {
      return all.split(HELD_OUT, seed);
    }
    return new Dataset.Split(all, DatasetFile.of(heldOut).dataset().alignedWith(all.labels()));
  }

  /** Where the model goes. */
  final Path modelFolder() {
    return out.resolve("model");
  }

  /** Trains, and draws how it went. */
  final void train(TrainingOptions.Builder options, int usualEpochs, Dataset.Split split)
      throws IOException {
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onEpoch(EpochReport report) {
            EpochReport.Validation validation = report.validation();
            print.printf(
                Locale.ROOT,
                "epoch %d of %d: loss %.3f, accuracy %.3f, held out %.3f%n",
                report.epoch(),
                report.epochs(),
                report.loss(),
                report.accuracy(),
                validation == null ? 0 : validation.accuracy());
          }

          @Override
          public void onNotice(String text) {
            print.println(text);
          }
        };
    Files.createDirectories(out);
    TrainingHistory history =
        Trainer.train(
            options
                .epochs(epochs == null ? usualEpochs : epochs)
                .seed(seed)
                .listener(listener)
                .build(),
            split.training(),
            split.heldOut(),
            modelFolder());
    Svg.learningCurve(history).write(out.resolve("learning-curve.svg"));
  }

  /** Measures, and draws which classes are taken for which. */
  final void evaluate(Classifier model, Dataset data) throws IOException {
    Evaluation evaluation = Evaluation.of(model, data);
    print.printf(
        Locale.ROOT,
        "held out %d: accuracy %.3f, macro-F1 %.3f, calibration error %.3f%n",
        evaluation.examples(),
        evaluation.accuracy(),
        evaluation.macroF1(),
        evaluation.calibrationError().orElse(0));
    Svg.confusionMatrix(evaluation).write(out.resolve("confusion.svg"));
  }
}
