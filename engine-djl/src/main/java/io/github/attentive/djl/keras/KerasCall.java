package io.github.attentive.djl.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A call of a layer.
 *
 * @param arguments in order
 * @param named by name
 */
record KerasCall(List<KerasArgument> arguments, Map<String, KerasArgument> named) {

  /** As Keras 3 writes it: an object; or as Keras 2 did: a list of results. */
  static KerasCall of(JsonElement element) {
    return element.isJsonObject()
        ? ofKeras3(element.getAsJsonObject())
        : ofKeras2(element.getAsJsonArray());
  }

  private static KerasCall ofKeras3(JsonObject call) {
    List<KerasArgument> arguments = new ArrayList<>();
    call.getAsJsonArray("args").forEach(argument -> arguments.add(KerasArgument.of(argument)));
    Map<String, KerasArgument> named = new LinkedHashMap<>();
    call.getAsJsonObject("kwargs")
        .entrySet()
        .forEach(entry -> named.put(entry.getKey(), KerasArgument.of(entry.getValue())));
    return new KerasCall(arguments, named);
  }

  /** Several results are one argument, a list; what is named stands with the first. */
  private static KerasCall ofKeras2(JsonArray results) {
    List<KerasArgument> arguments = new ArrayList<>();
    Map<String, KerasArgument> named = new LinkedHashMap<>();
    for (JsonElement result : results) {
      JsonArray history = result.getAsJsonArray();
      arguments.add(KerasArgument.result(history));
      if (history.size() > 3) {
        history
            .get(3)
            .getAsJsonObject()
            .entrySet()
            .forEach(
                entry ->
                    named.put(
                        entry.getKey(),
                        KerasArgument.isResult(entry.getValue())
                            ? KerasArgument.result(entry.getValue().getAsJsonArray())
                            : KerasArgument.of(entry.getValue())));
      }
    }
    return new KerasCall(
        arguments.size() == 1 ? arguments : List.of(new KerasArgument.Several(arguments)), named);
  }

  /** The results of other layers among the arguments. */
  List<KerasArgument.Result> results() {
    List<KerasArgument.Result> results = new ArrayList<>();
    arguments.forEach(argument -> collect(argument, results));
    named.values().forEach(argument -> collect(argument, results));
    return results;
  }

  private static void collect(KerasArgument argument, List<KerasArgument.Result> results) {
    if (argument instanceof KerasArgument.Result result) {
      results.add(result);
    } else if (argument instanceof KerasArgument.Several several) {
      several.arguments().forEach(part -> collect(part, results));
    }
  }

  /** A call with one argument. */
  static KerasCall with(KerasArgument argument) {
    return new KerasCall(List.of(argument), Map.of());
  }
}
