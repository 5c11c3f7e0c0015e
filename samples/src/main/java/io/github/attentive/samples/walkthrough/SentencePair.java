package io.github.attentive.samples.walkthrough;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.AttentionTensor;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.explain.AttentionMap;
import io.github.attentive.explain.SegmentAttention;
import io.github.attentive.samples.cli.ResultJson;
import io.github.attentive.viz.HeadView;
import io.github.attentive.viz.Heatmap;
import io.github.attentive.viz.Svg;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * A pair of sentences through every layer and head of an encoder: its tokens with the sentence each
 * is from, how much the two sentences look at themselves and at each other in each layer, the whole
 * tensor as JSON, and pictures: the mean of the last layer as a heatmap, the heads of the first
 * layer as lines, from the first sentence to the second alone as well, and how one head comes to
 * its weights.
 *
 * <pre>{@code
 * java -cp samples/target/attentive.jar io.github.attentive.samples.walkthrough.SentencePair \
 *     MODEL FOLDER "The cat sat on the mat." "It was tired."
 * }</pre>
 */
public final class SentencePair {
  private final PrintStream out;

  private SentencePair(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs it.
   *
   * @param arguments model directory, folder for {@code pair.json}, {@code pair.svg}, {@code
   *     heads.svg}, {@code a-to-b.svg} and {@code neuron.svg}, and the two sentences
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 4) {
      throw new IllegalArgumentException("expected MODEL FOLDER SENTENCE SENTENCE");
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    new SentencePair(out)
        .run(
            Path.of(arguments[0]), Path.of(arguments[1]), TextInput.of(arguments[2], arguments[3]));
  }

  private void run(Path directory, Path folder, TextInput pair) throws IOException {
    Files.createDirectories(folder);
    try (AttentionExplainer model = AttentionExplainer.load(directory)) {
      ExplainOptions options =
          ExplainOptions.builder().granularity(Granularity.TOKEN).queriesAndKeys(true).build();
      Explanation explanation = model.explain(pair, options);
      tokens(explanation);
      segments(explanation);
      Files.writeString(
          folder.resolve("pair.json"),
          ResultJson.explanation(explanation, SegmentAttention.of(explanation), true));
      int last = explanation.attention().layers() - 1;
      Heatmap.of(AttentionMap.of(explanation, OptionalInt.of(last), OptionalInt.empty()))
          .title("Layer %s, mean of %s heads".formatted(last, explanation.attention().heads()))
          .render()
          .write(folder.resolve("pair.svg"));
      Svg.headView(explanation).write(folder.resolve("heads.svg"));
      HeadView.of(explanation)
          .block(HeadView.Block.A_TO_B)
          .render()
          .write(folder.resolve("a-to-b.svg"));
      Svg.neuronView(explanation).write(folder.resolve("neuron.svg"));
    }
  }

  private void tokens(Explanation explanation) {
    for (Token token : explanation.positions()) {
      out.printf(
          Locale.ROOT,
          "%4d  %s  %-16s %6d%n",
          token.position(),
          token.special() ? "-" : token.segment() == 0 ? "A" : "B",
          token.text(),
          token.id());
    }
  }

  /** A row a layer and head: mean attention from each sentence to each. */
  private void segments(Explanation explanation) {
    out.println("layer head   A to A   A to B   B to A   B to B");
    AttentionTensor attention = explanation.attention();
    for (int layer = 0; layer < attention.layers(); layer++) {
      for (int head = 0; head < attention.heads(); head++) {
        SegmentAttention mass =
            SegmentAttention.of(explanation, OptionalInt.of(layer), OptionalInt.of(head));
        out.printf(
            Locale.ROOT,
            "%5d %4d %8.3f %8.3f %8.3f %8.3f%n",
            layer,
            head,
            mass.a().toA(),
            mass.a().toB(),
            mass.b().toA(),
            mass.b().toB());
      }
    }
  }
}
