package io.github.attentive.tensorflow;

import io.github.attentive.djl.runtime.ForeignOutput;
import io.github.attentive.djl.runtime.HostArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which outputs of a foreign model are what.
 *
 * @param scores the name of the output {@code [batch, units]} or {@code [batch]}
 * @param units of the scores
 * @param attention the names of the layers of attention, in order
 * @param heads of a layer, 0 without attention
 */
record OutputRoles(String scores, int units, List<String> attention, int heads) {
  boolean isWanted(String name) {
    return name.equals(scores) || attention.contains(name);
  }

  /**
   * The scores of a run.
   *
   * @param outputs of the run
   * @param batch how many texts ran
   * @return {@code [batch, units]}; empty if the output is not as it was
   */
  Optional<HostArray.Floats> scoresOf(Map<String, ForeignOutput> outputs, int batch) {
    ForeignOutput output = outputs.get(scores);
    long[] shape = output.shape();
    boolean fits =
        (shape.length == 2 && shape[1] == units || shape.length == 1 && units == 1)
            && shape[0] == batch;
    return fits
        ? Optional.of(new HostArray.Floats(new long[] {batch, units}, output.values()))
        : Optional.empty();
  }

  /**
   * The attention of a run.
   *
   * @param outputs of the run
   * @param batch how many texts ran
   * @param positions of each
   * @return {@code [batch, heads, queries, positions]} a layer; empty if an output is not as it was
   */
  Optional<List<HostArray.Floats>> layersOf(
      Map<String, ForeignOutput> outputs, int batch, int positions) {
    List<HostArray.Floats> layers = new ArrayList<>();
    for (String name : attention) {
      ForeignOutput output = outputs.get(name);
      Optional<AttentionLayout> layout = AttentionLayout.of(output.shape(), batch, positions);
      if (layout.isEmpty() || layout.get().heads(output.shape()) != heads) {
        return Optional.empty();
      }
      layers.add(layout.get().unfolded(output.array()));
    }
    return Optional.of(layers);
  }
}
