package io.github.attentive.samples.walkthrough;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.SpecialTokens;
import io.github.attentive.TextInput;
import io.github.attentive.viz.Comparison;
import io.github.attentive.viz.ExplanationFigures;
import io.github.attentive.viz.FigureStyle;
import io.github.attentive.viz.Svg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Every figure of a text, as small files for a README: light or dark as its reader prefers. The
 * last one compares what one head looks at with what all do.
 *
 * <pre>{@code
 * java -cp samples/target/attentive.jar io.github.attentive.samples.walkthrough.Gallery \
 *     MODEL FOLDER "The acting was superb, but the plot was boring."
 * }</pre>
 */
public final class Gallery {
  private Gallery() {}

  /**
   * Runs it.
   *
   * @param arguments model directory, folder for the files, and the text
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("expected MODEL FOLDER TEXT");
    }
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    try (AttentionExplainer model = AttentionExplainer.load(Path.of(arguments[0]))) {
      ExplainOptions.Builder options =
          ExplainOptions.builder().granularity(Granularity.WORD).specialTokens(SpecialTokens.DROP);
      TextInput text = TextInput.of(arguments[2]);
      Explanation all = model.explain(text, options.build());
      for (Svg figure : ExplanationFigures.of(all).style(FigureStyle.README).all()) {
        figure.write(folder.resolve(figure.data().view() + ".svg"));
      }
      Explanation first = model.explain(text, options.layer(0).head(0).build());
      Comparison.of(first, all)
          .names("layer 0, head 0", "all heads")
          .style(FigureStyle.README)
          .render()
          .write(folder.resolve("comparison.svg"));
    }
  }
}
