package io.github.attentive.samples.walkthrough;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Dataset;
import io.github.attentive.DatasetFile;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.LabelledText;
import io.github.attentive.Word;
import io.github.attentive.explain.AttentionMap;
import io.github.attentive.viz.Heatmap;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Looks for wrong reasons in a fine-tuned encoder: classifies labelled texts, lists the mistakes,
 * the surest first, with the words the model looked at most, and draws the attention of every layer
 * for the worst of them.
 *
 * <pre>{@code
 * java -cp samples/target/attentive.jar io.github.attentive.samples.walkthrough.WrongReasons \
 *     MODEL FOLDER LABELLED.tsv
 * }</pre>
 *
 * <p>Attention says where the model looked, not why it decided; it is where to start asking.
 */
public final class WrongReasons {
  private static final int WORDS = 3;

  private record Mistake(String expected, Explanation explanation) {
    float score() {
      return explanation.score(explanation.label());
    }
  }

  private final PrintStream out;

  private WrongReasons(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs it.
   *
   * @param arguments model directory, folder for the pictures, file of labelled texts
   * @throws IOException if a picture cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("expected MODEL FOLDER FILE");
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    new WrongReasons(out).run(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
  }

  private void run(Path directory, Path folder, Path file) throws IOException {
    try (AttentionExplainer model = AttentionExplainer.load(directory)) {
      Dataset data = DatasetFile.of(file).dataset().alignedWith(model.labels());
      List<Mistake> mistakes = mistakes(model, data);
      out.printf(Locale.ROOT, "%d of %d wrong%n", mistakes.size(), data.size());
      for (Mistake mistake : mistakes) {
        Explanation explanation = mistake.explanation();
        out.printf(
            Locale.ROOT,
            "%.3f %s, should be %s: %s | looked at %s%n",
            mistake.score(),
            explanation.label(),
            mistake.expected(),
            explanation.input().text(),
            mostLookedAt(explanation));
      }
      if (!mistakes.isEmpty()) {
        draw(mistakes.get(0).explanation(), folder);
      }
    }
  }

  private static List<Mistake> mistakes(AttentionExplainer model, Dataset data) {
    List<Explanation> explanations =
        model.explainAll(
            data.examples().stream().map(LabelledText::input).toList(), ExplainOptions.defaults());
    List<Mistake> mistakes = new ArrayList<>();
    for (int i = 0; i < explanations.size(); i++) {
      String expected = data.labels().get(data.labelIndex(i));
      if (!explanations.get(i).label().equals(expected)) {
        mistakes.add(new Mistake(expected, explanations.get(i)));
      }
    }
    mistakes.sort(Comparator.comparing(Mistake::score).reversed());
    return mistakes;
  }

  private static String mostLookedAt(Explanation explanation) {
    return explanation.words().stream()
        .sorted(Comparator.comparing(Word::weight).reversed())
        .limit(WORDS)
        .map(Word::text)
        .collect(Collectors.joining(", "));
  }

  /** A heatmap for each layer, the mean over its heads. */
  private void draw(Explanation explanation, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int layer = 0; layer < explanation.attention().layers(); layer++) {
      Path file = folder.resolve(String.format(Locale.ROOT, "layer-%02d.svg", layer));
      Heatmap.of(AttentionMap.of(explanation, OptionalInt.of(layer), OptionalInt.empty()))
          .title("%s, layer %s".formatted(explanation.label(), layer))
          .render()
          .write(file);
    }
    out.println("wrote the layers of the first to " + folder);
  }
}
