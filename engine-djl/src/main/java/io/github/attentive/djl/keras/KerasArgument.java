package io.github.attentive.djl.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What a layer is called with, as a model's configuration writes it. */
sealed interface KerasArgument {

  /**
   * A result of a call of another layer.
   *
   * @param layer its name
   * @param call which call of it, from 0
   * @param result which of its results, from 0
   */
  record Result(String layer, int call, int result) implements KerasArgument {}

  /** Several arguments as one. */
  record Several(List<KerasArgument> arguments) implements KerasArgument {}

  /** Anything else: a number, a switch, nothing. */
  record Constant(JsonElement value) implements KerasArgument {}

  /** As Keras 3 writes it. */
  static KerasArgument of(JsonElement element) {
    if (element.isJsonArray()) {
      List<KerasArgument> arguments = new ArrayList<>();
      element.getAsJsonArray().forEach(part -> arguments.add(of(part)));
      return new Several(List.copyOf(arguments));
    }
    if (element.isJsonObject()
        && element.getAsJsonObject().has("class_name")
        && element.getAsJsonObject().get("class_name").getAsString().equals("__keras_tensor__")) {
      JsonObject config = element.getAsJsonObject().getAsJsonObject("config");
      return result(config.getAsJsonArray("keras_history"));
    }
    return new Constant(element);
  }

  /** A result as name, call and number. */
  static Result result(JsonArray history) {
    return new Result(
        history.get(0).getAsString(), history.get(1).getAsInt(), history.get(2).getAsInt());
  }

  /** Whether an element is a result as name, call and number. */
  static boolean isResult(JsonElement element) {
    if (!element.isJsonArray() || element.getAsJsonArray().size() < 3) {
      return false;
    }
    JsonArray array = element.getAsJsonArray();
    return isString(array.get(0)) && isNumber(array.get(1)) && isNumber(array.get(2));
  }

  private static boolean isString(JsonElement element) {
    return element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
  }

  private static boolean isNumber(JsonElement element) {
    return element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
  }
}
