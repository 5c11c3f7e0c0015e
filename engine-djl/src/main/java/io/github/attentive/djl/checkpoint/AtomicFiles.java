package io.github.attentive.djl.checkpoint;

import io.github.attentive.ModelLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file beside its place and moves it there, so that no one ever reads half of it. */
public final class AtomicFiles {
  private AtomicFiles() {}

  /**
   * Writes a file, replacing one of that name.
   *
   * @param file where
   * @param content what
   * @throws ModelLoadException if it cannot be written
   */
  public static void write(Path file, byte[] content) {
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    try {
      try {
        Files.write(unfinished, content);
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
}
