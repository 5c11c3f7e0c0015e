package io.github.attentive.samples.cli;

import io.github.attentive.Dataset;
import io.github.attentive.InvalidInputException;
import io.github.attentive.Recipe;
import io.github.attentive.Trainer;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingOptions;
import io.github.attentive.viz.Svg;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}: a model from labelled texts. */
@Command(name = "train", description = "Trains a model and saves it as a directory.")
final class TrainCommand implements Runnable {
  /** What the training leaves beside the model, a line an epoch. */
  private static final String HISTORY = "training.jsonl";

  private final Console console;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--recipe",
      required = true,
      paramLabel = "RECIPE",
      description = "keras-attention, keras-pooling, bigru-attention or bert")
  private String recipe = "";

  @Option(names = "--train", required = true, paramLabel = "FILE", description = "with labels")
  private Path training = Path.of("");

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "where it goes")
  private Path out = Path.of("");

  @Option(names = "--validation", paramLabel = "FILE", description = "held out, with labels")
  private @Nullable Path validation;

  @Option(
      names = "--validation-share",
      paramLabel = "SHARE",
      description = "hold out a share of --train, by label and --seed")
  private @Nullable Double validationShare;

  @Option(
      names = "--curve",
      paramLabel = "FILE.svg",
      description = "draw loss and accuracy of each epoch")
  private @Nullable Path curve;

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private TrainingSettingsOptions settings = new TrainingSettingsOptions();

  @Option(
      names = "--labels",
      paramLabel = "A,B,...",
      description = "names for the classes, in the sorted order of their values in the file")
  private @Nullable String labels;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    if (curve != null) {
      PictureFile.requireSvg("--curve", curve);
    }
    TrainingOptions options = options();
    Dataset all = data.dataset(training, console);
    List<String> names = labels == null ? all.labels() : Arrays.asList(labels.split(",", -1));
    Dataset heldOut = heldOut(all);
    if (validationShare != null) {
      Dataset.Split split = all.split(validationShare, settings.seed());
      all = split.training();
      heldOut = split.heldOut();
    }
    TrainingHistory history =
        Trainer.train(
            options,
            all.withLabelNames(names),
            heldOut == null ? null : heldOut.withLabelNames(names),
            out);
    if (curve != null) {
      PictureFile.write("--curve", curve, Svg.learningCurve(history).toString());
    }
    try {
      console.out().println(Files.readAllLines(out.resolve(HISTORY)).get(history.kept() - 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable Dataset heldOut(Dataset all) {
    if (validation == null) {
      return null;
    }
    if (validationShare != null) {
      throw new InvalidInputException(
          "--validation-share: expected it without --validation, which names what is held out");
    }
    return data.dataset(validation, all.labels(), console);
  }

  private TrainingOptions options() {
    TrainingOptions.Builder options =
        TrainingOptions.builder(recipe())
            .device(common.device())
            .listener(new ProgressLine(console));
    settings.applyTo(options);
    if (common.maxLength != null) {
      options.maxLength(common.maxLength);
    }
    if (common.batchSize != null) {
      options.batchSize(common.batchSize);
    }
    if (common.threads != null) {
      options.threads(common.threads);
    }
    if (common.engine != null) {
      options.engine(common.engine.name());
    }
    return options.build();
  }

  private Recipe recipe() {
    return Arrays.stream(Recipe.values())
        .filter(known -> known.id().equals(recipe))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "--recipe: expected %s, got '%s'"
                        .formatted(
                            Arrays.stream(Recipe.values())
                                .map(Recipe::id)
                                .collect(Collectors.joining(", ")),
                            recipe)));
  }
}
