package io.github.attentive.viz;

import io.github.attentive.Evaluation;
import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TrainingHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A finished figure. Immutable and thread-safe.
 *
 * <pre>{@code
 * Svg.heatmap(explanation).write(Path.of("review.svg"));
 * }</pre>
 *
 * <p>The document starts with its {@code <svg>} tag: without an XML declaration it is UTF-8 by
 * definition, and its text can stand in an HTML page as it is. All ids, classes and style rules
 * carry a prefix made from the content, so several figures can share a page; two equal ones need
 * {@link #withIdSuffix(String)}. Inside an {@code <img>} nothing of a figure is read aloud: give
 * that element the {@link #altText()}.
 *
 * <p>The colours are complete without the style sheet, which only adds a dark background with light
 * text and lines for readers who prefer it. The colours of data stay as they are.
 */
public final class Svg {
  private static final Pattern ID_SUFFIX = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final int PREFIX_BYTES = 5;

  private final String template;
  private final String prefix;
  private final int width;
  private final int height;
  private final String altText;
  private final FigureData data;

  /** Finishes a document in which {@link SvgWriter#PREFIX} stands for the prefix. */
  Svg(String template, int width, int height, String altText, FigureData data) {
    this(template, "av-" + hash(template), width, height, altText, data);
  }

  private Svg(
      String template, String prefix, int width, int height, String altText, FigureData data) {
    this.template = template;
    this.prefix = prefix;
    this.width = width;
    this.height = height;
    this.altText = altText;
    this.data = data;
  }

  private static String hash(String template) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(template.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, PREFIX_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The attention of an explanation, mean over all layers and heads, with its prediction as title.
   *
   * @param explanation whose unit and policy for special tokens are followed
   * @return the figure
   * @throws InvalidInputException if the explanation shows no token
   * @see Heatmap#of(Explanation)
   */
  public static Svg heatmap(Explanation explanation) {
    return Heatmap.of(explanation).render();
  }

  /**
   * The attention of an explanation's first layer, all heads, as lines from queries to keys, with
   * its prediction as title.
   *
   * @param explanation whose unit and policy for special tokens are followed
   * @return the figure
   * @throws InvalidInputException if the explanation shows no token
   * @see HeadView#of(Explanation)
   */
  public static Svg headView(Explanation explanation) {
    return HeadView.of(explanation).render();
  }

  /**
   * The attention of all layers and heads of an explanation as small pictures, with its prediction
   * as title.
   *
   * @param explanation whose unit and policy for special tokens are followed
   * @return the figure
   * @throws InvalidInputException if the explanation shows no token
   * @see ModelView#of(Explanation)
   */
  public static Svg modelView(Explanation explanation) {
    return ModelView.of(explanation).render();
  }

  /**
   * The weights of an explanation's words or tokens, with its prediction as title.
   *
   * @param explanation whose unit and policy for special tokens are followed
   * @return the figure
   * @throws InvalidInputException if the explanation shows no token
   * @see Bars#of(Explanation)
   */
  public static Svg bars(Explanation explanation) {
    return Bars.of(explanation).render();
  }

  /**
   * The weights of two explanations of one text next to each other, and their difference.
   *
   * @param a the first side
   * @param b the second side
   * @return the figure
   * @throws InvalidInputException if the texts differ, one shows words and the other tokens, or
   *     both show none
   * @see Comparison#of(Explanation, Explanation)
   */
  public static Svg comparison(Explanation a, Explanation b) {
    return Comparison.of(a, b).render();
  }

  /**
   * The attention that each word or token of an explanation receives, layer by layer, with its
   * prediction as title.
   *
   * @param explanation whose unit and policy for special tokens are followed
   * @return the figure
   * @throws InvalidInputException if the explanation shows no token
   * @see Evolution#of(Explanation)
   */
  public static Svg evolution(Explanation explanation) {
    return Evolution.of(explanation).render();
  }

  /**
   * The text of an explanation with the weights of its words or tokens, and its prediction as
   * title.
   *
   * @param explanation whose unit and policy for special tokens are followed
   * @return the figure
   * @throws InvalidInputException if a token lies outside its text
   * @see Highlight#of(Explanation)
   */
  public static Svg highlight(Explanation explanation) {
    return Highlight.of(explanation).render();
  }

  /**
   * The scores of an explanation's classes, with its prediction as title.
   *
   * @param explanation whose scores are shown
   * @return the figure
   * @throws InvalidInputException if a probability is outside [0, 1]
   * @see Probabilities#of(Explanation)
   */
  public static Svg probabilities(Explanation explanation) {
    return Probabilities.of(explanation).render();
  }

  /**
   * The confusion matrix of an evaluation, with its accuracy as title.
   *
   * @param evaluation the evaluation
   * @return the figure
   * @see ConfusionMatrix#of(Evaluation)
   */
  public static Svg confusionMatrix(Evaluation evaluation) {
    return ConfusionMatrix.of(evaluation).render();
  }

  /**
   * Loss and accuracy of a training over its epochs.
   *
   * @param history the training
   * @return the figure
   * @throws InvalidInputException if a loss is infinite or an accuracy outside [0, 1]
   * @see LearningCurve#of(TrainingHistory)
   */
  public static Svg learningCurve(TrainingHistory history) {
    return LearningCurve.of(history).render();
  }

  /**
   * The arithmetic of head 0 of layer 0 for the first position that an explanation shows.
   *
   * @param explanation with queries and keys
   * @return the figure
   * @throws InvalidInputException if the explanation has no queries and keys, or shows no token
   * @see NeuronView#of(Explanation)
   */
  public static Svg neuronView(Explanation explanation) {
    return NeuronView.of(explanation).render();
  }

  /**
   * The same figure with other ids and classes, for a page that shows it twice.
   *
   * @param suffix lower-case letters, digits and single hyphens
   * @return a figure that differs in its ids only
   * @throws InvalidInputException if the suffix holds anything else
   */
  public Svg withIdSuffix(String suffix) {
    if (!ID_SUFFIX.matcher(suffix).matches()) {
      throw new InvalidInputException(
          "id suffix: expected lower-case letters, digits and single hyphens, got '%s'"
              .formatted(suffix));
    }
    return new Svg(template, prefix + "-" + suffix, width, height, altText, data);
  }

  /**
   * The figure in words: its title and what can be seen in it.
   *
   * @return one line of plain text, not escaped
   */
  public String altText() {
    return altText;
  }

  /**
   * What the figure was drawn from, whether or not the file holds it.
   *
   * @return titles, notes and numbers
   */
  public FigureData data() {
    return data;
  }

  /**
   * The numbers of the figure as HTML tables, for readers who cannot see it.
   *
   * @return {@code <table>} elements; all of the numbers, however many
   */
  public String asTable() {
    return asTable(TableFormat.HTML);
  }

  /**
   * The numbers of the figure as tables, to four significant digits as its tooltips have them.
   *
   * @param format how tables are written
   * @return all of the numbers, however many
   */
  public String asTable(TableFormat format) {
    return TableWriter.write(data.tables(), format);
  }

  /**
   * The natural width.
   *
   * @return in user units, which are CSS pixels; at least 1
   */
  public int width() {
    return width;
  }

  /**
   * The natural height.
   *
   * @return in user units, which are CSS pixels; at least 1
   */
  public int height() {
    return height;
  }

  /**
   * Writes the document as a file in UTF-8.
   *
   * @param file where to; replaced if it exists, in a directory that does
   * @throws IOException if the file cannot be written
   */
  public void write(Path file) throws IOException {
    Files.writeString(file, toString());
  }

  /**
   * Writes the document.
   *
   * @param out where to
   * @throws IOException if {@code out} says so
   */
  public void writeTo(Appendable out) throws IOException {
    int written = 0;
    int next = template.indexOf(SvgWriter.PREFIX);
    while (next >= 0) {
      out.append(template, written, next).append(prefix);
      written = next + 1;
      next = template.indexOf(SvgWriter.PREFIX, written);
    }
    out.append(template, written, template.length());
  }

  /** Equal documents. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Svg that
        && template.equals(that.template)
        && prefix.equals(that.prefix)
        && altText.equals(that.altText);
  }

  @Override
  public int hashCode() {
    return 31 * template.hashCode() + prefix.hashCode();
  }

  /** The document, lines separated by {@code \n}. */
  @Override
  public String toString() {
    return template.replace(String.valueOf(SvgWriter.PREFIX), prefix);
  }
}
