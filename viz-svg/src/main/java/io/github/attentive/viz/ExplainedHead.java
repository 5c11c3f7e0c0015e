package io.github.attentive.viz;

import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.QueriesAndKeys;
import io.github.attentive.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A head of an explained text. */
final class ExplainedHead implements HeadSource {
  /** What rounding makes of sums in single precision, as a share of the summed magnitudes. */
  private static final double ROUNDING = 1e-5;

  private final Explanation explanation;
  private final QueriesAndKeys vectors;
  private int layer;
  private int head;
  private int query;

  ExplainedHead(Explanation explanation) {
    this.explanation = explanation;
    this.vectors =
        explanation
            .queriesAndKeys()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "neuron view: expected an explanation with queries and keys, got one"
                            + " without; ask for them with"
                            + " ExplainOptions.builder().queriesAndKeys(true)"));
    if (explanation.tokens().isEmpty()) {
      throw new InvalidInputException(
          "neuron view: expected an explanation that shows a token, got none");
    }
    this.query = isPooling() ? 0 : explanation.tokens().get(0).position();
  }

  private boolean isPooling() {
    return vectors.queries() != vectors.positions();
  }

  void layer(int index) {
    layer = checked("layer", index, vectors.layers());
  }

  void head(int index) {
    head = checked("head", index, vectors.heads());
  }

  void query(int index) {
    query = checked("query", index, vectors.queries());
  }

  private static int checked(String what, int index, int count) {
    if (index < 0 || index >= count) {
      throw new InvalidInputException(
          "neuron view %s: expected 0 to %s, got %s".formatted(what, count - 1, index));
    }
    return index;
  }

  @Override
  public HeadArithmetic arithmetic() {
    double[] vector = widened(vectors.query(layer, head, query));
    double[][] keys = new double[vectors.positions()][];
    double[] weights = new double[keys.length];
    for (int key = 0; key < keys.length; key++) {
      keys[key] = widened(vectors.key(layer, head, key));
      weights[key] = explanation.attention().at(layer, head, query, key);
    }
    return new HeadArithmetic(vector, keys, vectors.scale(layer), added(vector, keys), weights);
  }

  /** What the scores are more than the scaled products; zeros if that is rounding alone. */
  private double[] added(double[] vector, double[][] keys) {
    double scale = vectors.scale(layer);
    double[] added = new double[keys.length];
    boolean rounding = true;
    for (int key = 0; key < keys.length; key++) {
      double dot = 0;
      double magnitude = 1;
      for (int i = 0; i < vector.length; i++) {
        dot += vector[i] * keys[key][i];
        magnitude += Math.abs(scale * vector[i] * keys[key][i]);
      }
      added[key] = vectors.score(layer, head, query, key) - scale * dot;
      rounding &= Math.abs(added[key]) <= ROUNDING * magnitude;
    }
    return rounding ? new double[keys.length] : added;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  @Override
  public String queryLabel() {
    return isPooling() ? "pooling" : explanation.positions().get(query).text();
  }

  @Override
  public List<String> keyLabels() {
    return explanation.positions().stream().map(Token::text).toList();
  }

  @Override
  public String title(String shownQuery) {
    return "Layer %s, head %s: what “%s” looks at".formatted(layer, head, shownQuery);
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("layer", Integer.toString(layer));
    facts.put("head", Integer.toString(head));
    facts.put("query", Integer.toString(query));
    return facts;
  }
}
