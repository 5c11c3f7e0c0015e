package io.github.attentive.djl.data;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.attentive.DatasetFile;
import io.github.attentive.DatasetRow;
import io.github.attentive.TextInput;
import io.github.attentive.djl.checkpoint.StrictJson;
import io.github.attentive.spi.BadRowException;
import io.github.attentive.spi.DatasetReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object a line; blank lines are no rows. */
final class JsonLines implements DatasetReader {
  private final Lines lines;
  private final String text;
  private final String pair;
  private final String label;
  private final Set<String> fields;

  JsonLines(DatasetFile file, Lines lines) {
    this.lines = lines;
    text = file.textColumn().orElse("text");
    pair = file.pairColumn().orElse("pair");
    label = file.labelColumn().orElse("label");
    fields = Set.copyOf(List.of(text, pair, label));
  }

  @Override
  public @Nullable DatasetRow next() throws BadRowException, IOException {
    String line;
    do {
      line = lines.next();
    } while (line != null && line.isBlank());
    return line == null ? null : row(line);
  }

  private DatasetRow row(String line) throws BadRowException {
    Map<String, @Nullable String> values;
    try (JsonReader json = new JsonReader(new StringReader(line))) {
      json.setStrictness(Strictness.STRICT);
      values = values(json);
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw bad("is not valid JSON: " + StrictJson.reason(e).replace("at line 1 ", "at "), e);
    }
    String content = values.get(text);
    if (content == null) {
      throw bad("expected a field '%s', got none".formatted(text), null);
    }
    return new DatasetRow(
        lines.line(), new TextInput(content, values.get(pair)), values.get(label));
  }

  private Map<String, @Nullable String> values(JsonReader json)
      throws IOException, BadRowException {
    if (json.peek() != JsonToken.BEGIN_OBJECT) {
      throw bad("expected one JSON object, got " + json.peek(), null);
    }
    Map<String, @Nullable String> values = new HashMap<>();
    json.beginObject();
    while (json.hasNext()) {
      String field = json.nextName();
      if (!fields.contains(field)) {
        json.skipValue();
      } else if (values.containsKey(field)) {
        throw bad("field '%s' stands twice".formatted(field), null);
      } else {
        values.put(field, value(field, json));
      }
    }
    json.endObject();
    if (json.peek() != JsonToken.END_DOCUMENT) {
      throw bad("expected one JSON object, got more behind it", null);
    }
    return values;
  }

  private @Nullable String value(String field, JsonReader json)
      throws IOException, BadRowException {
    JsonToken type = json.peek();
    if (type == JsonToken.NULL) {
      json.nextNull();
      return null;
    }
    if (type == JsonToken.STRING) {
      return json.nextString();
    }
    if (type == JsonToken.NUMBER && field.equals(label)) {
      String number = json.nextString();
      if (number.matches("-?\\d+")) {
        return number;
      }
    }
    throw bad(
        "field '%s': expected a string%s, got %s"
            .formatted(field, field.equals(label) ? " or a whole number" : "", type),
        null);
  }

  private BadRowException bad(String reason, @Nullable Exception cause) {
    return new BadRowException(lines.line(), reason, cause);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
