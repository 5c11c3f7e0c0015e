package io.github.attentive.djl.checkpoint;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the safetensors format: a little-endian 64-bit header length, a JSON header with type,
 * shape and byte range of each tensor, then the bytes.
 *
 * <p>Everything the header says is checked against the file before a tensor is mapped: length,
 * types, overflow of sizes, ranges inside the file that neither overlap nor leave gaps. Tensors are
 * mapped, not copied. Only 32-bit floats are read.
 */
public final class Safetensors {
  private static final int LENGTH_BYTES = 8;

  /** The limit the format's own readers have. */
  private static final long MAX_HEADER_BYTES = 100_000_000;

  private static final String METADATA = "__metadata__";
  private static final int MAX_RANK = 16;

  private record Entry(String name, String type, long[] shape, long begin, long end) {}

  private final Path file;

  private Safetensors(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @param file a safetensors file
   * @return its tensors by name, in header order, over the mapped file
   * @throws ModelLoadException if the file cannot be read or is not well-formed
   */
  public static Map<String, Parameter> read(Path file) {
    Safetensors reader = new Safetensors(file);
    try (FileChannel channel = FileChannel.open(file)) {
      return reader.read(channel);
    } catch (IOException e) {
      throw new ModelLoadException(file + ": cannot be read: " + e, e);
    }
  }

  private Map<String, Parameter> read(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < LENGTH_BYTES) {
      throw damaged("expected at least " + LENGTH_BYTES + " bytes, got " + size);
    }
    long headerLength = bytes(channel, 0, LENGTH_BYTES).getLong();
    if (headerLength < 2 || headerLength > MAX_HEADER_BYTES || headerLength > size - LENGTH_BYTES) {
      throw damaged(
          "expected a header of 2 to %s bytes inside the file's %s, got a length of %s"
              .formatted(MAX_HEADER_BYTES, size, Long.toUnsignedString(headerLength)));
    }
    List<Entry> entries = header(text(bytes(channel, LENGTH_BYTES, (int) headerLength)));
    long dataStart = LENGTH_BYTES + headerLength;
    checkRanges(entries, size - dataStart);
    Map<String, Parameter> tensors = new LinkedHashMap<>();
    for (Entry entry : entries) {
      ByteBuffer data =
          channel.map(
              FileChannel.MapMode.READ_ONLY, dataStart + entry.begin, entry.end - entry.begin);
      tensors.put(entry.name, Parameter.ofBytes(entry.name, Shape.ofSizes(entry.shape), data));
    }
    return tensors;
  }

  private ByteBuffer bytes(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw damaged("the file ended at byte " + (position + buffer.position()));
      }
    }
    return buffer.flip();
  }

  private String text(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new ModelLoadException(file + ": the header is not UTF-8", e);
    }
  }

  private List<Entry> header(String json) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    try (JsonReader reader = new JsonReader(new StringReader(json))) {
      reader.setStrictness(Strictness.STRICT);
      reader.beginObject();
      while (reader.hasNext()) {
        String name = reader.nextName();
        if (name.equals(METADATA)) {
          reader.skipValue();
        } else if (entries.put(name, entry(name, reader)) != null) {
          throw damaged("tensor '" + name + "' stands in the header twice");
        }
      }
      reader.endObject();
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw damaged("the header goes on after its end");
      }
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new ModelLoadException(
          file + ": the header is not as the format wants it: " + e.getMessage(), e);
    }
    return List.copyOf(entries.values());
  }

  private Entry entry(String name, JsonReader reader) throws IOException {
    String type = null;
    long[] shape = null;
    long[] range = null;
    Set<String> fields = new HashSet<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String field = reader.nextName();
      if (!fields.add(field)) {
        throw damaged("tensor '%s': field '%s' stands twice".formatted(name, field));
      }
      switch (field) {
        case "dtype" -> type = reader.nextString();
        case "shape" -> shape = numbers(reader, MAX_RANK);
        case "data_offsets" -> range = numbers(reader, 2);
        default -> throw damaged("tensor '%s': unknown field '%s'".formatted(name, field));
      }
    }
    reader.endObject();
    if (type == null || shape == null || range == null || range.length != 2) {
      throw damaged("tensor '%s': expected dtype, shape and data_offsets".formatted(name));
    }
    if (!type.equals("F32")) {
      throw new ModelLoadException(
          "%s: tensor '%s': expected type F32, the only one read so far, got %s"
              .formatted(file, name, type));
    }
    return new Entry(name, type, shape, range[0], range[1]);
  }

  private long[] numbers(JsonReader reader, int limit) throws IOException {
    List<Long> numbers = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      if (numbers.size() == limit) {
        throw damaged("a list of more than " + limit + " numbers");
      }
      if (reader.peek() != JsonToken.NUMBER) {
        // Gson would take a number in quotes.
        throw damaged("expected a list of numbers, got " + reader.peek());
      }
      numbers.add(reader.nextLong());
    }
    reader.endArray();
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private void checkRanges(List<Entry> entries, long dataLength) {
    long end = 0;
    List<Entry> inOrder =
        entries.stream()
            .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
            .toList();
    for (Entry entry : inOrder) {
      long length = Float.BYTES;
      for (long axis : entry.shape) {
        if (axis < 1) {
          throw damaged(
              "tensor '%s': expected sizes of at least 1, got %s".formatted(entry.name, axis));
        }
        if (length > Integer.MAX_VALUE / axis) {
          throw damaged("tensor '%s': is larger than 2 GiB".formatted(entry.name));
        }
        length *= axis;
      }
      if (entry.begin != end || entry.end - entry.begin != length || entry.end > dataLength) {
        throw damaged(
            "tensor '%s': expected %s bytes from byte %s of the data's %s, got offsets %s to %s"
                .formatted(entry.name, length, end, dataLength, entry.begin, entry.end));
      }
      end = entry.end;
    }
    if (end != dataLength) {
      throw damaged("expected %s bytes of data, got %s".formatted(end, dataLength));
    }
  }

  private ModelLoadException damaged(String what) {
    return new ModelLoadException(
        file + ": damaged, or no safetensors file: " + what + "; fetch or save it again");
  }
}
