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
    return "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":%s}"
        .formatted(name, shape, offsets);
  }

  byte[] bytes() {
    ByteBuffer file =
        ByteBuffer.allocate(8 + header.length + dataLength).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(headerLength).put(header);
    for (int i = 0; i < dataLength; i++) {
      file.put((byte) i);
    }
    return file.array();
  }

  Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }
}
