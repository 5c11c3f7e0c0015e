package io.github.attentive.samples.cli;

import io.github.attentive.ExplainOptions;
import io.github.attentive.Explainer;
import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.SpecialTokens;
import io.github.attentive.TextInput;
import io.github.attentive.viz.ExplanationFigures;
import io.github.attentive.viz.FigureStyle;
import io.github.attentive.viz.Palette;
import io.github.attentive.viz.Report;
import io.github.attentive.viz.Svg;
import io.github.attentive.viz.Theme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code report}: pictures. */
@Command(
    name = "report",
    description = "Draws one text as .svg, or several as one .html page or a folder of .svg files.")
final class ReportCommand implements Runnable {
  /** The views by the names they have here. */
  enum View {
    heatmap(ExplanationFigures.View.HEATMAP),
    bars(ExplanationFigures.View.BARS),
    highlight(ExplanationFigures.View.HIGHLIGHT),
    head(ExplanationFigures.View.HEAD),
    model(ExplanationFigures.View.MODEL),
    neuron(ExplanationFigures.View.NEURON),
    probabilities(ExplanationFigures.View.PROBABILITIES),
    evolution(ExplanationFigures.View.EVOLUTION);

    private final ExplanationFigures.View figure;

    View(ExplanationFigures.View figure) {
      this.figure = figure;
    }
  }

  /** What a figure does on a dark page. */
  enum Dark {
    auto,
    light,
    dark
  }

  /** What is written. */
  private enum Kind {
    FIGURE,
    PAGE,
    FOLDER;

    static Kind of(String out) {
      String name = out.toLowerCase(Locale.ROOT);
      if (name.endsWith("/") || Files.isDirectory(Path.of(out))) {
        return FOLDER;
      }
      if (name.endsWith(".svg")) {
        return FIGURE;
      }
      if (name.endsWith(".html")) {
        return PAGE;
      }
      throw new InvalidInputException(
          "--out: expected a name ending in .svg or .html, or a folder (ending in /), got " + out);
    }
  }

  /** Views of words, which leave special tokens out unless told otherwise. */
  private static final Set<View> OF_WORDS = Set.of(View.bars, View.highlight, View.evolution);

  /** Views whose colours can be chosen. */
  private static final Set<View> COLOURED = EnumSet.of(View.heatmap, View.model, View.evolution);

  /**
   * How many texts are explained at once: what is computed of a text is larger than its figures.
   */
  private static final int TEXTS_AT_ONCE = 8;

  private static final Map<Dark, Theme> THEMES =
      Map.of(Dark.auto, Theme.AUTO, Dark.light, Theme.LIGHT, Dark.dark, Theme.DARK);

  private final Console console;

  @Mixin private ModelOption model = new ModelOption();
  @Mixin private InputOptions input = new InputOptions();
  @Mixin private ExplanationOptions explanation = new ExplanationOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = ".svg, .html, or a folder: its name ends in /")
  private String out = "";

  @Option(names = "--view", paramLabel = "VIEW", description = "${COMPLETION-CANDIDATES}")
  private View view = View.heatmap;

  @Option(names = "--palette", paramLabel = "NAME", description = "colours of attention")
  private @Nullable String palette;

  @Option(names = "--dark", paramLabel = "MODE", description = "${COMPLETION-CANDIDATES}")
  private Dark dark = Dark.auto;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Kind kind = Kind.of(out);
    if (palette != null && !COLOURED.contains(view) && kind == Kind.FIGURE) {
      throw new InvalidInputException(
          "--palette: colours the views %s, got --view %s".formatted(COLOURED, view));
    }
    List<TextInput> inputs;
    try (Stream<TextInput> read = input.read(console).stream()) {
      inputs = read.toList();
    }
    if (kind == Kind.FIGURE && inputs.size() != 1) {
      throw new InvalidInputException(
          "--out %s: expected one TEXT for one figure, got %s; use .html, or a folder"
              .formatted(out, inputs.size()));
    }
    Path file = Path.of(out);
    switch (kind) {
      case FIGURE -> PictureFile.write("--out", file, figure(inputs.get(0)).toString());
      case PAGE -> PictureFile.write("--out", file, report(inputs).toHtml());
      case FOLDER -> PictureFile.writeAll("--out", file, report(inputs));
    }
    console.err().println("wrote " + out);
  }

  private Svg figure(TextInput text) {
    SpecialTokens usual = OF_WORDS.contains(view) ? SpecialTokens.DROP : SpecialTokens.KEEP;
    ExplainOptions options = explanation.options(usual, view == View.neuron);
    boolean ofAttention = options.method().needsAttention() || view.figure.needsAttention();
    try (Explainer explainer = model.explainer(ofAttention, common.loadOptions())) {
      return figures(explainer.explain(text, options)).draw(view.figure);
    }
  }

  private Report report(List<TextInput> inputs) {
    Report.Builder report = Report.builder("Attentive report").theme(theme());
    boolean ofAttention = explanation.options(SpecialTokens.KEEP, false).method().needsAttention();
    try (Explainer explainer = model.explainer(ofAttention, common.loadOptions())) {
      report.model(explainer.info());
      for (int from = 0; from < inputs.size(); from += TEXTS_AT_ONCE) {
        int to = Math.min(from + TEXTS_AT_ONCE, inputs.size());
        for (Explanation result : explainAll(explainer, inputs.subList(from, to))) {
          report.explanation(figures(result));
        }
      }
    }
    return report.build();
  }

  /** With queries and keys, if the model has them. */
  private List<Explanation> explainAll(Explainer explainer, List<TextInput> inputs) {
    boolean withAttention = explainer.info().hasAttention();
    try {
      return explainer.explainAll(inputs, explanation.options(SpecialTokens.KEEP, withAttention));
    } catch (InvalidInputException e) {
      return explainer.explainAll(inputs, explanation.options(SpecialTokens.KEEP, false));
    }
  }

  private ExplanationFigures figures(Explanation result) {
    ExplanationFigures figures =
        ExplanationFigures.of(result)
            .style(FigureStyle.INTERACTIVE.withTheme(theme()))
            .layer(explanation.layer())
            .head(explanation.head());
    return palette == null ? figures : figures.palette(Palette.parse(palette));
  }

  private Theme theme() {
    return THEMES.get(dark);
  }
}
