package io.github.attentive.samples.data;

import io.github.attentive.Dataset;
import io.github.attentive.LabelledText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The labelled texts that come with this program and were written for it. Stateless. */
public final class OwnTexts {
  private OwnTexts() {}

  /**
   * Reviews of products, films, books and hotels, a sentence each, with negation, contrast and
   * plain facts among them.
   *
   * @return 960 sentences, as many of each label: negative, neutral, positive
   */
  public static Dataset sentences() {
    return read("/io/github/attentive/samples/reviews.tsv");
  }

  /**
   * The reviews of the demo.
   *
   * @return a hundred of two to six words, half of each label: negative, positive
   */
  public static Dataset shortReviews() {
    return read("/io/github/attentive/samples/demo/reviews.tsv");
  }

  /** Text and label a line, below a header. */
  private static Dataset read(String resource) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(OwnTexts.class.getResourceAsStream(resource)),
                StandardCharsets.UTF_8))) {
      return Dataset.of(
          reader
              .lines()
              .skip(1)
              .map(line -> line.split("\t"))
              .map(fields -> LabelledText.of(fields[0], fields[1]))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
