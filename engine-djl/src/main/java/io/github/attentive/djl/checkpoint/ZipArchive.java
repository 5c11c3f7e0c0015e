package io.github.attentive.djl.checkpoint;

import io.github.attentive.ModelLoadException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A zip file that is read into memory entry by entry; nothing is unpacked to disk. Not thread-safe.
 */
public final class ZipArchive implements AutoCloseable {
  /** Entries at most; a saved model has a handful. */
  private static final int MAX_ENTRIES = 10_000;

  /** What a small archive may hold, whatever it was packed to. */
  private static final long SMALL = 64L << 20;

  /** How many times its packed size a large archive may hold: weights pack by a tenth at most. */
  private static final long LARGEST_RATIO = 4;

  private final Path file;
  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

  private ZipArchive(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  /**
   * Opens a file and checks the names and sizes of its entries.
   *
   * @param file a zip file
   * @return the archive
   * @throws ModelLoadException if it is missing, a Git LFS pointer, no zip file, or has an entry
   *     whose name leads out of it, that stands twice or that would hold more than is reasonable
   */
  public static ZipArchive open(Path file) {
    try {
      try (InputStream in = Files.newInputStream(file)) {
        GitLfsPointer.refuse(file, ByteBuffer.wrap(in.readNBytes(GitLfsPointer.LENGTH)));
      }
      ZipArchive archive = new ZipArchive(file, new ZipFile(file.toFile()));
      try {
        archive.readEntries(Files.size(file));
        return archive;
      } catch (RuntimeException | IOException e) {
        archive.close();
        throw e;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelLoadException(
          "%s: expected a zip file, got: %s; copy the file again"
              .formatted(file, Excerpt.of(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private void readEntries(long packed) {
    long most = Math.max(SMALL, packed * LARGEST_RATIO);
    long total = 0;
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      if (leadsOut(name)) {
        throw new ModelLoadException(
            "%s: entry '%s': expected a name within the archive; this file was not made by Keras"
                .formatted(file, Excerpt.of(name)));
      }
      if (entries.put(name, entry) != null || entries.size() > MAX_ENTRIES) {
        throw new ModelLoadException(
            "%s: entry '%s': expected different names, at most %s of them"
                .formatted(file, Excerpt.of(name), MAX_ENTRIES));
      }
      long size = entry.getSize();
      if (size < 0 || size > most - total) {
        throw new ModelLoadException(
            "%s: entry '%s': expected at most %s bytes in all, got more: an archive of %s bytes"
                    .formatted(file, Excerpt.of(name), most, packed)
                + " cannot hold weights of that size");
      }
      total += size;
    }
  }

  private static boolean leadsOut(String name) {
    return name.startsWith("/")
        || name.contains("\\")
        || name.contains(":")
        || List.of(name.split("/")).contains("..");
  }

  /**
   * The content of an entry.
   *
   * @param name its name
   * @return its bytes, or empty if there is none of that name
   * @throws ModelLoadException if it is damaged, or too large to be held
   */
  public Optional<byte[]> bytes(String name) {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      return Optional.empty();
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(Math.toIntExact(entry.getSize()));
      if (bytes.length != entry.getSize() || in.read() >= 0) {
        throw new IOException("expected %s bytes".formatted(entry.getSize()));
      }
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      if (checksum.getValue() != entry.getCrc()) {
        throw new IOException("its checksum is another");
      }
      return Optional.of(bytes);
    } catch (IOException | ArithmeticException | OutOfMemoryError e) {
      throw new ModelLoadException(
          "%s: entry '%s' of %s bytes cannot be read: %s; copy the file again"
              .formatted(file, Excerpt.of(name), entry.getSize(), e.getMessage()),
          e);
    }
  }

  /**
   * The content of an entry that is text.
   *
   * @param name its name
   * @return its text, or empty if there is none of that name
   * @throws ModelLoadException if it is damaged or not UTF-8
   */
  public Optional<String> text(String name) {
    return bytes(name)
        .map(
            bytes -> {
              try {
                return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
              } catch (CharacterCodingException e) {
                throw new ModelLoadException(
                    "%s: entry '%s': is not UTF-8".formatted(file, Excerpt.of(name)), e);
              }
            });
  }

  /**
   * The names of the entries.
   *
   * @return in the archive's order
   */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      // It was only read.
    }
  }
}
