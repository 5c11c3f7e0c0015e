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
 * Looks for wrong reasons in a fine-tuned encoder: lists the mistakes on labelled texts, the surest
 * first, with the words the model looked at most; then the right answers whose decisive word is
 * none that stands with the label in the data; and draws the attention of every layer for the worst
 * mistake.
 *
 * <pre>{@code
 * java -cp samples/target/attentive.jar io.github.attentive.samples.walkthrough.WrongReasons \
 *     MODEL FOLDER LABELLED.tsv
 * }</pre>
 *
 * <p>Attention says where the model looked, not why it decided. The decisive word is the one
 * without which the score falls most ({@link DecisiveWord}).
 */
public final class WrongReasons {
  private static final int WORDS = 3;

  /** Of each list. */
  private static final int MOST_SHOWN = 10;

  /** A word of fewer texts says nothing about labels. */
  private static final int FEWEST_TEXTS = 3;

  private record Judged(String expected, Explanation explanation) {
    float score() {
      return explanation.score(explanation.label());
    }

    boolean isRight() {
      return explanation.label().equals(expected);
    }
  }

  private final PrintStream out;
  private final AttentionExplainer model;
  private final WordLabels wordLabels;

  /**
   * Prepares the search.
   *
   * @param known what says which words stand with which labels
   */
  WrongReasons(PrintStream out, AttentionExplainer model, Dataset known) {
    this.out = out;
    this.model = model;
    this.wordLabels = WordLabels.of(known);
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
    try (AttentionExplainer model = AttentionExplainer.load(Path.of(arguments[0]))) {
      Dataset data = DatasetFile.of(Path.of(arguments[2])).dataset().alignedWith(model.labels());
      new WrongReasons(out, model, data).run(data, Path.of(arguments[1]));
    }
  }

  /** Lists and draws. */
  void run(Dataset data, Path folder) throws IOException {
    List<Judged> judged = judged(data);
    List<Judged> mistakes = judged.stream().filter(j -> !j.isRight()).toList();
    out.printf(Locale.ROOT, "%d of %d wrong%n", mistakes.size(), data.size());
    for (Judged mistake : mistakes.subList(0, Math.min(MOST_SHOWN, mistakes.size()))) {
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
    listDoubtful(judged.stream().filter(Judged::isRight).toList());
    if (!mistakes.isEmpty()) {
      draw(mistakes.get(0).explanation(), folder);
    }
  }

  /** The surest first. */
  private List<Judged> judged(Dataset data) {
    List<Explanation> explanations =
        model.explainAll(
            data.examples().stream().map(LabelledText::input).toList(), ExplainOptions.defaults());
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < explanations.size(); i++) {
      judged.add(new Judged(data.labels().get(data.labelIndex(i)), explanations.get(i)));
    }
    judged.sort(Comparator.comparing(Judged::score).reversed());
    return judged;
  }

  private static String mostLookedAt(Explanation explanation) {
    return explanation.words().stream()
        .sorted(Comparator.comparing(Word::weight).reversed())
        .limit(WORDS)
        .map(Word::text)
        .collect(Collectors.joining(", "));
  }

  private void listDoubtful(List<Judged> right) {
    int doubtful = 0;
    List<String> lines = new ArrayList<>();
    for (Judged judged : right) {
      String label = judged.expected();
      DecisiveWord decisive = DecisiveWord.of(model, judged.explanation()).orElse(null);
      if (decisive == null || !isDoubtful(decisive.word().text(), label)) {
        continue;
      }
      doubtful++;
      lines.add(
          String.format(
              Locale.ROOT,
              "%.3f %s: %s | decided by \"%s\" (-%.3f), which stands with %s in %.0f %% of %d texts",
              judged.score(),
              label,
              judged.explanation().input().text(),
              decisive.word().text(),
              decisive.drop(),
              label,
              100 * wordLabels.share(decisive.word().text(), label),
              wordLabels.count(decisive.word().text())));
    }
    out.printf(Locale.ROOT, "%d of %d right ones for a doubtful reason%n", doubtful, right.size());
    lines.stream().limit(MOST_SHOWN).forEach(out::println);
  }

  /** A word that stands with the label no more often than chance would have it. */
  private boolean isDoubtful(String word, String label) {
    return wordLabels.count(word) >= FEWEST_TEXTS
        && wordLabels.share(word, label) <= 1.0 / model.labels().size();
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
