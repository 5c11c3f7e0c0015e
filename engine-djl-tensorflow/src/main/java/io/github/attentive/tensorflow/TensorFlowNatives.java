package io.github.attentive.tensorflow;

import ai.djl.util.Utils;
import io.github.attentive.EngineUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Unpacks TensorFlow's libraries from the class path into a folder, once for all processes of this
 * machine.
 *
 * <p>The folder's name holds a checksum of what the jar holds, so that another build of the
 * libraries goes into another folder. Files are written into a folder beside it, under a lock that
 * other processes wait for, each is compared with the checksum in the jar, and the whole is moved
 * to its place at once: what is there is complete.
 */
final class TensorFlowNatives {
  /** Names another folder in place of {@code .djl.ai} in the home directory, as for DJL itself. */
  static final String CACHE_SETTING = "DJL_CACHE_DIR";

  /** The libraries that DJL 0.35.1 and TensorFlow-Java 1.0.0-rc.1 are made for. */
  static final String VERSION = "2.16.1";

  private static final String RESOURCES = "org/tensorflow/internal/c_api/";
  private static final int BUFFER = 1 << 20;

  private final Path cache;
  private final String platform;
  private final ClassLoader loader;

  /**
   * Takes where from and where to.
   *
   * @param cache the folder that holds the folders of all versions; made if missing
   * @param platform as the classifier of the jar has it
   * @param loader whose class path has the jar
   */
  TensorFlowNatives(Path cache, String platform, ClassLoader loader) {
    this.cache = cache;
    this.platform = platform;
    this.loader = loader;
  }

  /** The libraries of this machine's platform on this library's class path. */
  static TensorFlowNatives ofThisMachine() {
    return new TensorFlowNatives(
        Utils.getEngineCacheDir("tensorflow"),
        platform(System.getProperty("os.name", ""), System.getProperty("os.arch", "")),
        TensorFlowNatives.class.getClassLoader());
  }

  /** The classifier under which TensorFlow publishes its libraries for a platform. */
  static String platform(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String arch = osArch.toLowerCase(Locale.ROOT);
    String system =
        os.startsWith("mac") ? "macosx" : os.startsWith("windows") ? "windows" : "linux";
    boolean arm = arch.equals("aarch64") || arch.equals("arm64");
    return system + (arm ? "-arm64" : "-x86_64");
  }

  /**
   * The folder with the libraries; unpacks them if it is not there.
   *
   * @throws EngineUnavailableException if the class path has none for this platform, or they cannot
   *     be written
   */
  Path folder() {
    // Jars that were merged into one may have lost their entries for folders.
    URL resource =
        loader.getResource(
            RESOURCES + platform + "/" + System.mapLibraryName("jnitensorflow"));
    if (resource == null) {
      throw new EngineUnavailableException(
          "TensorFlow cannot start: expected its libraries for %s on the class path, got none; add"
                  .formatted(platform)
              + " org.tensorflow:tensorflow-core-native:1.0.0-rc.1 with the classifier %s, without"
                  .formatted(platform)
              + " its transitive dependencies, or name a folder with the libraries of TensorFlow "
              + VERSION
              + " in TENSORFLOW_LIBRARY_PATH");
    }
    try {
      URLConnection connection = resource.openConnection();
      if (!(connection instanceof JarURLConnection jarConnection)) {
        return Path.of(resource.toURI()).getParent();
      }
      // A jar of its own: one that is shared might be closed by someone else.
      jarConnection.setUseCaches(false);
      try (JarFile jar = jarConnection.getJarFile()) {
        return folder(jar);
      }
    } catch (IOException | URISyntaxException e) {
      throw new EngineUnavailableException(
          "TensorFlow cannot start: its libraries cannot be unpacked into %s: %s; expected a folder"
                  .formatted(cache, e)
              + " that can be written and has 700 MB free; name another with the environment"
              + " variable or system property "
              + CACHE_SETTING,
          e);
    }
  }

  private Path folder(JarFile jar) throws IOException {
    List<JarEntry> libraries = libraries(jar);
    Path folder = cache.resolve("%s-%s-%s".formatted(VERSION, platform, checksum(libraries)));
    if (isComplete(folder, libraries)) {
      return folder;
    }
    Files.createDirectories(cache);
    Path lockFile = cache.resolve(folder.getFileName() + ".lock");
    // Threads of this process have to wait for each other by other means than the file's lock.
    synchronized (TensorFlowNatives.class) {
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !isComplete(folder, libraries)) {
          unpack(jar, libraries, folder);
        }
      }
    }
    return folder;
  }

  private List<JarEntry> libraries(JarFile jar) {
    List<JarEntry> libraries = new ArrayList<>();
    String prefix = RESOURCES + platform + "/";
    for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
      JarEntry entry = all.nextElement();
      String name = entry.getName();
      if (name.startsWith(prefix) && !entry.isDirectory() && isLibrary(fileName(entry))) {
        libraries.add(entry);
      }
    }
    return libraries;
  }

  private static boolean isLibrary(String name) {
    return name.matches("[\\w.-]+\\.(so|dylib|dll|lib)(\\.[\\w.]+)?");
  }

  private static String fileName(JarEntry entry) {
    return entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
  }

  /** One of names, sizes and checksums together. */
  private static String checksum(List<JarEntry> libraries) {
    CRC32 all = new CRC32();
    libraries.stream()
        .map(entry -> "%s %s %s\n".formatted(fileName(entry), entry.getSize(), entry.getCrc()))
        .sorted()
        .forEach(line -> all.update(line.getBytes(StandardCharsets.UTF_8)));
    return Long.toHexString(all.getValue());
  }

  /** What is there was compared when it was written; sizes tell whether someone cut it since. */
  private static boolean isComplete(Path folder, List<JarEntry> libraries) throws IOException {
    for (JarEntry entry : libraries) {
      Path file = folder.resolve(fileName(entry));
      if (!Files.isRegularFile(file) || Files.size(file) != entry.getSize()) {
        return false;
      }
    }
    return true;
  }

  private void unpack(JarFile jar, List<JarEntry> libraries, Path folder) throws IOException {
    Path unfinished = cache.resolve(folder.getFileName() + ".part");
    try {
      // What a process that was killed has left.
      delete(unfinished);
      Files.createDirectories(unfinished);
      for (JarEntry entry : libraries) {
        copy(jar, entry, unfinished.resolve(fileName(entry)));
      }
      delete(folder);
      move(unfinished, folder);
    } finally {
      delete(unfinished);
    }
  }

  private static void copy(JarFile jar, JarEntry entry, Path file) throws IOException {
    CRC32 written = new CRC32();
    try (InputStream in = jar.getInputStream(entry);
        OutputStream out = new CheckedOutputStream(Files.newOutputStream(file), written)) {
      byte[] buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
      }
    }
    if (written.getValue() != entry.getCrc()) {
      throw new IOException(
          "%s in %s: expected checksum %s, got %s: the jar is damaged"
              .formatted(
                  entry.getName(),
                  jar.getName(),
                  Long.toHexString(entry.getCrc()),
                  Long.toHexString(written.getValue())));
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException e) {
      throw new IOException("cannot be moved to " + to + ": " + e, e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
