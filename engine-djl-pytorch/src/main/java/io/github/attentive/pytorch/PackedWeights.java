package io.github.attentive.pytorch;

import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Operation;
import io.github.attentive.djl.graph.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The weights of a graph that are kept packed: those that dense layers alone read. What else reads
 * a weight, such as the way back through its layer, needs it in its own order. Immutable.
 */
final class PackedWeights {
  private final Set<Parameter> packed;

  private PackedWeights(Set<Parameter> packed) {
    this.packed = Set.copyOf(packed);
  }

  /** For graphs that are written with plain layers only. */
  static PackedWeights none() {
    return new PackedWeights(Set.of());
  }

  /** Those of a graph whose dense layers are written in this way. */
  static PackedWeights of(Graph graph, DenseLayers denseLayers) {
    Set<Parameter> packed = new HashSet<>();
    Set<Parameter> plain = new HashSet<>();
    graph.functions().forEach(function -> sort(function.steps(), packed, plain));
    packed.removeAll(plain);
    packed.removeIf(parameter -> !denseLayers.packs(parameter));
    return new PackedWeights(packed);
  }

  private static void sort(
      List<Function.Step> steps, Set<Parameter> ofLayers, Set<Parameter> ofOthers) {
    for (Function.Step step : steps) {
      if (step.operation() instanceof Operation.Linear linear) {
        ofLayers.add(linear.weight());
      } else if (step.operation() instanceof Operation.Rows rows) {
        ofOthers.add(rows.table());
      } else if (step.operation() instanceof Operation.LeadingRows rows) {
        ofOthers.add(rows.table());
      } else if (step.operation() instanceof Operation.Embedding embedding) {
        ofOthers.add(embedding.table());
      } else if (step.operation() instanceof Operation.Recurrence recurrence) {
        // The weights of a recurrence are small and read at every step: packing would not pay.
        sort(recurrence.steps(), ofOthers, ofOthers);
      }
    }
  }

  /** Whether a weight is kept packed. */
  boolean contains(Parameter weight) {
    return packed.contains(weight);
  }
}
