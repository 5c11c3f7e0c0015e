package io.github.attentive.djl.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.attentive.ModelLoadException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file: a JSON object whose fields are read with their types checked. A field that
 * is null counts as absent. Immutable.
 */
public final class JsonFile {
  private static final long MAX_BYTES = 16_000_000;

  private final Path file;

  /** Of the object that holds this one, with a dot at its end; empty for the file's own. */
  private final String path;

  private final JsonObject fields;

  private JsonFile(Path file, String path, JsonObject fields) {
    this.file = file;
    this.path = path;
    this.fields = fields;
  }

  /**
   * Reads a file.
   *
   * @param file a JSON file of at most 16 MB
   * @return its fields
   * @throws ModelLoadException if it is missing, too large, a Git LFS pointer, not UTF-8, nested
   *     too deep, or not one JSON object
   */
  public static JsonFile read(Path file) {
    return new JsonFile(file, "", StrictJson.parse(file, TextFile.read(file, MAX_BYTES)));
  }

  /**
   * Reads a text that was found in a file.
   *
   * @param file to be named
   * @param text one JSON object
   * @return its fields
   * @throws ModelLoadException if it is nested too deep, or not one JSON object
   */
  public static JsonFile of(Path file, String text) {
    return new JsonFile(file, "", StrictJson.parse(file, text));
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
   * All fields.
   *
   * @return a copy
   */
  public JsonObject copy() {
    return fields.deepCopy();
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
   * Says whether a field has a value.
   *
   * @param name the field
   * @return false if it is missing or null
   */
  public boolean has(String name) {
    JsonElement value = fields.get(name);
    return value != null && !value.isJsonNull();
  }

  /**
   * A text.
   *
   * @param name the field
   * @return its value
   * @throws ModelLoadException if it is missing or not a string
   */
  public String string(String name) {
    return primitive(name, "a string", JsonPrimitive::isString).getAsString();
  }

  /**
   * A text that may be absent.
   *
   * @param name the field
   * @param absent what stands for it then
   * @return its value
   * @throws ModelLoadException if it is not a string
   */
  public String string(String name, String absent) {
    return has(name) ? string(name) : absent;
  }

  /**
   * A list of texts.
   *
   * @param name the field
   * @return its values, perhaps none
   * @throws ModelLoadException if it is missing or anything else
   */
  public List<String> strings(String name) {
    JsonElement value = fields.get(name);
    if (value == null || !value.isJsonArray()) {
      throw unexpected(name, "a list of strings");
    }
    List<String> strings = new ArrayList<>();
    for (JsonElement element : value.getAsJsonArray()) {
      if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
        throw unexpected(name + "[" + strings.size() + "]", "a string", element);
      }
      strings.add(element.getAsString());
    }
    return List.copyOf(strings);
  }

  /**
   * A whole number of at least 1.
   *
   * @param name the field
   * @return its value
   * @throws ModelLoadException if it is missing or anything else
   */
  public int positive(String name) {
    return whole(name, 1, "a whole number of at least 1");
  }

  /**
   * A whole number of at least 1 that may be absent.
   *
   * @param name the field
   * @param absent what stands for it then
   * @return its value
   * @throws ModelLoadException if it is anything else
   */
  public int positive(String name, int absent) {
    return has(name) ? positive(name) : absent;
  }

  /**
   * A whole number that may be absent.
   *
   * @param name the field
   * @param absent what stands for it then
   * @return its value
   * @throws ModelLoadException if it is anything else, or not within 32 bits
   */
  public int whole(String name, int absent) {
    return has(name)
        ? whole(name, Integer.MIN_VALUE, "a whole number from -2147483648 to 2147483647")
        : absent;
  }

  private int whole(String name, int least, String expected) {
    double number =
        primitive(
                name,
                expected,
                value ->
                    value.isNumber()
                        && value.getAsDouble() >= least
                        && value.getAsDouble() <= Integer.MAX_VALUE
                        && value.getAsDouble() == Math.rint(value.getAsDouble()))
            .getAsDouble();
    return (int) number;
  }

  /**
   * A number that may be absent.
   *
   * @param name the field
   * @param absent what stands for it then
   * @return its value, finite
   * @throws ModelLoadException if it is anything else
   */
  public double number(String name, double absent) {
    return has(name) ? primitive(name, "a number", JsonPrimitive::isNumber).getAsDouble() : absent;
  }

  /**
   * True or false, or absent.
   *
   * @param name the field
   * @param absent what stands for it then
   * @return its value
   * @throws ModelLoadException if it is anything else
   */
  public boolean flag(String name, boolean absent) {
    return has(name)
        ? primitive(name, "true or false", JsonPrimitive::isBoolean).getAsBoolean()
        : absent;
  }

  /**
   * Says whether a field is a string, for those that may be something else.
   *
   * @param name the field
   * @return true if it is there and a string
   */
  public boolean isString(String name) {
    JsonElement value = fields.get(name);
    return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
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
      throw unexpected(name, "an object");
    }
    return new JsonFile(file, path + Excerpt.of(name) + ".", value.getAsJsonObject());
  }

  /**
   * A field that is an object or absent.
   *
   * @param name the field
   * @return its fields, or empty
   * @throws ModelLoadException if it is anything else
   */
  public Optional<JsonFile> optionalObject(String name) {
    return has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  /**
   * A field of any kind.
   *
   * @param name the field
   * @return its value, or null if it is missing; not to be changed
   */
  public @Nullable JsonElement element(String name) {
    return fields.get(name);
  }

  /**
   * A list of objects.
   *
   * @param name the field
   * @return the fields of each, perhaps none
   * @throws ModelLoadException if it is missing or anything else
   */
  public List<JsonFile> objects(String name) {
    JsonElement value = fields.get(name);
    if (value == null || !value.isJsonArray()) {
      throw unexpected(name, "a list of objects");
    }
    List<JsonFile> objects = new ArrayList<>();
    for (JsonElement element : value.getAsJsonArray()) {
      String place = name + "[" + objects.size() + "]";
      if (!element.isJsonObject()) {
        throw unexpected(place, "an object", element);
      }
      objects.add(new JsonFile(file, path + place + ".", element.getAsJsonObject()));
    }
    return List.copyOf(objects);
  }

  private JsonPrimitive primitive(String name, String expected, Predicate<JsonPrimitive> fits) {
    JsonElement value = fields.get(name);
    if (value == null || !value.isJsonPrimitive() || !fits.test(value.getAsJsonPrimitive())) {
      throw unexpected(name, expected);
    }
    return value.getAsJsonPrimitive();
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
    return new ModelLoadException(
        "%s: field '%s%s': expected %s, got %s"
            .formatted(
                file,
                path,
                Excerpt.of(name),
                expected,
                found == null ? "nothing" : Excerpt.of(found.toString())));
  }
}
