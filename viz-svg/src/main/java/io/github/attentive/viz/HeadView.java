package io.github.attentive.viz;

import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Draws the attention of one layer as lines: from the queries, a column on the left, to the keys, a
 * column on the right.
 *
 * <p>A line has the colour of its head, and past eight heads its dashes, and is the more opaque the
 * higher its weight is: linearly from 0 to the highest weight shown, in nine steps, however many
 * heads there are. Heads lie beside each other, not over each other. Of each query and head there
 * are the strongest lines that together have a {@link #mass(double) share} of its weight; how many
 * that are of how many is written below, as are those that are left out for the size of the file,
 * beyond 8,000 lines.
 *
 * <p>In an {@linkplain FigureStyle#interactive() interactive} figure, pointing at a query, a key or
 * a head of the legend, or reaching it with the Tab key, leaves its lines alone. Beyond some 2,000
 * shapes that shows the mean over the heads, relative to its highest, and where tokens are too many
 * for a label each, only heads can be pointed at. An {@linkplain FigureStyle#animated() animated}
 * one shows the queries one after the other, up to 64 of them.
 *
 * <p>A builder: not thread-safe, its methods return itself. Arrays and lists are copied. Weights
 * are 0 or more; NaN means none and has no line.
 *
 * <pre>{@code
 * Svg svg = HeadView.of(explanation).layer(2).heads(0, 3).mass(0.8).render();
 * }</pre>
 */
public final class HeadView extends FigureBuilder<HeadView> {
  static final String VIEW = "head view";

  private LayeredAttention attention;
  private int layer;
  private int[] heads;
  private double mass = 0.9;
  private Block block = Block.ALL;
  private String queryTitle = "Query";
  private String keyTitle = "Key";

  /** Which of the two texts of a pair look, and at which. */
  public enum Block {
    /** Both texts at both. */
    ALL("all", -1, -1),
    /** The first text at itself. */
    A_TO_A("A to A", 0, 0),
    /** The first text at the second. */
    A_TO_B("A to B", 0, 1),
    /** The second text at the first. */
    B_TO_A("B to A", 1, 0),
    /** The second text at itself. */
    B_TO_B("B to B", 1, 1);

    private final String shown;
    private final int querySegment;
    private final int keySegment;

    Block(String shown, int querySegment, int keySegment) {
      this.shown = shown;
      this.querySegment = querySegment;
      this.keySegment = keySegment;
    }

    String shown() {
      return shown;
    }

    int[] queries(List<Integer> segments) {
      return of(querySegment, segments);
    }

    int[] keys(List<Integer> segments) {
      return of(keySegment, segments);
    }

    private static int[] of(int segment, List<Integer> segments) {
      return IntStream.range(0, segments.size())
          .filter(i -> segment < 0 || segments.get(i) == segment)
          .toArray();
    }
  }

  private HeadView(LayeredAttention attention) {
    this.attention = attention;
    this.heads = IntStream.range(0, attention.heads()).toArray();
  }

  /**
   * Starts a figure of an explanation's attention, with its prediction as title.
   *
   * @param explanation whose unit and policy for special tokens are followed
   * @return a builder with labels, title and description set
   * @throws InvalidInputException if the explanation shows no token
   */
  public static HeadView of(Explanation explanation) {
    return new HeadView(LayeredAttention.of(VIEW, explanation)).about(explanation);
  }

  /**
   * Starts a figure of a layer's weights.
   *
   * @param weights {@code [heads][queries][keys]}, 0 or more, or NaN for none
   * @param queries a label for each row, any text; equal ones stay separate
   * @param keys a label for each column
   * @return a builder with the defaults
   * @throws InvalidInputException if the weights are empty or ragged, are not as many as the
   *     labels, or one is negative or infinite
   */
  public static HeadView of(double[][][] weights, List<String> queries, List<String> keys) {
    return new HeadView(
        AttentionArrays.of(
                VIEW, new int[] {weights.length}, (layer, head) -> weights[head], queries, keys)
            .copied());
  }

  /**
   * Starts a figure of a layer's weights.
   *
   * @param weights {@code [heads][queries][keys]}, 0 or more, or NaN for none
   * @param queries a label for each row, any text; equal ones stay separate
   * @param keys a label for each column
   * @return a builder with the defaults
   * @throws InvalidInputException if the weights are empty or ragged, are not as many as the
   *     labels, or one is negative or infinite
   */
  public static HeadView of(float[][][] weights, List<String> queries, List<String> keys) {
    return new HeadView(
        AttentionArrays.of(
                VIEW,
                new int[] {weights.length},
                (layer, head) -> AttentionArrays.doubles(weights[head]),
                queries,
                keys)
            .copied());
  }

  /**
   * Chooses the layer. Default: 0.
   *
   * @param layer counted from 0; plain arrays have layer 0 only
   * @return this builder
   * @throws InvalidInputException if there is no such layer
   */
  public HeadView layer(int layer) {
    this.layer = attention.layer(layer);
    return this;
  }

  /**
   * Chooses the heads. Default: all. They keep their indices and colours.
   *
   * @param heads at least one, counted from 0, each once
   * @return this builder
   * @throws InvalidInputException if there are none, there is no such head, or one comes twice
   */
  public HeadView heads(int... heads) {
    this.heads = LayeredAttention.chosen(VIEW + " heads", heads, attention::head);
    return this;
  }

  /**
   * Sets how much of each query's weight the lines of a head cover at least. Default: 0.9.
   *
   * @param mass above 0, at most 1, which draws every weight that is not 0
   * @return this builder
   * @throws InvalidInputException if it is anything else
   */
  public HeadView mass(double mass) {
    if (!(mass > 0 && mass <= 1)) {
      throw new InvalidInputException(
          "%s mass: expected a share above 0, at most 1, got %s".formatted(VIEW, mass));
    }
    this.mass = mass;
    return this;
  }

  /**
   * Says where the second text of a pair starts, for plain arrays; an explanation knows it.
   *
   * @param query the second text's first row, counted from 0; the number of rows if none is of it
   * @param key its first column, 1 or more
   * @return this builder
   * @throws InvalidInputException if there is no such row or column, or the figure is of an
   *     explanation
   */
  public HeadView pairFrom(int query, int key) {
    if (!(attention instanceof AttentionArrays arrays)) {
      throw new InvalidInputException(
          VIEW + " pair: expected plain arrays, got an explanation, which has its own texts");
    }
    this.attention = arrays.withPairFrom(query, key);
    return this;
  }

  /**
   * Chooses between the texts of a pair. Default: {@link Block#ALL}. Special tokens belong to the
   * text whose segment they are in, and are shown if the explanation shows them.
   *
   * @param block which text looks, and at which
   * @return this builder
   */
  public HeadView block(Block block) {
    this.block = Objects.requireNonNull(block, "block");
    return this;
  }

  /**
   * Sets the title of the left column. Default: {@code Query}.
   *
   * @param title any text
   * @return this builder
   */
  public HeadView queryTitle(String title) {
    this.queryTitle = Objects.requireNonNull(title, "title");
    return this;
  }

  /**
   * Sets the title of the right column. Default: {@code Key}.
   *
   * @param title any text
   * @return this builder
   */
  public HeadView keyTitle(String title) {
    this.keyTitle = Objects.requireNonNull(title, "title");
    return this;
  }

  /**
   * Draws the figure.
   *
   * @return the figure; equal settings give equal bytes
   * @throws InvalidInputException if the block is none of what there is: there is no pair, or no
   *     query of it
   */
  @Override
  public Svg render() {
    return new HeadDrawing(this).draw();
  }

  @Override
  HeadView self() {
    return this;
  }

  LayeredAttention attention() {
    return attention;
  }

  int chosenLayer() {
    return layer;
  }

  int[] chosenHeads() {
    return heads;
  }

  double mass() {
    return mass;
  }

  Block block() {
    return block;
  }

  String queryTitle() {
    return queryTitle;
  }

  String keyTitle() {
    return keyTitle;
  }

  /** The weights of the chosen layer, heads and block, {@code [heads][queries][keys]}. */
  double[][][] weights(int[] queries, int[] keys) {
    double[][][] chosen = new double[heads.length][][];
    for (int i = 0; i < heads.length; i++) {
      double[][] matrix = attention.weights(layer, heads[i]);
      List<double[]> rows = new ArrayList<>();
      for (int query : queries) {
        rows.add(Arrays.stream(keys).mapToDouble(key -> matrix[query][key]).toArray());
      }
      chosen[i] = rows.toArray(new double[0][]);
    }
    return chosen;
  }
}
