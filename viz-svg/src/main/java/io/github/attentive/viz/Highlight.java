package io.github.attentive.viz;

import io.github.attentive.Attribution;
import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.SpecialTokens;
import io.github.attentive.Token;
import io.github.attentive.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Draws a text as the caller wrote it, with weights behind its words: a box in the colour of the
 * weight, and under it a line as thick as the weight is strong. Boxes of negative weights have a
 * minus, too. Spacing and line breaks are those of the text; lines that are too long are broken.
 *
 * <p>Colours run from 0 to the strongest weight; where there are negative ones, from its negative
 * to it, whichever sign the strongest has.
 *
 * <p>A builder: not thread-safe, its methods return itself. Arrays and lists are copied. Weights
 * are finite: NaN is refused. Of long texts the beginning is shown, up to 10,000 characters and 800
 * words; the data have all weights, and a line below the text says so.
 *
 * <pre>{@code
 * Svg svg =
 *     Highlight.of(List.of("not", " ", "bad", "."), new double[] {0.6, 0, -0.3, 0}).render();
 * }</pre>
 */
public final class Highlight extends FigureBuilder<Highlight> {
  private static final double LEAST_WIDTH = 100;
  private static final double MOST_WIDTH = 10_000;

  private final List<Passage> passages;
  private final List<String> remarks = new ArrayList<>();
  private String weightTitle = "Weight";
  private double width = 640;
  private double strongest;
  private @Nullable Palette palette;
  private boolean rightToLeft;
  private @Nullable String target;

  private Highlight(List<Passage> passages) {
    this.passages = List.copyOf(passages);
  }

  /**
   * Starts a figure of a text that is given in pieces.
   *
   * @param pieces put together as they are, white space included, they are the text
   * @param weights a finite number for each piece
   * @return a builder with the defaults
   * @throws InvalidInputException if there are no pieces, their number is not that of the weights,
   *     or a weight is NaN or infinite
   */
  public static Highlight of(List<String> pieces, double[] weights) {
    return new Highlight(List.of(Passage.of(pieces, weights)));
  }

  /**
   * Starts a figure of a text with weights on parts of it. Parts that share a character are drawn
   * as one, with the sum of their weights.
   *
   * @param text any text
   * @param starts where each part starts, in UTF-16 units
   * @param ends where each part ends, exclusive; a part without text is in the data only
   * @param weights a finite number for each part
   * @return a builder with the defaults
   * @throws InvalidInputException if the lengths differ, a part is not within the text, or a weight
   *     is NaN or infinite
   */
  public static Highlight of(String text, int[] starts, int[] ends, double[] weights) {
    return new Highlight(List.of(Passage.of(text, starts, ends, weights)));
  }

  /**
   * Starts a figure of an explanation's text with the weights of its words, or tokens if those are
   * its unit, and its prediction as title. Two texts stand one below the other. What special tokens
   * weigh, which stand for no text, is written below.
   *
   * @param explanation whose unit and policy for special tokens are followed
   * @return a builder with titles and description set
   * @throws InvalidInputException if a token lies outside its text
   */
  public static Highlight of(Explanation explanation) {
    List<Passage> passages = new ArrayList<>();
    String pair = explanation.input().pair();
    passages.add(passage(explanation, 0, pair == null ? "" : "Text", explanation.input().text()));
    if (pair != null) {
      passages.add(passage(explanation, 1, "Pair", pair));
    }
    Highlight highlight = new Highlight(passages).about(explanation);
    highlight.weightTitle("Weight (" + explanation.attribution().method().id() + ")");
    highlight.target = explanation.attribution().target();
    highlight.remarkOnSpecialTokens(explanation.attribution());
    if (explanation.classification().truncated()) {
      highlight.remarks.add("The model did not read the end of the text");
    }
    return highlight;
  }

  private static Passage passage(
      Explanation explanation, int segment, String caption, String text) {
    List<Passage.Span> spans = new ArrayList<>();
    if (explanation.attribution().granularity() == Granularity.TOKEN) {
      for (Token token : explanation.tokens()) {
        if (!token.special() && token.segment() == segment) {
          spans.add(new Passage.Span(token.start(), token.end(), token.weight()));
        }
      }
    } else {
      for (Word word : explanation.words()) {
        if (word.segment() == segment) {
          spans.add(new Passage.Span(word.start(), word.end(), word.weight()));
        }
      }
    }
    return new Passage(caption, text, spans);
  }

  private void remarkOnSpecialTokens(Attribution attribution) {
    if (attribution.specialTokens() != SpecialTokens.KEEP) {
      remarks.add(
          "Special tokens weigh %s and are left out%s"
              .formatted(
                  Decimals.significant(attribution.dropped()),
                  attribution.specialTokens() == SpecialTokens.RENORMALISE
                      ? "; the other weights are divided by their sum"
                      : ""));
      return;
    }
    double sum = 0;
    for (Token token : attribution.tokens()) {
      sum += token.special() ? token.weight() : 0;
    }
    remarks.add("Special tokens, which stand for no text, weigh " + Decimals.significant(sum));
  }

  /**
   * Sets the title of the colours. Default: {@code Weight}.
   *
   * @param title any text
   * @return this builder
   */
  public Highlight weightTitle(String title) {
    this.weightTitle = Objects.requireNonNull(title, "title");
    return this;
  }

  /**
   * Sets the width of a line. Default: 640.
   *
   * @param units in user units, which are CSS pixels, from 100 to 10,000
   * @return this builder
   * @throws InvalidInputException if it is outside that range or NaN
   */
  public Highlight width(double units) {
    if (!(units >= LEAST_WIDTH && units <= MOST_WIDTH)) {
      throw new InvalidInputException(
          "highlight width: expected a number from 100 to 10000, got " + units);
    }
    this.width = units;
    return this;
  }

  /**
   * Sets the weight of the strongest colour, so that several figures share a scale; stronger ones
   * look the same. Default: the strongest weight shown, or 1 if all are 0.
   *
   * @param weight its magnitude, finite and above 0
   * @return this builder
   * @throws InvalidInputException if it is not
   */
  public Highlight strongest(double weight) {
    if (!(weight > 0) || !Double.isFinite(weight)) {
      throw new InvalidInputException(
          "highlight strongest weight: expected a finite number above 0, got " + weight);
    }
    this.strongest = weight;
    return this;
  }

  /**
   * Sets the colours. Default: {@link Palette#RD_BU} where there are negative weights, {@link
   * Palette#BLUES} where there are none.
   *
   * @param palette a colour map; where there are negative weights, one with a middle
   * @return this builder
   */
  public Highlight palette(Palette palette) {
    this.palette = Objects.requireNonNull(palette, "palette");
    return this;
  }

  /**
   * Sets words from right to left, as Arabic and Hebrew are read. Default: from left to right.
   *
   * @return this builder
   */
  public Highlight rightToLeft() {
    this.rightToLeft = true;
    return this;
  }

  @Override
  public Svg render() {
    return new HighlightView(this).draw();
  }

  @Override
  Highlight self() {
    return this;
  }

  List<Passage> passages() {
    return passages;
  }

  /** What is to be said below the text. */
  List<String> remarks() {
    return remarks;
  }

  String weightTitle() {
    return weightTitle;
  }

  double width() {
    return width;
  }

  /** The weight of the strongest colour, or 0 for that of the weights. */
  double strongest() {
    return strongest;
  }

  /** The colours, or null for what goes with the weights. */
  @Nullable Palette palette() {
    return palette;
  }

  /** What positive weights speak for, if that is known. */
  @Nullable String target() {
    return target;
  }

  boolean isRightToLeft() {
    return rightToLeft;
  }
}
