package io.github.attentive.djl.checkpoint;

import io.github.attentive.ModelLoadException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What Git leaves in place of a large file when it was cloned without Git LFS. */
public final class GitLfsPointer {
  private static final byte[] START =
      "version https://git-lfs.github.com/spec/v1".getBytes(StandardCharsets.US_ASCII);

  /** How many bytes of a file tell. */
  public static final int LENGTH = START.length;

  private GitLfsPointer() {}

  /**
   * Refuses a file that starts as a pointer does.
   *
   * @param file to be named
   * @param start its first bytes; the position stays
   * @throws ModelLoadException if it is a pointer, with what to do about it
   */
  public static void refuse(Path file, ByteBuffer start) {
    if (start.remaining() >= LENGTH && start.slice().limit(LENGTH).equals(ByteBuffer.wrap(START))) {
      throw new ModelLoadException(
          file
              + ": expected the file itself, got the Git LFS pointer to it;"
              + " run `git lfs pull` in its directory, or download the file");
    }
  }
}
