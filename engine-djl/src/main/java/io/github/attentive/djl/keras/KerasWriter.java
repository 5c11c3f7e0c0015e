package io.github.attentive.djl.keras;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one function of a saved model: each layer once for each call of it, as its result is asked
 * for. Not thread-safe.
 */
final class KerasWriter {
  private final FunctionBuilder function;
  private final KerasParameters parameters;
  private final KerasText text;
  private final boolean explain;
  private final List<ShownAttention> attentions = new ArrayList<>();
  private final Deque<Model> models = new ArrayDeque<>();
  private boolean masksPadding;
  private boolean readsPadding;

  /** A model whose layers are being written: the whole, or one within it. */
  private static final class Model {
    private final Map<String, KerasLayer> layers = new HashMap<>();
    private final Map<String, KerasValue> inputs = new HashMap<>();
    private final Map<String, List<KerasValue>> results = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
  }

  /**
   * Starts a function.
   *
   * @param function where to
   * @param parameters of all functions
   * @param text how the text enters the model
   * @param explain whether attention is wanted
   */
  KerasWriter(
      FunctionBuilder function, KerasParameters parameters, KerasText text, boolean explain) {
    this.function = function;
    this.parameters = parameters;
    this.text = text;
    this.explain = explain;
  }

  FunctionBuilder function() {
    return function;
  }

  KerasParameters parameters() {
    return parameters;
  }

  KerasText text() {
    return text;
  }

  boolean explain() {
    return explain;
  }

  /** The attention computed so far, in order. */
  List<ShownAttention> attentions() {
    return attentions;
  }

  void show(ShownAttention attention) {
    attentions.add(attention);
  }

  /** Notes that positions of padding are masked somewhere. */
  void masksPadding() {
    masksPadding = true;
  }

  /** Notes that positions are brought together with this mask, or without one. */
  void mixesPositions(KerasValue value, @Nullable Tensor mask) {
    readsPadding |= value.positions() >= 0 && mask == null;
  }

  /** Whether padding has no part in what was written. */
  boolean ignoresPadding() {
    return masksPadding && !readsPadding;
  }

  /**
   * Writes a model.
   *
   * @param config its layers
   * @param inputs what it is called with
   * @return its outputs in order
   */
  List<KerasValue> write(KerasModelConfig config, List<KerasValue> inputs) {
    Model model = new Model();
    config.layers().forEach(layer -> model.layers.put(layer.name(), layer));
    if (inputs.size() != config.inputs().size()) {
      throw new ModelLoadException(
          "a model within the model: expected to be called with %s results, got %s"
              .formatted(config.inputs().size(), inputs.size()));
    }
    for (int i = 0; i < inputs.size(); i++) {
      model.inputs.put(config.inputs().get(i).layer(), inputs.get(i));
    }
    models.push(model);
    try {
      return config.outputs().stream().map(output -> value(output.result())).toList();
    } finally {
      models.pop();
    }
  }

  /** The result of a layer's call in the current model. */
  KerasValue value(KerasArgument.Result result) {
    Model model = models.element();
    KerasLayer layer = model.layers.get(result.layer());
    if (layer == null) {
      throw new ModelLoadException(
          "layer '%s': expected among the model's layers %s, got none of that name"
              .formatted(result.layer(), model.layers.keySet()));
    }
    KerasValue input = model.inputs.get(result.layer());
    if (input != null) {
      return input;
    }
    String key = result.layer() + "|" + result.call();
    List<KerasValue> results = model.results.get(key);
    if (results == null) {
      if (!model.begun.add(key)) {
        throw new ModelLoadException(layer.place() + ": depends on its own result");
      }
      if (result.call() < 0 || result.call() >= layer.calls().size()) {
        throw new ModelLoadException(
            "%s: expected call %s of it, got %s calls"
                .formatted(layer.place(), result.call(), layer.calls().size()));
      }
      results = write(layer, layer.calls().get(result.call()));
      model.results.put(key, results);
    }
    if (result.result() < 0 || result.result() >= results.size()) {
      throw new ModelLoadException(
          "%s: expected result %s of it, got %s results"
              .formatted(layer.place(), result.result(), results.size()));
    }
    return results.get(result.result());
  }

  private List<KerasValue> write(KerasLayer layer, KerasCall call) {
    KerasScope scope = new KerasScope(this, layer, call);
    try {
      List<KerasValue> results = KerasLayers.rule(layer).write(scope);
      scope.requireAllRead();
      return results;
    } catch (IllegalArgumentException | ArithmeticException e) {
      // The graph does not take it: shapes do not fit, or a size is not known.
      throw new ModelLoadException(layer.place() + ": cannot be written: " + e.getMessage(), e);
    }
  }
}
