package io.github.attentive.djl.checkpoint;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.ParameterBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The 32-bit floats of a stored tensor. The view is that of the mapped file, converted where they
 * are of another width; a copy is read from the file straight into its target, so that what an
 * engine loads is in memory once.
 */
final class StoredFloats implements ParameterBytes {
  private static final int CONVERTED_AT_ONCE = 1 << 18;

  private final Path file;
  private final String name;
  private final StoredType type;
  private final long position;
  private final ByteBuffer mapped;

  StoredFloats(Path file, String name, StoredType type, long position, ByteBuffer mapped) {
    this.file = file;
    this.name = name;
    this.type = type;
    this.position = position;
    this.mapped = mapped;
  }

  @Override
  public ByteBuffer view() {
    return FloatConversion.toFloats(type, mapped);
  }

  @Override
  public void copyTo(ByteBuffer target) {
    long end = position + mapped.remaining();
    try (FileChannel channel = FileChannel.open(file)) {
      if (type == StoredType.F32) {
        ByteBuffer part = target.slice().limit(mapped.remaining());
        read(channel, part, position);
        target.position(target.position() + mapped.remaining());
        return;
      }
      for (long from = position; from < end; from += CONVERTED_AT_ONCE) {
        int length = (int) Math.min(CONVERTED_AT_ONCE, end - from);
        ByteBuffer part = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        read(channel, part, from);
        target.put(FloatConversion.toFloats(type, part.flip()));
      }
    } catch (IOException e) {
      throw new ModelLoadException(
          "%s: tensor '%s': cannot be read: %s".formatted(file, name, e), e);
    }
  }

  private void read(FileChannel channel, ByteBuffer part, long from) throws IOException {
    while (part.hasRemaining()) {
      if (channel.read(part, from + part.position()) < 0) {
        throw new ModelLoadException(
            "%s: tensor '%s': the file has become shorter since its header was read"
                .formatted(file, name));
      }
    }
  }
}
