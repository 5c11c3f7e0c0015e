package io.github.attentive.djl.checkpoint;

import io.github.attentive.ModelLoadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text file of a model: UTF-8 or refused. */
public final class TextFile {
  private TextFile() {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @param maxBytes what it may have at most, looked at before it is read
   * @return its text
   * @throws ModelLoadException if it is missing, too large, a Git LFS pointer, not UTF-8, or cannot
   *     be read
   */
  public static String read(Path file, long maxBytes) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new ModelLoadException(
            file + ": is missing; expected a file of that name in the model directory");
      }
      long size = Files.size(file);
      if (size > maxBytes) {
        throw new ModelLoadException(
            "%s: expected at most %s bytes, got %s".formatted(file, maxBytes, size));
      }
      ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file));
      GitLfsPointer.refuse(file, content);
      return StandardCharsets.UTF_8.newDecoder().decode(content).toString();
    } catch (CharacterCodingException e) {
      throw new ModelLoadException(file + ": is not UTF-8", e);
    } catch (IOException e) {
      throw new ModelLoadException(file + ": cannot be read: " + e, e);
    }
  }
}
