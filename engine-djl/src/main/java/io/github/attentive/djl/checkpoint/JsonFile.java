package io.github.attentive.djl.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.attentive.ModelLoadException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A configuration file: a JSON object whose fields are read with their types checked. */
public final class JsonFile {
  private static final long MAX_BYTES = 16_000_000;

  private final Path file;
  private final JsonObject fields;

  private JsonFile(Path file, JsonObject fields) {
    this.file = file;
    this.fields = fields;
  }

  /**
   * Reads a file.
   *
   * @param file a JSON file of at most 16 MB
   * @return its fields
   * @throws ModelLoadException if it is missing, too large, not UTF-8 or not one JSON object
   */
  public static JsonFile read(Path file) {
    String text = TextFile.read(file, MAX_BYTES);
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      if (reader.peek() != JsonToken.BEGIN_OBJECT) {
        throw new ModelLoadException(file + ": expected one JSON object, got " + reader.peek());
      }
      JsonElement element = element(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new ModelLoadException(file + ": the JSON object goes on after its end");
      }
      return new JsonFile(file, element.getAsJsonObject());
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new ModelLoadException(file + ": is not valid JSON: " + e.getMessage(), e);
    }
  }

  /** Gson's own parser takes the last of two fields of one name; here that is a mistake. */
  private static JsonElement element(JsonReader reader) throws IOException {
    switch (reader.peek()) {
      case BEGIN_OBJECT -> {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
          String name = reader.nextName();
          if (object.has(name)) {
            throw new IllegalStateException("field '" + name + "' stands twice");
          }
          object.add(name, element(reader));
        }
        reader.endObject();
        return object;
      }
      case BEGIN_ARRAY -> {
        JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
          array.add(element(reader));
        }
        reader.endArray();
        return array;
      }
      case STRING -> {
        return new JsonPrimitive(reader.nextString());
      }
      case NUMBER -> {
        return new JsonPrimitive(reader.nextDouble());
      }
      case BOOLEAN -> {
        return new JsonPrimitive(reader.nextBoolean());
      }
      default -> {
        reader.nextNull();
        return JsonNull.INSTANCE;
      }
    }
  }

  /**
   * The file these fields are from.
   *
   * @return its path
   */
  public Path file() {
    return file;
  }

  /**
   * The names of the fields.
   *
   * @return in file order
   */
  public Set<String> names() {
    return fields.keySet();
  }

  /**
   * A string field.
   *
   * @param name the field
   * @return its value
   * @throws ModelLoadException if it is missing or not a string
   */
  public String string(String name) {
    JsonElement value = fields.get(name);
    if (value == null || !value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      throw unexpected(name, "a string", value);
    }
    return value.getAsString();
  }

  /**
   * A whole number of at least 1.
   *
   * @param name the field
   * @return its value
   * @throws ModelLoadException if it is missing or anything else
   */
  public int positive(String name) {
    JsonElement value = fields.get(name);
    if (value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) {
      double number = value.getAsDouble();
      if (number >= 1 && number <= Integer.MAX_VALUE && number == Math.rint(number)) {
        return (int) number;
      }
    }
    throw unexpected(name, "a whole number of at least 1", value);
  }

  /**
   * A field that is an object.
   *
   * @param name the field
   * @return its fields
   * @throws ModelLoadException if it is missing or not an object
   */
  public JsonFile object(String name) {
    JsonElement value = fields.get(name);
    if (value == null || !value.isJsonObject()) {
      throw unexpected(name, "an object", value);
    }
    return new JsonFile(file, value.getAsJsonObject());
  }

  /**
   * The failure of a field that is not as expected.
   *
   * @param name the field
   * @param expected what it should be
   * @return an exception naming file, field, expectation and finding
   */
  public ModelLoadException unexpected(String name, String expected) {
    return unexpected(name, expected, fields.get(name));
  }

  private ModelLoadException unexpected(String name, String expected, @Nullable JsonElement found) {
    String text = found == null ? "nothing" : found.toString();
    return new ModelLoadException(
        "%s: field '%s': expected %s, got %s"
            .formatted(
                file, name, expected, text.length() > 80 ? text.substring(0, 80) + " ..." : text));
  }
}
