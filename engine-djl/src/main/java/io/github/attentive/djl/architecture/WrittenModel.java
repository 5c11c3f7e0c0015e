package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Tensor;
import java.util.List;

/**
 * A model inside a function, its attention composed of operations that have derivatives. Immutable.
 *
 * @param logits {@code [batch, outputs]}
 * @param attentions {@code [batch, heads, queries, keys]} each, in order
 * @param queriesAndKeys what each attention compares; empty for a model that compares none
 * @param values what each attention moves; empty for a model of which that is not known
 */
public record WrittenModel(
    Tensor logits,
    List<Tensor> attentions,
    List<QueryKeyLayer> queriesAndKeys,
    List<ValueLayer> values) {
  /**
   * Copies the lists.
   *
   * @param logits as above
   * @param attentions as above
   * @param queriesAndKeys as above
   * @param values as above
   */
  public WrittenModel {
    attentions = List.copyOf(attentions);
    queriesAndKeys = List.copyOf(queriesAndKeys);
    values = List.copyOf(values);
  }

  /**
   * Makes logits and attention outputs of {@link ModelFunctions#EXPLAIN}.
   *
   * @param function in which they are computed
   */
  public void output(FunctionBuilder function) {
    function.output(ModelFunctions.LOGITS, logits);
    for (int layer = 0; layer < attentions.size(); layer++) {
      function.output(ModelFunctions.attention(layer), attentions.get(layer));
    }
  }
}
