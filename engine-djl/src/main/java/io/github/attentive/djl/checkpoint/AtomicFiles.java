package io.github.attentive.djl.checkpoint;

import io.github.attentive.ModelLoadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file beside its place and moves it there, so that no one ever reads half of it. */
public final class AtomicFiles {
  /** A channel copies the arrays it is given, all at once. */
  private static final int BLOCK = 1 << 20;

  private AtomicFiles() {}

  /** What a file is to hold, written piece by piece. */
  @FunctionalInterface
  public interface Content {

    /**
     * Writes all of it.
     *
     * @param file where to; left open
     * @throws IOException if it cannot be written
     */
    void writeTo(WritableByteChannel file) throws IOException;
  }

  /**
   * Writes a file, replacing one of that name.
   *
   * @param file where
   * @param content what
   * @throws ModelLoadException if it cannot be written
   */
  public static void write(Path file, byte[] content) {
    write(file, channel -> writeAll(channel, ByteBuffer.wrap(content)));
  }

  /**
   * Writes a file piece by piece, replacing one of that name when it is whole.
   *
   * @param file where
   * @param content what
   * @throws ModelLoadException if it cannot be written
   */
  public static void write(Path file, Content content) {
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    try {
      try {
        try (FileChannel channel =
            FileChannel.open(
                unfinished,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
          content.writeTo(channel);
        }
        Files.move(
            unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        // After a failure; the move takes it along.
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw new ModelLoadException(file + ": cannot be written: " + e, e);
    }
  }

  /**
   * Writes all of a buffer, a block at a time.
   *
   * @param channel where to
   * @param bytes what; its position is at its limit then
   * @throws IOException if it cannot be written
   */
  public static void writeAll(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(Math.min(end - bytes.position(), BLOCK) + bytes.position());
      channel.write(bytes);
    }
  }
}
