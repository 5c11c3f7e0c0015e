package io.github.attentive.djl.checkpoint;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.attentive.ModelLoadException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON header of a safetensors file. It is parsed as a stream, so that what it takes is a
 * small multiple of its tensors, and no nesting goes deeper than the format has it.
 */
final class SafetensorsHeader {
  static final String METADATA = "__metadata__";

  private static final int MAX_RANK = 16;
  private static final int MAX_TENSORS = 100_000;
  private static final int MAX_NAME = 1000;
  private static final int MAX_STRING_BYTES = 10_000_000;
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,19}");

  /** What the header says of a tensor; its type is known, and nothing else is checked. */
  record Entry(String name, StoredType type, long[] shape, long begin, long end) {}

  private final Path file;

  private SafetensorsHeader(Path file) {
    this.file = file;
  }

  /** The tensors in header order. */
  static List<Entry> read(Path file, byte[] json) {
    return new SafetensorsHeader(file).read(json);
  }

  private List<Entry> read(byte[] json) {
    checkStrings(json);
    if (json[0] != '{') {
      throw damaged("expected a header that starts with {");
    }
    try (JsonReader reader =
        new JsonReader(
            new InputStreamReader(
                new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder()))) {
      reader.setStrictness(Strictness.STRICT);
      List<Entry> entries = entries(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw damaged("the header goes on after its end");
      }
      return entries;
    } catch (CharacterCodingException e) {
      throw Safetensors.damaged(file, "the header is not UTF-8", e);
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      String what = "the header is not the JSON that the format wants: ";
      throw Safetensors.damaged(file, what + StrictJson.reason(e), e);
    }
  }

  /** A string is built in memory before its length is known, unless it is looked at here. */
  private void checkStrings(byte[] json) {
    int start = -1;
    for (int i = 0; i < json.length; i++) {
      if (json[i] == '"') {
        start = start < 0 ? i : -1;
      } else if (start >= 0) {
        if (i - start > MAX_STRING_BYTES) {
          throw damaged("a string of more than " + MAX_STRING_BYTES + " bytes in the header");
        }
        i += json[i] == '\\' ? 1 : 0;
      }
    }
  }

  private List<Entry> entries(JsonReader reader) throws IOException {
    List<Entry> entries = new ArrayList<>();
    fields(
        reader,
        "the header",
        name -> {
          if (name.equals(METADATA)) {
            metadata(reader);
          } else {
            entries.add(entry(name, reader));
          }
        });
    return entries;
  }

  private interface FieldReader {
    void read(String name) throws IOException;
  }

  /** Reads an object each field of which stands once. */
  private void fields(JsonReader reader, String where, FieldReader values) throws IOException {
    Set<String> names = new HashSet<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (name.length() > MAX_NAME) {
        throw damaged(
            "%s: expected names of at most %s characters, got one of %s: %s"
                .formatted(where, MAX_NAME, name.length(), Excerpt.of(name)));
      }
      if (!names.add(name)) {
        throw damaged("%s: '%s' stands twice".formatted(where, name));
      }
      if (names.size() > MAX_TENSORS) {
        throw damaged("%s: expected at most %s names".formatted(where, MAX_TENSORS));
      }
      values.read(name);
    }
    reader.endObject();
  }

  /** It is checked and left: nothing in it says how to read the tensors. */
  private void metadata(JsonReader reader) throws IOException {
    if (reader.peek() != JsonToken.BEGIN_OBJECT) {
      throw damaged(METADATA + ": expected texts by name, got " + reader.peek());
    }
    fields(reader, METADATA, name -> string(reader, METADATA, name));
  }

  private String string(JsonReader reader, String where, String name) throws IOException {
    if (reader.peek() != JsonToken.STRING) {
      throw damaged("%s: '%s': expected a text, got %s".formatted(where, name, reader.peek()));
    }
    return reader.nextString();
  }

  /** A tensor's fields as they come. */
  private static final class Draft {
    @Nullable StoredType type;
    long @Nullable [] shape;
    long @Nullable [] range;
  }

  private Entry entry(String name, JsonReader reader) throws IOException {
    String where = "tensor '" + name + "'";
    Draft draft = new Draft();
    fields(
        reader,
        where,
        field -> {
          switch (field) {
            case "dtype" -> draft.type = type(where, string(reader, where, field));
            case "shape" -> draft.shape = numbers(reader, where, MAX_RANK);
            case "data_offsets" -> draft.range = numbers(reader, where, 2);
            default -> throw damaged("%s: unknown field '%s'".formatted(where, field));
          }
        });
    StoredType type = draft.type;
    long[] shape = draft.shape;
    long[] range = draft.range;
    if (type == null || shape == null || range == null || range.length != 2) {
      throw damaged(where + ": expected dtype, shape and data_offsets of begin and end");
    }
    return new Entry(name, type, shape, range[0], range[1]);
  }

  private StoredType type(String where, String name) {
    return StoredType.named(name)
        .orElseThrow(
            () ->
                new ModelLoadException(
                    "%s: %s: expected a dtype of the safetensors format such as F32, got '%s'"
                        .formatted(file, where, Excerpt.of(name))));
  }

  private long[] numbers(JsonReader reader, String where, int limit) throws IOException {
    long[] numbers = new long[limit];
    int count = 0;
    reader.beginArray();
    while (reader.hasNext()) {
      if (count == limit) {
        throw damaged("%s: a list of more than %s numbers".formatted(where, limit));
      }
      // Gson would take a number in quotes, and one that is whole only after rounding.
      String number = reader.peek() == JsonToken.NUMBER ? reader.nextString() : "";
      if (!WHOLE.matcher(number).matches()) {
        throw damaged(where + ": expected a list of whole numbers from 0 to 2^63 - 1");
      }
      numbers[count++] = Long.parseLong(number);
    }
    reader.endArray();
    return Arrays.copyOf(numbers, count);
  }

  private ModelLoadException damaged(String what) {
    return Safetensors.damaged(file, what, null);
  }
}
