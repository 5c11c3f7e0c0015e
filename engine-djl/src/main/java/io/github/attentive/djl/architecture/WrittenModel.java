package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model inside a function, its attention composed of operations that have derivatives. Immutable.
 *
 * @param logits {@code [batch, outputs]}
 * @param attentions {@code [batch, heads, queries, keys]} each, in order
 * @param queriesAndKeys what each attention compares; empty for a model that compares none
 * @param values what each attention moves; empty for a model of which that is not known
 * @param pooled what the logits are made of, or null for a model that does not pool its states
 */
public record WrittenModel(
    Tensor logits,
    List<Tensor> attentions,
    List<QueryKeyLayer> queriesAndKeys,
    List<ValueLayer> values,
    @Nullable PooledLayer pooled) {
  /**
   * Copies the lists.
   *
   * @param logits as above
   * @param attentions as above
   * @param queriesAndKeys as above
   * @param values as above
   * @param pooled as above
   */
  public WrittenModel {
    attentions = List.copyOf(attentions);
    queriesAndKeys = List.copyOf(queriesAndKeys);
    values = List.copyOf(values);
  }

  /**
   * A model that does not pool its states.
   *
   * @param logits as above
   * @param attentions as above
   * @param queriesAndKeys as above
   * @param values as above
   */
  public WrittenModel(
      Tensor logits,
      List<Tensor> attentions,
      List<QueryKeyLayer> queriesAndKeys,
      List<ValueLayer> values) {
    this(logits, attentions, queriesAndKeys, values, null);
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
