package io.github.attentive.viz;

import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.Token;
import io.github.attentive.Word;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Draws weights as horizontal bars, one below the other in the order given. Bars of negative
 * weights go to the left in another colour; the line of zero is always there. The strongest alone,
 * their order, signs and errors are options.
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
  private boolean sorted;
  private int most = Integer.MAX_VALUE;
  private boolean signs;
  private @Nullable BarErrors errors;
  private String view = "bars";

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
   * Puts the strongest first, of equal ones the one given first. Default: the order given.
   *
   * @return this builder
   */
  public Bars sorted() {
    this.sorted = true;
    return this;
  }

  /**
   * Shows the strongest only, in the order that the figure has anyway. One more row without a bar
   * says how many others there are and what they sum to. Default: all.
   *
   * @param count how many; the figure is the same without, if there are no more
   * @return this builder
   * @throws InvalidInputException if it is below 1
   */
  public Bars top(int count) {
    if (count < 1) {
      throw new InvalidInputException("bars: expected at least 1 bar to show, got " + count);
    }
    this.most = count;
    return this;
  }

  /**
   * Writes a plus or minus in front of each bar, for prints without colour. Default: none.
   *
   * @return this builder
   */
  public Bars signs() {
    this.signs = true;
    return this;
  }

  /**
   * Draws how far off each value may be, to either side. Default: nothing.
   *
   * @param margins a finite number of at least 0 for each value, or NaN for none
   * @return this builder
   * @throws InvalidInputException if there are more or fewer than values, one is negative or
   *     infinite, or reaches beyond what a double can hold
   */
  public Bars errors(double[] margins) {
    this.errors = BarErrors.around(values, margins);
    return this;
  }

  /**
   * Draws between which numbers each value may be. Default: nothing.
   *
   * @param low a finite number for each value, not above it, or NaN for none
   * @param high a finite number for each value, not below it, or NaN where {@code low} is
   * @return this builder
   * @throws InvalidInputException if there are more or fewer than values, or one is on the wrong
   *     side, infinite, or NaN alone
   */
  public Bars errors(double[] low, double[] high) {
    this.errors = BarErrors.between(values, low, high);
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

  /** Draws another kind of figure, whose labels are no tokens. */
  Bars as(String view) {
    this.view = view;
    return this;
  }

  String view() {
    return view;
  }

  boolean hasTokens() {
    return view.equals("bars");
  }

  /** The bars to draw. */
  BarRows rows() {
    return BarRows.of(labels, values, sorted, most);
  }

  boolean hasSigns() {
    return signs;
  }

  @Nullable BarErrors errors() {
    return errors;
  }

  String valueTitle() {
    return valueTitle;
  }
}
