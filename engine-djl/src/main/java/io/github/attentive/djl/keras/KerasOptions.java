package io.github.attentive.djl.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.JsonFile;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of a layer, each to be asked for: what is left in the end would change the arithmetic
 * in a way that no one has thought of, and is refused. Not thread-safe.
 */
final class KerasOptions {
  /** What matters while a model is trained, or says again what others say. */
  private static final Pattern WITHOUT_EFFECT =
      Pattern.compile(
          "name|trainable|seed|build_config|batch_shape|batch_input_shape|shape|sparse|ragged"
              + "|.*_initializer|.*_regularizer|.*_constraint|input_length|input_dtype"
              + "|dropout|recurrent_dropout|rate|noise_shape|stddev|l1|l2|implementation|unroll"
              + "|use_cudnn|flash_attention|lora_alpha|optional|input_tensor|cls|idf_weights"
              + "|autocast|scale_initializer");

  private final KerasLayer layer;
  private final JsonFile json;
  private final Set<String> read = new HashSet<>();

  KerasOptions(KerasLayer layer) {
    this.layer = layer;
    this.json = layer.options();
  }

  private JsonFile read(String name) {
    read.add(name);
    return json;
  }

  int positive(String name) {
    return read(name).positive(name);
  }

  int positive(String name, int absent) {
    return read(name).positive(name, absent);
  }

  int whole(String name, int absent) {
    return read(name).whole(name, absent);
  }

  double number(String name, double absent) {
    return read(name).number(name, absent);
  }

  boolean flag(String name, boolean absent) {
    return read(name).flag(name, absent);
  }

  String string(String name, String absent) {
    return read(name).string(name, absent);
  }

  boolean has(String name) {
    return read(name).has(name);
  }

  @Nullable JsonElement element(String name) {
    return read(name).element(name);
  }

  JsonFile object(String name) {
    return read(name).object(name);
  }

  /** Requires an option to have the only value that is supported, or to be absent. */
  void require(String name, Object only) {
    JsonElement value = element(name);
    if (value == null || value.isJsonNull()) {
      return;
    }
    boolean same =
        value.isJsonPrimitive()
            && (only instanceof Number number && value.getAsJsonPrimitive().isNumber()
                ? value.getAsDouble() == number.doubleValue()
                : value.getAsString().equals(only.toString()));
    if (!same) {
      throw unsupported(name, only.toString(), value);
    }
  }

  ModelLoadException unsupported(String name, String expected, @Nullable JsonElement found) {
    return new ModelLoadException(
        "%s: option '%s': expected %s, got %s".formatted(layer.place(), name, expected, found));
  }

  /** Requires numbers of single precision, which is what is computed with. */
  void requireSinglePrecision() {
    JsonElement type = element("dtype");
    if (type instanceof JsonObject policy
        && policy.get("config") instanceof JsonObject config
        && config.has("name")) {
      type = config.get("name");
    }
    if (type != null
        && !type.isJsonNull()
        && !(type.isJsonPrimitive() && type.getAsString().equals("float32"))) {
      throw unsupported("dtype", "float32; save the model with that policy", type);
    }
  }

  /** Refuses what no one has asked for. */
  void requireAllRead() {
    for (String name : json.names()) {
      if (json.has(name) && !read.contains(name) && !WITHOUT_EFFECT.matcher(name).matches()) {
        throw unsupported(name, "no such option, or null", json.element(name));
      }
    }
  }
}
