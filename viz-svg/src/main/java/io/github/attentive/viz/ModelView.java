package io.github.attentive.viz;

import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Draws the attention of all layers and heads as a grid of small pictures: layers are rows from the
 * top, heads are columns.
 *
 * <p>In each picture queries are rows and keys are columns, in colours that run linearly over one
 * {@link #range(double, double) range} for all. Beyond 32 tokens a cell is the highest weight of a
 * block of them, and beyond some 6,000 changes of colour there are 31 colours; either is written
 * below. Up to 24 tokens, the pictures can be {@linkplain Thumbnails#LINES lines} from queries on
 * the left to keys on the right, so many of the strongest that they cover 90 % of each query's
 * weight.
 *
 * <p>Three bars under each picture say what kind of head it is: how even its weights are (entropy,
 * 1 for a row that looks at everything alike), how far it looks (mean distance between query and
 * key, to the left for what stands before the query, to the right for what follows), and how much
 * of its weight goes to special tokens. Where queries and keys are not as many, there is no
 * distance; plain arrays do not say which tokens are special.
 *
 * <p>In an {@linkplain FigureStyle#interactive() interactive} figure, pointing at a picture, or
 * reaching it with the Tab key, outlines it, names its layer and head, and says these numbers and
 * more. The figure's data are these numbers, not the weights.
 *
 * <p>A builder: not thread-safe, its methods return itself. Arrays are read when the builder is
 * made; later changes are not drawn. Weights are 0 or more; NaN means none.
 */
public final class ModelView extends FigureBuilder<ModelView> {
  static final String VIEW = "model view";

  /** The cells of a thumbnail in either direction, at most. */
  static final int MOST_CELLS = 32;

  private static final int MOST_LINES_TOKENS = 24;

  private final LayeredAttention attention;
  private final int block;
  private final HeadSummary[][] summaries;
  private int[] layers;
  private int[] heads;
  private Thumbnails thumbnails = Thumbnails.HEATMAPS;
  private Palette palette = Palette.VIRIDIS;
  private @Nullable Range range;

  /** What the small pictures are. */
  public enum Thumbnails {
    /** Coloured cells. */
    HEATMAPS,
    /** Lines from queries to keys, the more opaque the higher their weight. */
    LINES
  }

  private ModelView(LayeredAttention attention) {
    this.attention = attention;
    int most = Math.max(attention.queries().size(), attention.keys().size());
    this.block = (most + MOST_CELLS - 1) / MOST_CELLS;
    this.summaries = new HeadSummary[attention.layers()][attention.heads()];
    for (int layer = 0; layer < summaries.length; layer++) {
      for (int head = 0; head < summaries[layer].length; head++) {
        summaries[layer][head] =
            HeadSummary.of(
                attention.weights(layer, head), block, attention.specialMass(layer, head));
      }
    }
    this.layers = IntStream.range(0, attention.layers()).toArray();
    this.heads = IntStream.range(0, attention.heads()).toArray();
  }

  /**
   * Starts a figure of an explanation's attention, with its prediction as title.
   *
   * @param explanation whose unit and policy for special tokens are followed
   * @return a builder with title and description set
   * @throws InvalidInputException if the explanation shows no token
   */
  public static ModelView of(Explanation explanation) {
    return new ModelView(LayeredAttention.of(VIEW, explanation)).about(explanation);
  }

  /**
   * Starts a figure of a model's weights.
   *
   * @param weights {@code [layers][heads][queries][keys]}, 0 or more, or NaN for none
   * @param queries a label for each row, any text; equal ones stay separate
   * @param keys a label for each column
   * @return a builder with the defaults
   * @throws InvalidInputException if the weights are empty or ragged, are not as many as the
   *     labels, or one is negative or infinite
   */
  public static ModelView of(double[][][][] weights, List<String> queries, List<String> keys) {
    int[] heads = Arrays.stream(weights).mapToInt(layer -> layer.length).toArray();
    return new ModelView(
        AttentionArrays.of(VIEW, heads, (layer, head) -> weights[layer][head], queries, keys));
  }

  /**
   * Starts a figure of a model's weights.
   *
   * @param weights {@code [layers][heads][queries][keys]}, 0 or more, or NaN for none
   * @param queries a label for each row, any text; equal ones stay separate
   * @param keys a label for each column
   * @return a builder with the defaults
   * @throws InvalidInputException if the weights are empty or ragged, are not as many as the
   *     labels, or one is negative or infinite
   */
  public static ModelView of(float[][][][] weights, List<String> queries, List<String> keys) {
    int[] heads = Arrays.stream(weights).mapToInt(layer -> layer.length).toArray();
    return new ModelView(
        AttentionArrays.of(
            VIEW,
            heads,
            (layer, head) -> AttentionArrays.doubles(weights[layer][head]),
            queries,
            keys));
  }

  /**
   * Chooses the layers. Default: all. They keep their indices.
   *
   * @param layers at least one, counted from 0, each once
   * @return this builder
   * @throws InvalidInputException if there are none, there is no such layer, or one comes twice
   */
  public ModelView layers(int... layers) {
    this.layers = chosen("layers", layers, attention::layer);
    return this;
  }

  /**
   * Chooses the heads. Default: all. They keep their indices.
   *
   * @param heads at least one, counted from 0, each once
   * @return this builder
   * @throws InvalidInputException if there are none, there is no such head, or one comes twice
   */
  public ModelView heads(int... heads) {
    this.heads = chosen("heads", heads, attention::head);
    return this;
  }

  private static int[] chosen(String axis, int[] indices, IntUnaryOperator check) {
    return LayeredAttention.chosen(VIEW + " " + axis, indices, check);
  }

  /**
   * Says what the small pictures are. Default: {@link Thumbnails#HEATMAPS}.
   *
   * @param thumbnails the kind
   * @return this builder
   * @throws InvalidInputException if they are to be lines and there are more than 24 queries or
   *     keys
   */
  public ModelView thumbnails(Thumbnails thumbnails) {
    Objects.requireNonNull(thumbnails, "thumbnails");
    int most = Math.max(attention.queries().size(), attention.keys().size());
    if (thumbnails == Thumbnails.LINES && most > MOST_LINES_TOKENS) {
      throw new InvalidInputException(
          "%s with lines: expected at most %s queries and keys, got %s x %s"
              .formatted(
                  VIEW, MOST_LINES_TOKENS, attention.queries().size(), attention.keys().size()));
    }
    this.thumbnails = thumbnails;
    return this;
  }

  /**
   * Sets the colours of cells. Default: {@link Palette#VIRIDIS}.
   *
   * @param palette a colour map
   * @return this builder
   */
  public ModelView palette(Palette palette) {
    this.palette = Objects.requireNonNull(palette, "palette");
    return this;
  }

  /**
   * Sets the weights of the palette's ends; cells beyond them get the colour of the end, and the
   * colour bar an arrow. Default: 0 and the highest weight shown. Lines have a range from 0 on
   * always.
   *
   * @param low the weight of the first colour
   * @param high the weight of the last colour
   * @return this builder
   * @throws InvalidInputException unless both are finite and {@code low} is below {@code high}
   */
  public ModelView range(double low, double high) {
    if (!Double.isFinite(low) || !Double.isFinite(high) || low >= high) {
      throw new InvalidInputException(
          "%s range: expected two finite numbers, low below high, got %s and %s"
              .formatted(VIEW, low, high));
    }
    this.range = new Range(low, high);
    return this;
  }

  /**
   * Draws the figure.
   *
   * @return the figure; equal settings give equal bytes
   */
  @Override
  public Svg render() {
    return new ModelDrawing(this).draw();
  }

  @Override
  ModelView self() {
    return this;
  }

  LayeredAttention attention() {
    return attention;
  }

  /** How many cells by how many are one in a thumbnail. */
  int block() {
    return block;
  }

  HeadSummary summary(int layer, int head) {
    return summaries[layer][head];
  }

  int[] chosenLayers() {
    return layers;
  }

  int[] chosenHeads() {
    return heads;
  }

  boolean hasLines() {
    return thumbnails == Thumbnails.LINES;
  }

  /** The scale of all cells. */
  ColourScale scale() {
    if (range != null) {
      return new ColourScale(palette, range, Norm.LINEAR);
    }
    double highest = 0;
    for (int layer : layers) {
      for (int head : heads) {
        highest = Math.max(highest, summaries[layer][head].highest());
      }
    }
    return new ColourScale(palette, new Range(0, highest == 0 ? 1 : highest), Norm.LINEAR);
  }
}
