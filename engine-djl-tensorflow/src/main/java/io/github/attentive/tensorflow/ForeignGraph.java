package io.github.attentive.tensorflow;

import io.github.attentive.InferenceException;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.runtime.CompiledGraph;
import io.github.attentive.djl.runtime.ForeignOutput;
import io.github.attentive.djl.runtime.HostArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A foreign SavedModel as a graph of this library: the scores, then a layer after the other. */
final class ForeignGraph implements CompiledGraph {
  private final ForeignFunction function;
  private final OutputRoles roles;
  private final int positions;

  /**
   * Wraps a model.
   *
   * @param function closed with this
   * @param roles which output is what
   * @param positions of every text, or 0 where it depends on the text
   */
  ForeignGraph(ForeignFunction function, OutputRoles roles, int positions) {
    this.function = function;
    this.roles = roles;
    this.positions = positions;
  }

  @Override
  public List<HostArray.Floats> run(String name, List<HostArray> inputs) {
    boolean attention = name.equals(ModelFunctions.EXPLAIN);
    HostArray input = inputs.get(0);
    Map<String, ForeignOutput> given =
        function.run(
            input, output -> attention ? roles.isWanted(output) : output.equals(roles.scores()));
    int batch = (int) input.shape()[0];
    List<HostArray.Floats> results = new ArrayList<>();
    Optional<HostArray.Floats> scores = roles.scoresOf(given, batch);
    Optional<List<HostArray.Floats>> layers =
        attention ? roles.layersOf(given, batch, positions(input, given)) : Optional.of(List.of());
    if (scores.isEmpty() || layers.isEmpty()) {
      throw new InferenceException(
          "SavedModel on %s: expected outputs as when it was opened, %s scores and %s layers of %s"
                  .formatted(input, roles.units(), roles.attention().size(), roles.heads())
              + " heads, got "
              + given.values());
    }
    results.add(scores.get());
    results.addAll(layers.get());
    return results;
  }

  private int positions(HostArray input, Map<String, ForeignOutput> given) {
    if (positions > 0 || roles.attention().isEmpty()) {
      return positions;
    }
    if (input instanceof HostArray.Longs) {
      return (int) input.shape()[1];
    }
    ForeignOutput layer = given.get(roles.attention().get(0));
    int axes = layer.shape().length;
    return axes == 3 ? Math.max(layer.size(1), layer.size(2)) : layer.size(axes - 1);
  }

  @Override
  public void close() {
    function.close();
  }
}
