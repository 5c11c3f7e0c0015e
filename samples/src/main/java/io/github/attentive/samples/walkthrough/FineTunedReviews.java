package io.github.attentive.samples.walkthrough;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Dataset;
import io.github.attentive.Explanation;
import io.github.attentive.Recipe;
import io.github.attentive.TrainingOptions;
import io.github.attentive.explain.AttentionMap;
import io.github.attentive.samples.data.OwnTexts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Fine-tunes an encoder on reviews of three kinds, shows what each layer looks at in a text, and
 * lists where the model is wrong, and where it is right for a doubtful reason.
 *
 * <pre>{@code
 * java -cp samples/target/attentive.jar io.github.attentive.samples.walkthrough.FineTunedReviews \
 *     --from models/bert-base-uncased "Not bad at all, given the price."
 * }</pre>
 *
 * <p>Without {@code --from} a small encoder is trained from scratch, in a minute or so.
 */
@Command(
    name = "FineTunedReviews",
    mixinStandardHelpOptions = true,
    description = "Fine-tunes an encoder and looks for wrong reasons.")
public final class FineTunedReviews extends ReviewsProgram {
  private static final int EPOCHS_FROM_SCRATCH = 12;
  private static final int EPOCHS_OF_TUNING = 4;

  @Option(names = "--from", paramLabel = "DIR", description = "a checkpoint; default: none")
  private @Nullable Path from;

  @Parameters(arity = "0..1", paramLabel = "TEXT", description = "what to show layer by layer")
  private String text = "Not bad at all, given the price.";

  private FineTunedReviews(PrintStream print) {
    super(print);
  }

  /**
   * Runs it.
   *
   * @param arguments see above
   * @throws IllegalArgumentException if it fails; why stands on standard error
   */
  public static void main(String[] arguments) {
    runOnConsole(FineTunedReviews::run, arguments);
  }

  static int run(String[] arguments, PrintStream print) {
    return new CommandLine(new FineTunedReviews(print)).execute(arguments);
  }

  @Override
  public Integer call() throws IOException {
    TrainingOptions.Builder options = TrainingOptions.builder(Recipe.BERT);
    if (from != null) {
      options.from(from);
    }
    Dataset.Split split = split(OwnTexts.sentences());
    train(options, from == null ? EPOCHS_FROM_SCRATCH : EPOCHS_OF_TUNING, split);
    try (AttentionExplainer model = AttentionExplainer.load(modelFolder())) {
      evaluate(model, split.heldOut());
      showLayers(model.explain(text));
      new WrongReasons(print, model, split.training())
          .run(split.heldOut().alignedWith(model.labels()), out.resolve("worst-mistake"));
    }
    print.println("wrote model and pictures to " + out);
    return 0;
  }

  /** What the first token, which the head reads, looks at in each layer: the mean of its heads. */
  private void showLayers(Explanation explanation) {
    print.printf(
        Locale.ROOT,
        "%s%nprediction: %s  scores: %s%n",
        text,
        explanation.label(),
        explanation.scores());
    for (int layer = 0; layer < explanation.attention().layers(); layer++) {
      AttentionMap map = AttentionMap.of(explanation, OptionalInt.of(layer), OptionalInt.empty());
      StringBuilder line = new StringBuilder("layer " + layer + ":");
      for (int key = 0; key < map.keys().size(); key++) {
        line.append(String.format(Locale.ROOT, " %s %.2f", map.keys().get(key), map.at(0, key)));
      }
      print.println(line);
    }
  }
}
