package io.github.attentive.viz;

import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import java.util.List;

/**
 * Draws the arithmetic of one attention head for one query: above, the query's token and vector;
 * below, for each key its vector, the product with the query in each dimension, the sum of the
 * products, its multiple, what else is added, and the softmax of that as a bar with its number.
 *
 * <p>A builder: not thread-safe, its methods return itself. Arrays and lists are copied. Values are
 * finite: NaN is refused.
 *
 * <pre>{@code
 * double[] query = {1, -0.5};
 * double[][] keys = {{2, 1}, {0, 3}};
 * Svg svg = NeuronView.of(query, keys, 1 / Math.sqrt(2)).keyLabels(List.of("not", "bad")).render();
 * }</pre>
 *
 * <p>Query and keys share one linear scale of colours with 0 in its middle, the products another.
 * Vectors of more than 96 dimensions are pooled, which is written below. The column of added terms
 * is there only if one of them is not 0; a key whose softmax a mask makes 0 is “not seen”. Where
 * the model's own weights are known, the figure says how far the softmax of the shown scores is
 * from them at most.
 */
public final class NeuronView extends FigureBuilder<NeuronView> {
  private static final int MOST_ROWS = 64;

  private final HeadSource source;
  private int rows = 24;

  private NeuronView(HeadSource source) {
    this.source = source;
  }

  /**
   * Starts a figure of vectors.
   *
   * @param query at least one number
   * @param keys {@code [keys][dimensions]}, at least one key
   * @param scale what the dot products are multiplied by, usually one over the root of the
   *     dimensions
   * @return a builder with the defaults
   * @throws InvalidInputException if there is no dimension or no key, a key has other dimensions
   *     than the query, or a number is NaN or infinite
   */
  public static NeuronView of(double[] query, double[][] keys, double scale) {
    return new NeuronView(new PlainHead(query, keys, scale));
  }

  /**
   * Starts a figure of an explanation's layer 0, head 0 and the first position that the explanation
   * shows: {@code [CLS]} with special tokens kept, for models that read that one. Rows are tokens,
   * all of them whatever the policy for special tokens, since a head sees nothing else.
   *
   * @param explanation with queries and keys
   * @return a builder with the description set
   * @throws InvalidInputException if the explanation has no queries and keys, or shows no token
   */
  public static NeuronView of(Explanation explanation) {
    NeuronView view = new NeuronView(new ExplainedHead(explanation));
    view.description(Prediction.sentence(explanation));
    Prediction.facts(explanation).forEach(view::fact);
    return view;
  }

  /**
   * Chooses the layer of an explanation. Default: 0.
   *
   * @param layer counted from 0
   * @return this builder
   * @throws InvalidInputException if the model has no such layer, or the figure is of plain vectors
   */
  public NeuronView layer(int layer) {
    explained().layer(layer);
    return this;
  }

  /**
   * Chooses the head of an explanation. Default: 0.
   *
   * @param head counted from 0
   * @return this builder
   * @throws InvalidInputException if the model has no such head, or the figure is of plain vectors
   */
  public NeuronView head(int head) {
    explained().head(head);
    return this;
  }

  /**
   * Chooses the query of an explanation. Default: the first position that the explanation shows, or
   * the only query of attention pooling.
   *
   * @param query a position of the text counted from 0, special tokens included; 0 for pooling
   * @return this builder
   * @throws InvalidInputException if there is no such query, or the figure is of plain vectors
   */
  public NeuronView query(int query) {
    explained().query(query);
    return this;
  }

  /**
   * Names the query of plain vectors. Default: {@code query}.
   *
   * @param label any text
   * @return this builder
   * @throws InvalidInputException if the figure is of an explanation
   */
  public NeuronView queryLabel(String label) {
    plain().queryLabel(label);
    return this;
  }

  /**
   * Names the keys of plain vectors. Default: their indices from 0.
   *
   * @param labels any text; a key each, equal ones stay separate
   * @return this builder
   * @throws InvalidInputException if there are more or fewer labels than keys, or the figure is of
   *     an explanation
   */
  public NeuronView keyLabels(List<String> labels) {
    plain().keyLabels(labels);
    return this;
  }

  /**
   * Sets what is added to the scaled products of plain vectors. Default: nothing.
   *
   * @param terms a finite number for each key, or negative infinity for one that the query must not
   *     see
   * @return this builder
   * @throws InvalidInputException if there are more or fewer terms than keys, one is NaN or
   *     positive infinity, or the figure is of an explanation
   */
  public NeuronView added(double[] terms) {
    plain().added(terms);
    return this;
  }

  /**
   * Sets the attention weights that plain vectors are said to give, to be compared with. Default:
   * none.
   *
   * @param weights a finite number for each key
   * @return this builder
   * @throws InvalidInputException if there are more or fewer weights than keys, one is not finite,
   *     or the figure is of an explanation
   */
  public NeuronView weights(double[] weights) {
    plain().weights(weights);
    return this;
  }

  /**
   * Says how many keys are shown at most: those with the largest weights, in the order of the text.
   * What the others sum to is written below. Default: 24.
   *
   * @param most 1 to 64
   * @return this builder
   * @throws InvalidInputException if {@code most} is outside that range
   */
  public NeuronView rows(int most) {
    if (most < 1 || most > MOST_ROWS) {
      throw new InvalidInputException(
          "neuron view rows: expected 1 to %s, got %s".formatted(MOST_ROWS, most));
    }
    this.rows = most;
    return this;
  }

  /**
   * Draws the figure.
   *
   * @return the figure; equal settings give equal bytes
   * @throws InvalidInputException if no key may be seen, or a product is too large for a double
   */
  @Override
  public Svg render() {
    source.facts().forEach(this::fact);
    return new NeuronDrawing(this).draw();
  }

  @Override
  NeuronView self() {
    return this;
  }

  HeadSource source() {
    return source;
  }

  int rows() {
    return rows;
  }

  private ExplainedHead explained() {
    if (source instanceof ExplainedHead head) {
      return head;
    }
    throw new InvalidInputException(
        "neuron view: expected a layer, head or query for an explanation only, got one for plain"
            + " vectors");
  }

  private PlainHead plain() {
    if (source instanceof PlainHead head) {
      return head;
    }
    throw new InvalidInputException(
        "neuron view: expected labels, added terms or weights for plain vectors only, got them for"
            + " an explanation, which has its own");
  }
}
