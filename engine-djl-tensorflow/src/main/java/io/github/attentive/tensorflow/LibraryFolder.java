package io.github.attentive.tensorflow;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipException;

/**
 * A folder with files of a jar, unpacked once for all processes of a machine.
 *
 * <p>Files are written into a folder beside it, under a lock that others wait for, each is compared
 * with the checksum in the jar, and the whole is moved to its place at once: what is there is
 * complete. A complete folder is only read.
 */
final class LibraryFolder {
  private static final int BUFFER = 1 << 20;
  private static final long WAIT_MILLISECONDS = 20;

  private final JarFile jar;
  private final List<JarEntry> entries;
  private final Path folder;

  /**
   * Takes where from and where to.
   *
   * @param jar left open
   * @param entries of the jar, whose file names differ
   * @param folder its name, that of the lock and that of the unfinished folder start alike
   */
  LibraryFolder(JarFile jar, List<JarEntry> entries, Path folder) {
    this.jar = jar;
    this.entries = entries;
    this.folder = folder;
  }

  /** The name of an entry without its path, by which it is unpacked. */
  static String fileName(JarEntry entry) {
    return entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
  }

  /**
   * The folder; unpacks it if it is not complete.
   *
   * @throws ZipException if the jar is damaged
   * @throws FileLockInterruptionException if the thread is interrupted while it waits for another
   * @throws IOException if it cannot be written
   */
  Path unpacked() throws IOException {
    if (isComplete()) {
      return folder;
    }
    Path parent = folder.getParent();
    // Java 17 takes no link for a directory that it is to create.
    if (!Files.isDirectory(parent)) {
      Files.createDirectories(parent);
    }
    try (FileChannel channel =
            FileChannel.open(beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      if (lock.isValid() && !isComplete()) {
        unpack();
      }
    }
    return folder;
  }

  private Path beside(String end) {
    return folder.resolveSibling(folder.getFileName() + end);
  }

  /** Waits for other processes, and for other threads, whichever class loader they came from. */
  private static FileLock lock(FileChannel channel) throws IOException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException e) {
        try {
          Thread.sleep(WAIT_MILLISECONDS);
        } catch (InterruptedException interruption) {
          Thread.currentThread().interrupt();
          throw new FileLockInterruptionException();
        }
      }
    }
  }

  /** What is there was compared when it was written; sizes tell whether someone cut it since. */
  private boolean isComplete() throws IOException {
    for (JarEntry entry : entries) {
      Path file = folder.resolve(fileName(entry));
      if (!Files.isRegularFile(file) || Files.size(file) != entry.getSize()) {
        return false;
      }
    }
    return true;
  }

  private void unpack() throws IOException {
    Path unfinished = beside(".part");
    // What a process that was killed has left.
    delete(unfinished);
    try {
      Files.createDirectory(unfinished);
      for (JarEntry entry : entries) {
        copy(entry, unfinished.resolve(fileName(entry)));
      }
      delete(folder);
      move(unfinished);
    } catch (IOException e) {
      try {
        delete(unfinished);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private void copy(JarEntry entry, Path file) throws IOException {
    CRC32 written = new CRC32();
    try (InputStream in = jar.getInputStream(entry);
        OutputStream out = new CheckedOutputStream(Files.newOutputStream(file), written)) {
      byte[] buffer = new byte[BUFFER];
      for (int count = read(in, entry, buffer); count >= 0; count = read(in, entry, buffer)) {
        out.write(buffer, 0, count);
      }
    }
    if (written.getValue() != entry.getCrc()) {
      throw damaged(
          entry,
          "checksum %s, got %s"
              .formatted(Long.toHexString(entry.getCrc()), Long.toHexString(written.getValue())));
    }
  }

  private int read(InputStream in, JarEntry entry, byte[] buffer) throws IOException {
    try {
      return in.read(buffer);
    } catch (ZipException | EOFException e) {
      throw damaged(entry, "%s bytes, got: %s".formatted(entry.getSize(), e.getMessage()));
    }
  }

  private ZipException damaged(JarEntry entry, String mismatch) {
    return new ZipException(
        "%s in %s: expected %s".formatted(entry.getName(), jar.getName(), mismatch));
  }

  private void move(Path from) throws IOException {
    try {
      Files.move(from, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // On a network's disk a lock may not hold; then another process was faster.
      if (!isComplete()) {
        throw e;
      }
      delete(from);
    }
  }

  /** Deletes a file, or a folder with all that lies in it; links are not followed. */
  private static void delete(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
