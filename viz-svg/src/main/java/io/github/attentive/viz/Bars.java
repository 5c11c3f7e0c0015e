package io.github.attentive.viz;

import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.Token;
import io.github.attentive.Word;
import java.util.List;
import java.util.Objects;

/**
 * Draws weights as horizontal bars, one below the other in the order given. Bars of negative
 * weights go to the left in another colour; the line of zero is always there.
 *
 * <p>A builder: not thread-safe, its methods return itself. Arrays and lists are copied. Values are
 * finite: NaN is refused.
 *
 * <pre>{@code
 * Svg svg = Bars.of(List.of("not", "bad"), new double[] {0.2, 0.8}).title("Weights").render();
 * }</pre>
 */
public final class Bars extends FigureBuilder<Bars> {
  private final List<String> labels;
  private final double[] values;
  private String valueTitle = "Weight";

  private Bars(List<String> labels, double[] values) {
    this.labels = List.copyOf(labels);
    this.values = values.clone();
    if (values.length == 0 || labels.size() != values.length) {
      throw new InvalidInputException(
          "bars: expected at least 1 value and a label for each, got %s labels and %s values"
              .formatted(labels.size(), values.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new InvalidInputException(
            "bars: expected a finite value, got %s at index %s ('%s')"
                .formatted(values[i], i, labels.get(i)));
      }
    }
  }

  /**
   * Starts a figure of weights.
   *
   * @param labels any text; equal ones stay separate bars
   * @param values a finite number for each label
   * @return a builder with the defaults
   * @throws InvalidInputException if there are no values, their number is not that of the labels,
   *     or one is NaN or infinite
   */
  public static Bars of(List<String> labels, double[] values) {
    return new Bars(labels, values);
  }

  /**
   * Starts a figure of an explanation's weights in text order, with its prediction as title: words,
   * or tokens if those are its unit.
   *
   * @param explanation whose unit and policy for special tokens are followed
   * @return a builder with titles and description set
   * @throws InvalidInputException if the explanation shows no token
   */
  public static Bars of(Explanation explanation) {
    boolean tokens = explanation.attribution().granularity() == Granularity.TOKEN;
    Bars bars =
        tokens
            ? of(
                explanation.tokens().stream().map(Token::text).toList(),
                explanation.tokens().stream().mapToDouble(Token::weight).toArray())
            : of(
                explanation.words().stream().map(Word::text).toList(),
                explanation.words().stream().mapToDouble(Word::weight).toArray());
    return bars.about(explanation)
        .valueTitle("Weight (" + explanation.attribution().method().id() + ")");
  }

  /**
   * Sets the title of the axis. Default: {@code Weight}.
   *
   * @param title any text
   * @return this builder
   */
  public Bars valueTitle(String title) {
    this.valueTitle = Objects.requireNonNull(title, "title");
    return this;
  }

  /**
   * Draws the figure.
   *
   * @return the figure; equal settings give equal bytes
   */
  @Override
  public Svg render() {
    return new BarsView(this).draw();
  }

  @Override
  Bars self() {
    return this;
  }

  List<String> labels() {
    return labels;
  }

  double[] values() {
    return values;
  }

  String valueTitle() {
    return valueTitle;
  }
}
