package io.github.attentive.djl.keras;

import com.google.gson.JsonElement;
import io.github.attentive.ProblemType;
import io.github.attentive.djl.checkpoint.JsonFile;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a model was trained by, which says what outputs mean that no softmax or logistic function
 * has gone over.
 *
 * @param name in Keras's spelling of functions; empty if it was not trained
 */
record KerasLoss(String name) {
  private static final String BINARY = "binary_crossentropy";
  private static final Pattern OF_MEASURES =
      Pattern.compile("mean_.*error|mse|mae|mape|msle|huber.*|log_?cosh|poisson|.*regression.*");

  /** Reads what a saved model says of its training. */
  static KerasLoss of(Optional<JsonFile> training) {
    return new KerasLoss(
        training
            .map(json -> json.element("loss"))
            .map(KerasLoss::name)
            .map(KerasModelConfig::snakeCase)
            .orElse(""));
  }

  /** Of several, the first; the others are null, or of outputs that are not labels. */
  private static @Nullable String name(JsonElement loss) {
    if (loss.isJsonArray()) {
      for (JsonElement part : loss.getAsJsonArray()) {
        String name = name(part);
        if (name != null) {
          return name;
        }
      }
      return null;
    }
    if (loss.isJsonObject()) {
      JsonElement className = loss.getAsJsonObject().get("class_name");
      JsonElement config = loss.getAsJsonObject().get("config");
      boolean function =
          className != null
              && className.isJsonPrimitive()
              && className.getAsString().equals("function")
              && config != null
              && config.isJsonPrimitive();
      return function
          ? config.getAsString()
          : className != null && className.isJsonPrimitive() ? className.getAsString() : null;
    }
    return loss.isJsonPrimitive() ? loss.getAsString() : null;
  }

  /** What raw outputs mean: logits, unless the loss is that of a measure. */
  ProblemType ofRawOutputs(long units) {
    if (name.equals(BINARY)) {
      return units == 1 ? ProblemType.SINGLE_LABEL : ProblemType.MULTI_LABEL;
    }
    return units == 1 || OF_MEASURES.matcher(name).matches()
        ? ProblemType.REGRESSION
        : ProblemType.SINGLE_LABEL;
  }
}
