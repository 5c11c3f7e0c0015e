package io.github.attentive.djl.keras;

import io.github.attentive.ModelLoadException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The order in which Keras makes the calls of a model: those farthest from an output first. It
 * matters where a call takes the mask off what it is called with, as multi-head attention does:
 * later calls do not see it.
 */
final class CallOrder {
  /** A call of a layer, by its number. */
  record Step(String layer, int call) {
    static Step of(KerasArgument.Result result) {
      return new Step(result.layer(), result.call());
    }
  }

  private final Map<String, KerasLayer> layers;
  private final Set<String> inputs;
  private final Set<Step> finished = new HashSet<>();
  private final Set<Step> begun = new HashSet<>();

  /** Each after those it depends on. */
  private final List<Step> sorted = new ArrayList<>();

  private CallOrder(Map<String, KerasLayer> layers, Set<String> inputs) {
    this.layers = layers;
    this.inputs = inputs;
  }

  /**
   * The calls that outputs need.
   *
   * @param layers by name
   * @param inputs the names of layers whose results are given
   * @param outputs what is wanted
   * @throws ModelLoadException if a layer is missing, or depends on its own result
   */
  static List<Step> of(
      Map<String, KerasLayer> layers,
      Set<String> inputs,
      Collection<KerasArgument.Result> outputs) {
    CallOrder order = new CallOrder(layers, inputs);
    outputs.forEach(output -> order.visit(Step.of(output)));
    return order.byDistance();
  }

  /** A call whose inputs are being visited. */
  private record Visit(Step step, Iterator<KerasArgument.Result> inputs) {}

  /** Without recursion: models may be deep. */
  private void visit(Step output) {
    Deque<Visit> open = new ArrayDeque<>();
    begin(output, open);
    while (!open.isEmpty()) {
      Visit visit = open.element();
      if (visit.inputs().hasNext()) {
        begin(Step.of(visit.inputs().next()), open);
      } else {
        open.pop();
        finished.add(visit.step());
        sorted.add(visit.step());
      }
    }
  }

  private void begin(Step step, Deque<Visit> open) {
    if (inputs.contains(step.layer()) || finished.contains(step)) {
      return;
    }
    KerasLayer layer = layers.get(step.layer());
    if (layer == null) {
      throw new ModelLoadException(
          "layer '%s': expected among the model's layers %s, got none of that name"
              .formatted(step.layer(), layers.keySet()));
    }
    if (!begun.add(step)) {
      throw new ModelLoadException(layer.place() + ": depends on its own result");
    }
    open.push(new Visit(step, call(layer, step).results().iterator()));
  }

  private static KerasCall call(KerasLayer layer, Step step) {
    if (step.call() < 0 || step.call() >= layer.calls().size()) {
      throw new ModelLoadException(
          "%s: expected call %s of it, got %s calls"
              .formatted(layer.place(), step.call(), layer.calls().size()));
    }
    return layer.calls().get(step.call());
  }

  private List<Step> byDistance() {
    Map<Step, Integer> distances = new LinkedHashMap<>();
    Map<String, Integer> ofLayers = new LinkedHashMap<>();
    List<Step> backwards = new ArrayList<>(sorted);
    Collections.reverse(backwards);
    for (Step step : backwards) {
      // All calls of a layer count as far as the farthest so far.
      int distance =
          Math.max(distances.getOrDefault(step, 0), ofLayers.getOrDefault(step.layer(), 0));
      ofLayers.put(step.layer(), distance);
      distances.put(step, distance);
      for (KerasArgument.Result result : call(layers.get(step.layer()), step).results()) {
        if (!inputs.contains(result.layer())) {
          distances.merge(Step.of(result), distance + 1, Math::max);
        }
      }
    }
    Map<Integer, List<Step>> steps = new TreeMap<>(Collections.reverseOrder());
    distances.forEach(
        (step, distance) -> steps.computeIfAbsent(distance, d -> new ArrayList<>()).add(step));
    return steps.values().stream().flatMap(List::stream).toList();
  }
}
