package io.github.attentive.samples.cli;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.SpecialTokens;
import io.github.attentive.TextInput;
import io.github.attentive.explain.AttentionMap;
import io.github.attentive.samples.HtmlPage;
import io.github.attentive.viz.Bars;
import io.github.attentive.viz.Heatmap;
import io.github.attentive.viz.Palette;
import io.github.attentive.viz.Svg;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code report}: pictures. */
@Command(name = "report", description = "Draws one text as .svg, or several as one .html page.")
final class ReportCommand implements Runnable {
  /** The views, those to come included. */
  enum View {
    heatmap,
    bars,
    highlight,
    head,
    model,
    neuron,
    probabilities
  }

  /** What a figure does on a dark page. */
  enum Dark {
    auto,
    light,
    dark
  }

  private final Console console;

  @Mixin private ModelOption model = new ModelOption();
  @Mixin private InputOptions input = new InputOptions();
  @Mixin private ExplanationOptions explanation = new ExplanationOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--out", required = true, paramLabel = "FILE", description = ".svg or .html")
  private Path out = Path.of("");

  @Option(names = "--view", paramLabel = "VIEW", description = "heatmap or bars (more to come)")
  private View view = View.heatmap;

  @Option(names = "--palette", paramLabel = "NAME", description = "colours of a heatmap")
  private @Nullable String palette;

  @Option(names = "--dark", paramLabel = "MODE", description = "auto (more to come)")
  private Dark dark = Dark.auto;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    String name = out.toString().toLowerCase(Locale.ROOT);
    boolean page = name.endsWith(".html");
    if (!page && !name.endsWith(".svg")) {
      throw new InvalidInputException("--out: expected a name ending in .svg or .html, got " + out);
    }
    if (view != View.heatmap && view != View.bars) {
      throw new NotYetException("view '" + view + "'", "use heatmap or bars");
    }
    if (palette != null && view == View.bars && !page) {
      throw new InvalidInputException("--palette: colours heatmaps, got --view bars");
    }
    if (dark != Dark.auto) {
      throw new NotYetException("--dark " + dark, "figures follow the reader's setting (auto)");
    }
    List<TextInput> inputs;
    try (Stream<TextInput> read = input.read(console).stream()) {
      inputs = read.toList();
    }
    if (!page && inputs.size() != 1) {
      throw new InvalidInputException(
          "--out %s: expected one TEXT for one figure, got %s; use .html"
              .formatted(out, inputs.size()));
    }
    PictureFile.write("--out", out, page ? page(inputs) : figure(inputs).toString());
    console.err().println("wrote " + out);
  }

  private Svg figure(List<TextInput> inputs) {
    SpecialTokens usual = view == View.bars ? SpecialTokens.DROP : SpecialTokens.KEEP;
    try (AttentionExplainer explainer =
        AttentionExplainer.load(model.model, common.loadOptions())) {
      Explanation result = explainer.explain(inputs.get(0), explanation.options(usual));
      if (view == View.bars ? !hasBars(result) : result.tokens().isEmpty()) {
        throw new InvalidInputException("TEXT: expected at least one word to draw, got none");
      }
      return view == View.bars ? Svg.bars(result) : heatmap(result);
    }
  }

  /** An empty text has no words; its special tokens may still be bars. */
  private static boolean hasBars(Explanation result) {
    return !(result.attribution().granularity() == Granularity.TOKEN
            ? result.tokens()
            : result.words())
        .isEmpty();
  }

  private String page(List<TextInput> inputs) {
    HtmlPage html = new HtmlPage("Attentive report");
    try (AttentionExplainer explainer =
        AttentionExplainer.load(model.model, common.loadOptions())) {
      for (Explanation result :
          explainer.explainAll(inputs, explanation.options(SpecialTokens.KEEP))) {
        html.section(result.input().text());
        html.paragraph(
            ResultText.labels(result.classification())
                + ", "
                + ResultText.score(result.classification()));
        if (!result.tokens().isEmpty()) {
          html.figure(heatmap(result));
        }
        if (hasBars(result)) {
          html.figure(Bars.of(result).render());
        } else {
          html.paragraph("The text has no words, so there are no bars to show.");
        }
        html.endSection();
      }
    }
    return html.toString();
  }

  private Svg heatmap(Explanation result) {
    Heatmap heatmap = Heatmap.of(result);
    if (explanation.layer().isPresent() || explanation.head().isPresent()) {
      heatmap =
          Heatmap.of(AttentionMap.of(result, explanation.layer(), explanation.head()))
              .title(
                  "%s, layer %s, head %s"
                      .formatted(
                          ResultText.heading(result.classification()),
                          explanation.layer == null ? "mean" : explanation.layer.toString(),
                          explanation.head == null ? "mean" : explanation.head.toString()));
    }
    if (palette != null) {
      heatmap = heatmap.palette(Palette.parse(palette));
    }
    return heatmap.render();
  }
}
