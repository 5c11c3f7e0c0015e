package io.github.attentive.djl.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.attentive.ModelLoadException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;

/**
 * Parses one JSON object as RFC 8259 has it: no name twice, no NaN, no number too large for a
 * double; of limited depth and number of values, so that it takes little memory.
 */
public final class StrictJson {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_VALUES = 250_000;

  private static final String ADVICE =
      "Use JsonReader.setStrictness(Strictness.LENIENT) to accept ";

  /** Up to here a double tells whole numbers apart. */
  private static final double LARGEST_WHOLE = 1L << 53;

  private final Path file;
  private final JsonReader reader;
  private int values;

  private StrictJson(Path file, JsonReader reader) {
    this.file = file;
    this.reader = reader;
  }

  static JsonObject parse(Path file, String text) {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      reader.setNestingLimit(MAX_DEPTH);
      if (reader.peek() != JsonToken.BEGIN_OBJECT) {
        throw new ModelLoadException(file + ": expected one JSON object, got " + reader.peek());
      }
      JsonElement element = new StrictJson(file, reader).element();
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new ModelLoadException(file + ": the JSON object goes on after its end");
      }
      return element.getAsJsonObject();
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new ModelLoadException(
          "%s: is not valid JSON: %s; expected strict JSON nested at most %s deep, without comments,"
                  .formatted(file, reason(e), MAX_DEPTH)
              + " NaN, Infinity or numbers beyond a double",
          e);
    }
  }

  /**
   * What Gson says, with line, column and path, without its advice on how to be less strict.
   *
   * @param e what its reader threw
   * @return the reason, short, on one line
   */
  public static String reason(Exception e) {
    String message = String.valueOf(e.getMessage());
    String firstLine = message.lines().findFirst().orElse(message);
    return Excerpt.of(firstLine.substring(firstLine.startsWith(ADVICE) ? ADVICE.length() : 0));
  }

  private JsonElement element() throws IOException {
    if (++values > MAX_VALUES) {
      throw new ModelLoadException(
          "%s: expected at most %s values, got more, at %s"
              .formatted(file, MAX_VALUES, Excerpt.of(reader.getPath())));
    }
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object();
      case BEGIN_ARRAY -> array();
      case STRING -> new JsonPrimitive(reader.nextString());
      case NUMBER -> number();
      case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
      default -> {
        reader.nextNull();
        yield JsonNull.INSTANCE;
      }
    };
  }

  /** Gson's own parser takes the last of two fields of one name; here that is a mistake. */
  private JsonObject object() throws IOException {
    JsonObject object = new JsonObject();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (object.has(name)) {
        throw new ModelLoadException(
            "%s: field '%s' stands twice, at %s"
                .formatted(file, Excerpt.of(name), Excerpt.of(reader.getPath())));
      }
      object.add(name, element());
    }
    reader.endObject();
    return object;
  }

  private JsonArray array() throws IOException {
    JsonArray array = new JsonArray();
    reader.beginArray();
    while (reader.hasNext()) {
      array.add(element());
    }
    reader.endArray();
    return array;
  }

  /**
   * Numbers without a dot as whole ones, others not, so that they are shown and saved as they stand
   * in the file: Python tells 2 from 2.0.
   */
  private JsonPrimitive number() throws IOException {
    String text = reader.nextString();
    double number = Double.parseDouble(text);
    if (Double.isInfinite(number)) {
      throw new MalformedJsonException(
          "JSON forbids NaN and infinities: %s at path %s".formatted(number, reader.getPath()));
    }
    boolean whole = text.chars().allMatch(c -> c == '-' || Character.isDigit(c));
    return whole && Math.abs(number) <= LARGEST_WHOLE
        ? new JsonPrimitive((long) number)
        : new JsonPrimitive(number);
  }
}
