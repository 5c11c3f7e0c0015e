package io.github.attentive.djl.checkpoint;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.SafetensorsHeader.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the safetensors format: a little-endian 64-bit header length, a JSON header with type,
 * shape and byte range of each tensor, then the bytes.
 *
 * <p>Everything the header says is checked against the file before a tensor is mapped: length,
 * types, overflow of sizes, ranges inside the file that neither overlap nor leave gaps. The file is
 * mapped in regions of many tensors, and nothing is copied.
 *
 * <p>Source: the description and the reader at github.com/huggingface/safetensors.
 */
public final class Safetensors {
  private static final int LENGTH_BYTES = 8;

  /** The limit the format's own readers have. */
  private static final long MAX_HEADER_BYTES = 100_000_000;

  /** Tensors are mapped together up to this size. */
  private static final long REGION_BYTES = 1L << 30;

  private final Path file;

  private Safetensors(Path file) {
    this.file = file;
  }

  /**
   * Reads a file, which no one may change while its tensors are in use.
   *
   * @param file a safetensors file
   * @return its tensors by name, in header order, over the mapped file; unmodifiable
   * @throws ModelLoadException if the file cannot be read or is not well-formed
   */
  public static Map<String, StoredTensor> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ModelLoadException(file + ": is missing; expected a safetensors file");
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return new Safetensors(file).read(channel);
    } catch (IOException e) {
      throw new ModelLoadException(file + ": cannot be read: " + e, e);
    }
  }

  private Map<String, StoredTensor> read(FileChannel channel) throws IOException {
    long size = channel.size();
    GitLfsPointer.refuse(file, bytes(channel, 0, (int) Math.min(size, GitLfsPointer.LENGTH)));
    if (size < LENGTH_BYTES) {
      throw damaged(file, "expected at least " + LENGTH_BYTES + " bytes, got " + size, null);
    }
    long headerLength = bytes(channel, 0, LENGTH_BYTES).getLong();
    if (headerLength < 2 || headerLength > MAX_HEADER_BYTES || headerLength > size - LENGTH_BYTES) {
      throw damaged(
          file,
          "expected a header of 2 to %s bytes inside the file's %s, got a length of %s"
              .formatted(MAX_HEADER_BYTES, size, Long.toUnsignedString(headerLength)),
          null);
    }
    byte[] header = bytes(channel, LENGTH_BYTES, (int) headerLength).array();
    List<Entry> entries = SafetensorsHeader.read(file, header);
    List<Entry> inOrder =
        entries.stream()
            .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
            .toList();
    long dataStart = LENGTH_BYTES + headerLength;
    checkRanges(inOrder, size - dataStart);
    Map<String, ByteBuffer> bytes = map(channel, dataStart, inOrder);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Entry entry : entries) {
      String name = entry.name();
      tensors.put(
          name,
          new StoredTensor(
              file, name, entry.type(), entry.shape(), dataStart + entry.begin(), bytes.get(name)));
    }
    return Collections.unmodifiableMap(tensors);
  }

  private ByteBuffer bytes(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw damaged(file, "the file ended at byte " + (position + buffer.position()), null);
      }
    }
    return buffer.flip();
  }

  private void checkRanges(List<Entry> inOrder, long dataLength) {
    long end = 0;
    for (Entry entry : inOrder) {
      long length = length(entry);
      if (entry.begin() != end
          || entry.end() < end
          || entry.end() - end != length
          || entry.end() > dataLength) {
        throw damaged(
            file,
            "tensor '%s': expected %s bytes from byte %s of the data's %s, got offsets %s to %s"
                .formatted(entry.name(), length, end, dataLength, entry.begin(), entry.end()),
            null);
      }
      end = entry.end();
    }
    if (end != dataLength) {
      throw damaged(file, "expected %s bytes of data, got %s".formatted(end, dataLength), null);
    }
  }

  private long length(Entry entry) {
    long bits = entry.type().bits();
    try {
      for (long axis : entry.shape()) {
        bits = Math.multiplyExact(bits, axis);
      }
    } catch (ArithmeticException e) {
      throw damaged(file, "tensor '" + entry.name() + "': its sizes overflow", e);
    }
    if (bits % Byte.SIZE != 0) {
      throw damaged(
          file,
          "tensor '%s': expected whole bytes, got %s bits".formatted(entry.name(), bits),
          null);
    }
    return bits / Byte.SIZE;
  }

  /** The bytes of all tensors but those that are too large for a buffer. */
  private static Map<String, ByteBuffer> map(
      FileChannel channel, long dataStart, List<Entry> inOrder) throws IOException {
    Map<String, ByteBuffer> bytes = new HashMap<>();
    for (int first = 0, next; first < inOrder.size(); first = next) {
      long begin = inOrder.get(first).begin();
      next = first + 1;
      while (next < inOrder.size() && inOrder.get(next).end() - begin <= REGION_BYTES) {
        next++;
      }
      long length = inOrder.get(next - 1).end() - begin;
      if (length <= StoredTensor.MAX_BYTES) {
        ByteBuffer region = channel.map(FileChannel.MapMode.READ_ONLY, dataStart + begin, length);
        for (Entry entry : inOrder.subList(first, next)) {
          bytes.put(
              entry.name(),
              region.slice((int) (entry.begin() - begin), (int) (entry.end() - entry.begin())));
        }
      }
    }
    return bytes;
  }

  static ModelLoadException damaged(Path file, String what, @Nullable Throwable cause) {
    return new ModelLoadException(
        file + ": damaged, or no safetensors file: " + what + "; fetch or save it again", cause);
  }
}
