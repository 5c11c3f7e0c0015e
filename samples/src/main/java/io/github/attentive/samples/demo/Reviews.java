package io.github.attentive.samples.demo;

import io.github.attentive.Dataset;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LabelledText;
import io.github.attentive.samples.data.OwnTexts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The reviews of the demo: all of them, and a small set of the first five different ones of each
 * kind, ten times over.
 *
 * @param small ten reviews x 10, the second label's first
 * @param all every review
 */
public record Reviews(Dataset small, Dataset all) {
  /** What the two classes are called, in the order of the sorted labels. */
  static final List<String> LABELS = List.of("negative", "positive");

  private static final int SMALL_OF_EACH = 5;
  private static final int REPETITIONS = 10;

  /**
   * The reviews that come with this program.
   *
   * @return a hundred short ones, half of each kind
   */
  public static Reviews own() {
    return of(OwnTexts.shortReviews());
  }

  /**
   * Other reviews.
   *
   * @param data of two labels, the first of which in sorted order means negative
   * @return the reviews, their labels named negative and positive
   * @throws InvalidInputException if there are not two labels, or fewer than five different texts
   *     of one
   */
  public static Reviews of(Dataset data) {
    if (data.labels().size() != LABELS.size()) {
      throw new InvalidInputException(
          "reviews: expected two labels, negative and positive, got " + data.labels());
    }
    Dataset named = data.withLabelNames(LABELS);
    List<LabelledText> ten = new ArrayList<>(firstFive(named, LABELS.get(1)));
    ten.addAll(firstFive(named, LABELS.get(0)));
    List<LabelledText> repeated = new ArrayList<>();
    for (int i = 0; i < REPETITIONS; i++) {
      repeated.addAll(ten);
    }
    return new Reviews(Dataset.of(repeated, LABELS), named);
  }

  private static List<LabelledText> firstFive(Dataset data, String label) {
    Set<LabelledText> different = new LinkedHashSet<>();
    data.examples().stream().filter(e -> e.label().equals(label)).forEach(different::add);
    if (different.size() < SMALL_OF_EACH) {
      throw new InvalidInputException(
          "reviews: expected at least %s different %s ones, got %s"
              .formatted(SMALL_OF_EACH, label, different.size()));
    }
    return different.stream().limit(SMALL_OF_EACH).toList();
  }
}
