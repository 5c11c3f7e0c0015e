package io.github.attentive.djl.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.JsonFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The layers of a model and how they are connected: a {@code Sequential} model or one made of calls
 * ({@code Functional}), as Keras 3 writes them, or Keras 2.
 *
 * @param layers in the configuration's order
 * @param inputs results of the input layers
 * @param outputs what the model gives, with names where it gives a dictionary
 */
record KerasModelConfig(
    List<KerasLayer> layers, List<KerasArgument.Result> inputs, List<Output> outputs) {
  private static final String SEQUENTIAL = "Sequential";
  private static final List<String> FUNCTIONAL = List.of("Functional", "Model");

  /** A model cannot have so many layers that no one could have written it. */
  private static final int MAX_LAYERS = 10_000;

  /** An output of a model: its layer's name stands for it where it has no other. */
  record Output(String name, KerasArgument.Result result) {}

  /** Whether a kind of layer is a model. */
  static boolean isModel(String className) {
    return className.equals(SEQUENTIAL) || FUNCTIONAL.contains(className);
  }

  /**
   * Reads a model's configuration.
   *
   * @param json with {@code class_name} and {@code config}
   * @param weights where a saved file holds its layers' weights
   * @throws ModelLoadException if it is no model of the two kinds, or not well-formed
   */
  static KerasModelConfig of(JsonFile json, String weights) {
    String className = json.string("class_name");
    if (!isModel(className)) {
      throw json.unexpected(
          "class_name",
          "Sequential or Functional (a model of a class of its own is code; build it with the"
              + " functional API and save it again)");
    }
    return within(className, json.object("config"), weights);
  }

  /**
   * Reads the configuration of a model within a model.
   *
   * @param className its kind
   * @param config its layers
   * @param weights where a saved file holds its layers' weights
   */
  static KerasModelConfig within(String className, JsonFile config, String weights) {
    try {
      return className.equals(SEQUENTIAL)
          ? sequential(config, weights)
          : functional(config, weights);
    } catch (IllegalStateException
        | ClassCastException
        | NumberFormatException
        | IndexOutOfBoundsException
        | NullPointerException
        | UnsupportedOperationException e) {
      throw new ModelLoadException(
          "%s: the connections of the layers cannot be read: %s; save the model again"
              .formatted(config.file(), e.getMessage()),
          e);
    }
  }

  private static KerasModelConfig sequential(JsonFile config, String weights) {
    List<KerasLayer> layers = new ArrayList<>();
    KerasArgument.Result last = null;
    for (KerasLayer layer : layers(config, weights)) {
      if (last == null && !layer.is("InputLayer")) {
        KerasLayer input = implicitInput(layer);
        layers.add(input);
        last = new KerasArgument.Result(input.name(), 0, 0);
      }
      List<KerasCall> calls = last == null ? List.of() : List.of(KerasCall.with(last));
      layers.add(
          new KerasLayer(
              layer.name(),
              layer.className(),
              layer.operation(),
              layer.options(),
              calls,
              layer.place(),
              layer.weights()));
      last = new KerasArgument.Result(layer.name(), 0, 0);
    }
    if (last == null) {
      throw config.unexpected("layers", "at least one layer");
    }
    return new KerasModelConfig(
        layers,
        List.of(new KerasArgument.Result(layers.get(0).name(), 0, 0)),
        List.of(new Output(last.layer(), last)));
  }

  /** A sequential model may begin with a layer that knows its own input. */
  private static KerasLayer implicitInput(KerasLayer first) {
    return new KerasLayer(
        first.name() + "_input",
        "InputLayer",
        false,
        first.options(),
        List.of(),
        first.place(),
        "");
  }

  private static KerasModelConfig functional(JsonFile config, String weights) {
    List<KerasArgument.Result> inputs = new ArrayList<>();
    results(config, "input_layers").forEach(input -> inputs.add(input.result()));
    return new KerasModelConfig(layers(config, weights), inputs, results(config, "output_layers"));
  }

  private static List<Output> results(JsonFile config, String field) {
    JsonElement element = config.element(field);
    if (element == null) {
      throw config.unexpected(field, "the names of layers");
    }
    Map<String, KerasArgument.Result> results = new LinkedHashMap<>();
    collect("", element, results);
    return results.entrySet().stream()
        .map(entry -> new Output(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static void collect(
      String name, JsonElement element, Map<String, KerasArgument.Result> results) {
    if (KerasArgument.isResult(element)) {
      KerasArgument.Result result = KerasArgument.result(element.getAsJsonArray());
      String own = name.isEmpty() ? result.layer() : name;
      // A layer with several results, such as an attention with its scores.
      while (results.containsKey(own)) {
        own += "_" + result.result();
      }
      results.put(own, result);
    } else if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(part -> collect("", part, results));
    } else {
      element
          .getAsJsonObject()
          .entrySet()
          .forEach(entry -> collect(entry.getKey(), entry.getValue(), results));
    }
  }

  private static List<KerasLayer> layers(JsonFile config, String weights) {
    List<JsonFile> all = config.objects("layers");
    if (all.size() > MAX_LAYERS) {
      throw config.unexpected("layers", "at most " + MAX_LAYERS);
    }
    List<KerasLayer> layers = new ArrayList<>();
    Map<String, Integer> ofKind = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      JsonFile json = all.get(i);
      String className = json.string("class_name");
      JsonFile options = json.object("config");
      // A whole-model .h5 file says no module.
      boolean operation =
          json.has("module")
              ? json.string("module").startsWith("keras.src.ops")
              : KerasLayers.isOperation(className);
      String name = json.string("name", options.string("name", className));
      String group = "";
      if (!operation) {
        String kind = snakeCase(className);
        int earlier = ofKind.merge(kind, 1, Integer::sum) - 1;
        group = weights + KerasLayer.GROUP + kind + (earlier == 0 ? "" : "_" + earlier);
      }
      String place =
          "%s: layer '%s' (%s, %s of %s)"
              .formatted(json.file(), name, className, i + 1, all.size());
      refuseCode(json, className, place);
      List<KerasCall> calls = new ArrayList<>();
      if (json.element("inbound_nodes") instanceof JsonArray nodes) {
        nodes.forEach(node -> calls.add(KerasCall.of(node)));
      }
      layers.add(new KerasLayer(name, className, operation, options, calls, place, group));
    }
    return layers;
  }

  private static void refuseCode(JsonFile json, String className, String place) {
    String registered = json.string("registered_name", "");
    boolean custom =
        registered.contains(">") || !json.string("module", "keras").startsWith("keras");
    if (className.equals("Lambda") || custom) {
      throw new ModelLoadException(
          "%s: expected a layer of Keras itself, got %s, which is code that would have to run;"
                  .formatted(place, custom ? "one of its own, '" + registered + "'" : "a function")
              + " build the model of Keras's own layers, or export it as a SavedModel");
    }
  }

  /** The first layer of a kind, in this model or one within it. */
  Optional<KerasLayer> find(String className) {
    for (KerasLayer layer : layers) {
      if (layer.is(className)) {
        return Optional.of(layer);
      }
      if (!layer.operation() && isModel(layer.className())) {
        Optional<KerasLayer> found =
            within(layer.className(), layer.options(), layer.weights() + "/").find(className);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Keras's names of groups: {@code GlobalAveragePooling1D} is global_average_pooling1d. */
  static String snakeCase(String className) {
    return className
        .replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }
}
