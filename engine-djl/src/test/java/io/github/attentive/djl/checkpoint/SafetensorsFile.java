package io.github.attentive.djl.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A safetensors file of any header, right or wrong.
 *
 * @param headerLength what the file says of its header
 * @param header what it has
 * @param dataLength bytes after it, counting upwards from 0
 */
record SafetensorsFile(long headerLength, byte[] header, int dataLength) {

  static SafetensorsFile of(String header, int dataLength) {
    byte[] utf8 = header.getBytes(StandardCharsets.UTF_8);
    return new SafetensorsFile(utf8.length, utf8, dataLength);
  }

  /** One tensor {@code x}. */
  static SafetensorsFile tensor(String shape, String offsets, int dataLength) {
    return of("{" + entry("x", shape, offsets) + "}", dataLength);
  }

  static String entry(String name, String shape, String offsets) {
    return entry(name, "F32", shape, offsets);
  }

  static String entry(String name, String type, String shape, String offsets) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}"
        .formatted(name, type, shape, offsets);
  }

  /** One tensor {@code x} of any type over bytes that the test chooses. */
  static Path write(Path file, String type, String shape, byte[] data) throws IOException {
    String offsets = "[0," + data.length + "]";
    SafetensorsFile start = of("{" + entry("x", type, shape, offsets) + "}", data.length);
    return Files.write(file, start.bytes(data));
  }

  byte[] bytes() {
    byte[] data = new byte[dataLength];
    for (int i = 0; i < dataLength; i++) {
      data[i] = (byte) i;
    }
    return bytes(data);
  }

  private byte[] bytes(byte[] data) {
    return ByteBuffer.allocate(Long.BYTES + header.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(headerLength)
        .put(header)
        .put(data)
        .array();
  }

  Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }
}
