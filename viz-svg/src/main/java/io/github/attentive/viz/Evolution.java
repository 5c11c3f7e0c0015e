package io.github.attentive.viz;

import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.explain.LayerWeights;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Draws how the weights of words change from layer to layer: a strip for each word with a cell for
 * each layer, and, if asked for, the strongest words as lines above.
 *
 * <p>Colours run linearly from 0 to the strongest weight; where there are negative ones, as far to
 * either side of 0. Numbers stand in the cells where they fit. Beyond 500 cells the figure is drawn
 * as a {@link Heatmap} is, without tooltips.
 *
 * <p>A builder: not thread-safe, its methods return itself. Arrays and lists are copied. Weights
 * are finite: NaN is refused.
 *
 * <pre>{@code
 * double[][] weights = {{0.5, 0.5}, {0.2, 0.8}}; // two layers, two words
 * Svg svg = Evolution.of(List.of("not", "bad"), weights).lines(2).render();
 * }</pre>
 */
public final class Evolution extends FigureBuilder<Evolution> {
  private final List<String> words;
  private final Matrix weights;
  private List<String> layers;
  private String weightTitle = "Weight";
  private @Nullable Palette palette;
  private int lines;

  private Evolution(List<String> words, double[][] weights) {
    this.words = List.copyOf(words);
    if (words.isEmpty() || weights.length == 0) {
      throw new InvalidInputException(
          "evolution: expected at least 1 word and 1 layer, got %s words and %s layers"
              .formatted(words.size(), weights.length));
    }
    for (int layer = 0; layer < weights.length; layer++) {
      if (weights[layer].length != words.size()) {
        throw new InvalidInputException(
            "evolution layer %s: expected a weight for each of %s words, got %s"
                .formatted(layer, words.size(), weights[layer].length));
      }
      for (int word = 0; word < weights[layer].length; word++) {
        if (!Double.isFinite(weights[layer][word])) {
          throw new InvalidInputException(
              "evolution layer %s: expected a finite weight, got %s at index %s ('%s')"
                  .formatted(layer, weights[layer][word], word, words.get(word)));
        }
      }
    }
    this.weights = Matrix.of(words.size(), weights.length, (word, layer) -> weights[layer][word]);
    this.layers = IntStream.range(0, weights.length).mapToObj(Integer::toString).toList();
  }

  /**
   * Starts a figure of weights.
   *
   * @param words any text; equal ones stay separate strips
   * @param weights {@code [layer][word]}, finite numbers
   * @return a builder with the defaults
   * @throws InvalidInputException if there are no words or no layers, a layer has more or fewer
   *     weights than there are words, or one is NaN or infinite
   */
  public static Evolution of(List<String> words, double[][] weights) {
    return new Evolution(words, weights);
  }

  /**
   * Starts a figure of the attention that each word or token of an explanation receives in each
   * layer from the positions that the classification head reads, with its prediction as title.
   *
   * @param explanation whose unit and policy for special tokens are followed
   * @return a builder with titles and description set
   * @throws InvalidInputException if the explanation shows no token
   * @see LayerWeights
   */
  public static Evolution of(Explanation explanation) {
    LayerWeights weights = LayerWeights.of(explanation);
    return of(weights.labels(), weights.toArray())
        .about(explanation)
        .weightTitle("Attention received");
  }

  /**
   * Names the layers. Default: their indices from 0.
   *
   * @param labels any text; one for each layer
   * @return this builder
   * @throws InvalidInputException if there are more or fewer labels than layers
   */
  public Evolution layers(List<String> labels) {
    if (labels.size() != weights.columns()) {
      throw new InvalidInputException(
          "evolution layer labels: expected %s as there are layers, got %s"
              .formatted(weights.columns(), labels.size()));
    }
    this.layers = List.copyOf(labels);
    return this;
  }

  /**
   * Draws the words of the highest mean weight as lines, too. Default: none.
   *
   * @param count how many, from 0 to 5; fewer if there are fewer words
   * @return this builder
   * @throws InvalidInputException if it is outside that range
   */
  public Evolution lines(int count) {
    if (count < 0 || count > EvolutionLines.MOST) {
      throw new InvalidInputException(
          "evolution lines: expected 0 to %s, got %s".formatted(EvolutionLines.MOST, count));
    }
    this.lines = count;
    return this;
  }

  /**
   * Sets the title of the colour bar. Default: {@code Weight}.
   *
   * @param title any text
   * @return this builder
   */
  public Evolution weightTitle(String title) {
    this.weightTitle = Objects.requireNonNull(title, "title");
    return this;
  }

  /**
   * Sets the colours. Default: {@link Palette#RD_BU} where there are negative weights, {@link
   * Palette#BLUES} where there are none.
   *
   * @param palette a colour map; where there are negative weights, one with a middle
   * @return this builder
   */
  public Evolution palette(Palette palette) {
    this.palette = Objects.requireNonNull(palette, "palette");
    return this;
  }

  @Override
  public Svg render() {
    return new EvolutionView(this).draw();
  }

  @Override
  Evolution self() {
    return this;
  }

  List<String> words() {
    return words;
  }

  /** A row for each word, a column for each layer. */
  Matrix weights() {
    return weights;
  }

  List<String> layers() {
    return layers;
  }

  int lines() {
    return lines;
  }

  String weightTitle() {
    return weightTitle;
  }

  ColourScale scale() {
    return WeightColours.of(weights, palette).scale();
  }
}
