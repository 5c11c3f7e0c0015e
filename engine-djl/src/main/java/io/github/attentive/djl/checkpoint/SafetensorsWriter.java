package io.github.attentive.djl.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.attentive.djl.graph.Parameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the safetensors format; equal tensors give equal bytes. */
public final class SafetensorsWriter {
  /** The data start at a multiple of this, as the format's own writers have it. */
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /**
   * Writes tensors.
   *
   * @param tensors in the order they are to have
   * @return the file's content
   */
  public static byte[] write(List<Parameter> tensors) {
    JsonObject header = new JsonObject();
    JsonObject metadata = new JsonObject();
    metadata.addProperty("format", "pt");
    header.add("__metadata__", metadata);
    int offset = 0;
    for (Parameter tensor : tensors) {
      int end = Math.addExact(offset, tensor.bytes().remaining());
      JsonObject entry = new JsonObject();
      entry.addProperty("dtype", "F32");
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
    int headerLength = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer file =
        ByteBuffer.allocate(Math.addExact(Long.BYTES + headerLength, offset))
            .order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(headerLength)
        .put(json)
        .put(" ".repeat(headerLength - json.length).getBytes(StandardCharsets.UTF_8));
    tensors.forEach(tensor -> file.put(tensor.bytes()));
    return file.array();
  }
}
