package io.github.attentive.samples.swap;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Explanation;
import io.github.attentive.Word;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Says what a model makes of a text and which words it looked at.
 *
 * <p>Its source names no engine: Maven's profile puts one on the class path, and the numbers are
 * the same with either.
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
      out.println("usage: review MODEL TEXT");
      return;
    }
    print(Path.of(arguments[0]), arguments[1], out);
  }

  static void print(Path directory, String text, PrintStream out) {
    try (AttentionExplainer model = AttentionExplainer.load(directory)) {
      Explanation explanation = model.explain(text);
      String label = explanation.label();
      out.printf(
          Locale.ROOT, "%s %.4f (%s)%n", label, explanation.score(label), model.info().engine());
      for (Word word : explanation.words()) {
        out.printf(Locale.ROOT, "%-12s %.4f%n", word.text(), word.weight());
      }
    }
  }
}
