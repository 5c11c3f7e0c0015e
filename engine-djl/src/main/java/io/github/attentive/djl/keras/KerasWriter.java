package io.github.attentive.djl.keras;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.architecture.WordVectors;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one function of a saved model: each layer once for each call of it, in Keras's order. Not
 * thread-safe.
 */
final class KerasWriter {
  /** Calls and layers at most: models within models multiply them. */
  private static final int MOST_CALLS = 100_000;

  private final FunctionBuilder function;
  private final KerasParameters parameters;
  private final KerasText text;
  private final boolean explain;
  private final WordVectors words;
  private final List<ShownAttention> attentions = new ArrayList<>();
  private final Deque<Model> models = new ArrayDeque<>();
  private final Set<Tensor> unmasked = new HashSet<>();
  private final Set<Tensor> fullMasks = new HashSet<>();
  private boolean masksPadding;
  private boolean readsPadding;
  private boolean averagesMasked;
  private int calls;

  /** A model whose layers are being written: the whole, or one within it. */
  private static final class Model {
    private final Map<String, KerasLayer> layers = new HashMap<>();
    private final Map<String, KerasValue> inputs = new HashMap<>();
    private final Map<CallOrder.Step, List<KerasValue>> results = new HashMap<>();

    /** Calls that are not read; a failure only if their results are needed. */
    private final Map<CallOrder.Step, UnknownKerasLayerException> unknown = new HashMap<>();
  }

  /**
   * Starts a function.
   *
   * @param function where to
   * @param parameters of all functions
   * @param text how the text enters the model
   * @param explain whether attention is wanted
   * @param words where word vectors come from
   */
  KerasWriter(
      FunctionBuilder function,
      KerasParameters parameters,
      KerasText text,
      boolean explain,
      WordVectors words) {
    this.words = words;
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

  /** Where word vectors come from. */
  WordVectors words() {
    return words;
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

  /** Notes that a mask is 1 for every position of every text. */
  void countsAll(Tensor mask) {
    fullMasks.add(mask);
  }

  /** Notes that something is divided by the number of positions that count. */
  void averagesMasked(Tensor mask) {
    averagesMasked |= !fullMasks.contains(mask);
  }

  /** Whether the model has no number for a text without tokens: 0 divided by 0. */
  boolean needsToken() {
    return averagesMasked;
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
    requireReasonable(config.layers().size());
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
    List<KerasArgument.Result> outputs =
        config.outputs().stream().map(KerasModelConfig.Output::result).toList();
    models.push(model);
    try {
      for (CallOrder.Step step : CallOrder.of(model.layers, model.inputs.keySet(), outputs)) {
        KerasLayer layer = Objects.requireNonNull(model.layers.get(step.layer()));
        try {
          model.results.put(step, write(layer, layer.calls().get(step.call())));
        } catch (UnknownKerasLayerException e) {
          model.unknown.put(step, e);
        }
      }
      return outputs.stream().map(this::value).toList();
    } finally {
      models.pop();
    }
  }

  private void requireReasonable(int more) {
    calls += more;
    if (calls > MOST_CALLS) {
      throw new ModelLoadException(
          "the models within the model: expected at most %s calls of layers in all, got more"
              .formatted(MOST_CALLS));
    }
  }

  /** The result of a layer's call in the current model, with the mask it has by now. */
  KerasValue value(KerasArgument.Result result) {
    Model model = models.element();
    KerasValue value = model.inputs.get(result.layer());
    if (value != null && (result.call() != 0 || result.result() != 0)) {
      throw new ModelLoadException(
          "layer '%s': expected the one result of an input, got %s"
              .formatted(result.layer(), result));
    }
    if (value == null) {
      CallOrder.Step step = CallOrder.Step.of(result);
      UnknownKerasLayerException unknown = model.unknown.get(step);
      if (unknown != null) {
        throw unknown;
      }
      List<KerasValue> results = model.results.get(step);
      if (results == null || result.result() < 0 || result.result() >= results.size()) {
        throw new ModelLoadException(
            "layer '%s': expected result %s of it, got %s results"
                .formatted(result.layer(), result.result(), results == null ? 0 : results.size()));
      }
      value = results.get(result.result());
    }
    return value.tensor() != null && unmasked.contains(value.tensor()) ? value.masked(null) : value;
  }

  /** Takes the mask off a value, as Keras does with what multi-head attention is called with. */
  void unmask(KerasValue value) {
    if (value.tensor() != null) {
      unmasked.add(value.tensor());
    }
  }

  private List<KerasValue> write(KerasLayer layer, KerasCall call) {
    requireReasonable(1);
    KerasScope scope = new KerasScope(this, layer, call);
    try {
      List<KerasValue> results = KerasLayers.rule(layer).write(scope);
      scope.requireAllRead();
      return results;
    } catch (IllegalArgumentException | ArithmeticException e) {
      // The graph does not take it: shapes do not fit, or a size is not known.
      throw new ModelLoadException(layer.place() + ": cannot be written: " + e.getMessage(), e);
    } catch (UnsupportedOperationException
        | IllegalStateException
        | IndexOutOfBoundsException
        | ClassCastException e) {
      throw new ModelLoadException(
          layer.place()
              + ": an option or argument is not of the kind that Keras writes; save the model again",
          e);
    }
  }
}
