package io.github.attentive.djl.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.Parameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Writes the safetensors format; equal tensors give equal bytes. */
public final class SafetensorsWriter {
  /** The data start at a multiple of this, as the format's own writers have it. */
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /**
   * Writes tensors one after the other into a file that appears when it is whole, replacing one of
   * that name.
   *
   * @param file where
   * @param tensors 32-bit floats of different names, in the order they are to have
   * @throws io.github.attentive.ModelLoadException if it cannot be written
   * @throws IllegalArgumentException if a tensor has another type, or a name stands twice or is
   *     {@code __metadata__}
   */
  public static void write(Path file, List<Parameter> tensors) {
    ByteBuffer header = header(tensors);
    AtomicFiles.write(
        file,
        channel -> {
          AtomicFiles.writeAll(channel, header);
          for (Parameter tensor : tensors) {
            AtomicFiles.writeAll(channel, tensor.bytes());
          }
        });
  }

  /** The length field and the header. */
  private static ByteBuffer header(List<Parameter> tensors) {
    JsonObject header = new JsonObject();
    JsonObject metadata = new JsonObject();
    metadata.addProperty("format", "pt");
    header.add(SafetensorsHeader.METADATA, metadata);
    long offset = 0;
    for (Parameter tensor : tensors) {
      if (tensor.type() != ElementType.FLOAT32) {
        throw new IllegalArgumentException(
            "tensor '%s': expected type FLOAT32, the only one written, got %s"
                .formatted(tensor.name(), tensor.type()));
      }
      if (header.has(tensor.name())) {
        throw new IllegalArgumentException(
            "tensor '" + tensor.name() + "': the name stands twice, or is taken by the format");
      }
      long end = Math.addExact(offset, tensor.byteCount());
      JsonObject entry = new JsonObject();
      entry.addProperty("dtype", StoredType.F32.name());
      JsonArray shape = new JsonArray();
      for (long size : tensor.shape().sizes()) {
        shape.add(size);
      }
      entry.add("shape", shape);
      JsonArray range = new JsonArray();
      range.add(offset);
      range.add(end);
      entry.add("data_offsets", range);
      header.add(tensor.name(), entry);
      offset = end;
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return ByteBuffer.allocate(Long.BYTES + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(json)
        .put(" ".repeat(length - json.length).getBytes(StandardCharsets.UTF_8))
        .flip();
  }
}
