package io.github.attentive.samples.demo;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LoadOptions;
import io.github.attentive.SpecialTokens;
import io.github.attentive.TextInput;
import io.github.attentive.Trainer;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingOptions;
import io.github.attentive.samples.cli.TerminalBars;
import io.github.attentive.viz.Report;
import io.github.attentive.viz.Svg;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains three small sentiment models in seconds, asks each about one sentence, shows what the two
 * with attention looked at, and says how much of it is chance.
 */
public final class Demo {
  private static final String SENTENCE = "the movie was boring";
  private static final ExplainOptions WORDS_ONLY =
      ExplainOptions.builder().specialTokens(SpecialTokens.DROP).build();

  private final Reviews reviews;
  private final LoadOptions options;
  private final PrintStream out;
  private final PrintStream progress;

  /**
   * Creates a demo.
   *
   * @param reviews what to learn from
   * @param options engine, device, threads
   * @param out for results
   * @param progress for everything else
   */
  public Demo(Reviews reviews, LoadOptions options, PrintStream out, PrintStream progress) {
    this.reviews = reviews;
    this.options = options;
    this.out = out;
    this.progress = progress;
  }

  /**
   * Runs it. The models of the first seed are kept and drawn.
   *
   * @param seeds how many seeds, from 0
   * @param folder where models and pictures go
   * @throws InvalidInputException if {@code seeds} is below 1 or the folder cannot be written
   */
  public void run(int seeds, Path folder) {
    if (seeds < 1) {
      throw new InvalidInputException("--seeds: expected at least 1, got " + seeds);
    }
    Map<Variant, List<Outcome>> outcomes = new EnumMap<>(Variant.class);
    for (Variant variant : Variant.values()) {
      outcomes.put(variant, new ArrayList<>());
    }
    for (int seed = 0; seed < seeds; seed++) {
      for (Variant variant : Variant.values()) {
        progress.println(variant.title(reviews) + ", seed " + seed);
        outcomes.get(variant).add(run(variant, seed, seed == 0 ? folder : null));
      }
    }
    try {
      draw(outcomes, folder);
    } catch (IOException e) {
      throw new InvalidInputException("--out " + folder + ": cannot be written: " + e, e);
    }
    print(outcomes);
    if (seeds > 1) {
      SeedStatistics.lines(outcomes, reviews).forEach(out::println);
    } else {
      out.println("One seed says little: --seeds 10 shows how far these numbers depend on chance.");
    }
    out.println();
    out.println("Open " + folder.resolve("index.html"));
  }

  private Outcome run(Variant variant, long seed, @Nullable Path keep) {
    try {
      Path directory =
          keep == null ? Files.createTempDirectory("attentive-demo") : keep.resolve(variant.id());
      Outcome outcome = trainAndAsk(variant, seed, directory);
      if (keep == null) {
        delete(directory);
      }
      return outcome;
    } catch (IOException e) {
      throw new InvalidInputException("a model directory cannot be written: " + e, e);
    }
  }

  private Outcome trainAndAsk(Variant variant, long seed, Path directory) {
    TrainingOptions.Builder training =
        TrainingOptions.builder(variant.recipe()).seed(seed).device(options.device());
    options.engine().ifPresent(training::engine);
    options.threads().ifPresent(training::threads);
    TrainingHistory history = Trainer.train(training.build(), variant.data(reviews), directory);
    if (variant.attention()) {
      try (AttentionExplainer model = AttentionExplainer.load(directory, options)) {
        Explanation explanation = model.explain(TextInput.of(SENTENCE), WORDS_ONLY);
        return new Outcome(history.last(), explanation.classification(), explanation);
      }
    }
    try (Classifier model = Classifier.load(directory, options)) {
      return new Outcome(history.last(), model.classify(SENTENCE), null);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  private void print(Map<Variant, List<Outcome>> outcomes) {
    outcomes.forEach(
        (variant, results) -> {
          Outcome first = results.get(0);
          out.println(variant.title(reviews));
          lines(first).forEach(line -> out.println("  " + line));
          out.println();
        });
  }

  /** Sentence, sentiment and word bars. */
  private static List<String> lines(Outcome outcome) {
    List<String> lines = new ArrayList<>();
    Classification result = outcome.classification();
    lines.add("Sentence: " + SENTENCE);
    lines.add(sentiment(outcome) + " (" + result.label() + ")");
    Explanation explanation = outcome.explanation();
    if (explanation == null) {
      lines.add("No attention layer, so there are no weights to show.");
      return lines;
    }
    lines.addAll(TerminalBars.of(explanation));
    lines.add(padding(explanation));
    return lines;
  }

  private static String sentiment(Outcome outcome) {
    return String.format(Locale.ROOT, "Sentiment: %.4f", outcome.positive());
  }

  private static String padding(Explanation explanation) {
    return String.format(
        Locale.ROOT,
        "The padding after the text received the other %.4f.",
        explanation.attribution().dropped());
  }

  private void draw(Map<Variant, List<Outcome>> outcomes, Path folder) throws IOException {
    Report.Builder page =
        Report.builder("What three small models make of \u201c" + SENTENCE + "\u201d");
    for (Map.Entry<Variant, List<Outcome>> entry : outcomes.entrySet()) {
      Outcome first = entry.getValue().get(0);
      page.section(entry.getKey().title(reviews));
      page.paragraph(sentiment(first) + " (" + first.classification().label() + ")");
      Explanation explanation = first.explanation();
      if (explanation == null) {
        page.paragraph("No attention layer, so there are no weights to show.");
      } else {
        Svg heatmap = Svg.heatmap(explanation);
        Svg bars = Svg.bars(explanation);
        heatmap.write(folder.resolve(entry.getKey().id() + "-heatmap.svg"));
        bars.write(folder.resolve(entry.getKey().id() + "-bars.svg"));
        page.figure(heatmap);
        page.figure(bars);
        page.paragraph(padding(explanation));
      }
    }
    page.build().write(folder.resolve("index.html"));
  }
}
