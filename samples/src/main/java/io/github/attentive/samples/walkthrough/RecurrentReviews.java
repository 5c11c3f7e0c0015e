package io.github.attentive.samples.walkthrough;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Dataset;
import io.github.attentive.Explanation;
import io.github.attentive.Recipe;
import io.github.attentive.TrainingOptions;
import io.github.attentive.Word;
import io.github.attentive.samples.data.OwnTexts;
import io.github.attentive.viz.CellValues;
import io.github.attentive.viz.Heatmap;
import io.github.attentive.viz.Palette;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Trains a recurrent classifier with attention on reviews, says what it thinks of a text and how
 * sure it is, and draws what it attends to as one row of cells with their numbers.
 *
 * <pre>{@code
 * java -cp samples/target/attentive.jar io.github.attentive.samples.walkthrough.RecurrentReviews \
 *     "the acting was superb, but the plot was boring"
 * }</pre>
 *
 * <p>In minutes on the sentences that come along; {@code --data} takes others, SST-2 for one, and
 * {@code --tokenizer} a {@code tokenizer.json} in place of word pieces that are learned.
 */
@Command(
    name = "RecurrentReviews",
    mixinStandardHelpOptions = true,
    description = "Trains a recurrent classifier with attention and draws what it attends to.")
public final class RecurrentReviews extends ReviewsProgram {
  private static final int EPOCHS = 8;

  /** Updates are few where texts are few. */
  private static final int BATCH = 16;

  /** Of a few hundred sentences: more would be words that stand in two or three of them. */
  private static final int WORD_PIECES = 1200;

  private static final int FEW_TEXTS = 5_000;

  @Option(names = "--tokenizer", paramLabel = "FILE", description = "default: learned")
  private @Nullable Path tokenizer;

  @Parameters(arity = "0..*", paramLabel = "TEXT", description = "what to classify")
  private List<String> texts = List.of("The acting was superb, but the plot was boring.");

  private RecurrentReviews(PrintStream print) {
    super(print);
  }

  /**
   * Runs it.
   *
   * @param arguments see above
   * @throws IllegalArgumentException if it fails; why stands on standard error
   */
  public static void main(String[] arguments) {
    runOnConsole(RecurrentReviews::run, arguments);
  }

  static int run(String[] arguments, PrintStream print) {
    return new CommandLine(new RecurrentReviews(print)).execute(arguments);
  }

  @Override
  public Integer call() throws IOException {
    TrainingOptions.Builder options = TrainingOptions.builder(Recipe.BIGRU_ATTENTION);
    Dataset.Split split = split(twoClasses());
    if (split.training().size() < FEW_TEXTS) {
      options.batchSize(BATCH).maxTokens(WORD_PIECES);
    }
    if (tokenizer != null) {
      options.tokenizer(tokenizer);
    }
    train(options, EPOCHS, split);
    try (AttentionExplainer model = AttentionExplainer.load(modelFolder())) {
      evaluate(model, split.heldOut());
      for (int i = 0; i < texts.size(); i++) {
        Explanation explanation = model.explain(texts.get(i));
        print.printf(
            Locale.ROOT,
            "%s%nprediction: %s  confidence: %.3f%n",
            texts.get(i),
            explanation.label(),
            explanation.score(explanation.label()));
        draw(explanation, out.resolve("attention-%s.svg".formatted(i + 1)));
      }
    }
    print.println("wrote model and pictures to " + out);
    return 0;
  }

  /** The sentences that take a side. */
  private static Dataset twoClasses() {
    return Dataset.of(
        OwnTexts.sentences().examples().stream()
            .filter(example -> !example.label().equals("neutral"))
            .toList());
  }

  private static void draw(Explanation explanation, Path file) throws IOException {
    List<Word> words = explanation.words();
    double[][] row = {words.stream().mapToDouble(Word::weight).toArray()};
    Heatmap.of(row)
        .queries(List.of(explanation.label()))
        .keys(words.stream().map(Word::text).toList())
        .palette(Palette.YL_OR_RD)
        .cellValues(CellValues.SHOWN)
        .title(
            String.format(
                Locale.ROOT,
                "%s, confidence %.3f",
                explanation.label(),
                explanation.score(explanation.label())))
        .keyTitle("")
        .queryTitle("")
        .colourBar(false)
        .render()
        .write(file);
  }
}
