package io.github.attentive.samples.swap;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Explanation;
import io.github.attentive.Word;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Says what a model makes of a text, which words it looked at, and which engine computed that.
 *
 * <p>The source names no engine: Maven's profile puts one on the class path, and the numbers are
 * those of any other.
 */
public final class Review {
  private Review() {}

  /**
   * Explains a text.
   *
   * @param arguments a model directory and a text
   */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (arguments.length != 2) {
      out.print("usage: review MODEL TEXT\n");
      return;
    }
    try (AttentionExplainer model = AttentionExplainer.load(Path.of(arguments[0]))) {
      Explanation explanation = model.explain(arguments[1]);
      out.printf("label  %s\n", explanation.label());
      explanation.scores().forEach((label, score) -> print(out, "score", label, score));
      for (Word word : explanation.words()) {
        print(out, "word", word.text(), word.weight());
      }
      out.printf("engine %s\n", model.info().engine());
    }
  }

  private static void print(PrintStream out, String kind, String name, float number) {
    out.printf(Locale.ROOT, "%-6s %-12s %.4f\n", kind, name, number);
  }
}
