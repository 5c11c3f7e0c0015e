package io.github.attentive.tensorflow;

import ai.djl.util.Utils;
import io.github.attentive.EngineUnavailableException;
import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileLockInterruptionException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/**
 * TensorFlow's libraries: finds them on the class path, and has them unpacked into a folder whose
 * name holds a checksum of what the jar holds, so that another build goes into another folder.
 */
final class TensorFlowNatives {
  /** The libraries that DJL 0.35.1 and TensorFlow-Java 1.0.0-rc.1 are made for. */
  static final String VERSION = "2.16.1";

  /** Names a folder with the libraries, in place of those on the class path, as for DJL. */
  static final String LIBRARY_PATH = "TENSORFLOW_LIBRARY_PATH";

  /** Name another folder in place of {@code .djl.ai} in the home directory, the first one first. */
  private static final List<String> CACHE_SETTINGS = List.of("ENGINE_CACHE_DIR", "DJL_CACHE_DIR");

  private static final String RESOURCES = "org/tensorflow/internal/c_api/";
  private static final String CANNOT_START = "TensorFlow cannot start: ";

  /** The end of the classifier of libraries that compute on graphics cards, too. */
  private static final String GRAPHICS = "-gpu";

  private final Path cache;
  private final String platform;
  private final ClassLoader loader;

  /**
   * Takes where from and where to.
   *
   * @param cache the folder that holds the folders of all versions; made if missing
   * @param platform as the classifier of the jar has it, but for the end of {@link #GRAPHICS}
   * @param loader whose class path has the jar
   */
  TensorFlowNatives(Path cache, String platform, ClassLoader loader) {
    this.cache = cache.toAbsolutePath();
    this.platform = platform;
    this.loader = loader;
  }

  /** The libraries of this machine's platform on this library's class path. */
  static TensorFlowNatives ofThisMachine() {
    return new TensorFlowNatives(
        cache(),
        platform(System.getProperty("os.name", ""), System.getProperty("os.arch", "")),
        TensorFlowNatives.class.getClassLoader());
  }

  /** The folder that DJL keeps TensorFlow's libraries in. */
  static Path cache() {
    return Utils.getEngineCacheDir("tensorflow").toAbsolutePath();
  }

  /** The classifier under which TensorFlow publishes its libraries for a platform. */
  static String platform(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String system =
        os.startsWith("mac")
            ? "macosx"
            : os.startsWith("windows") ? "windows" : os.replace(" ", "");
    String architecture =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64", "x64" -> "x86_64";
          case "aarch64", "arm64" -> "arm64";
          default -> osArch.toLowerCase(Locale.ROOT);
        };
    return system + "-" + architecture;
  }

  /**
   * The folder with the libraries; unpacks them if it is not there. Those for graphics cards are
   * preferred.
   *
   * @throws EngineUnavailableException if the class path has none for this platform, the jar is
   *     damaged, or they cannot be written
   */
  Path folder() {
    for (String variant : List.of(platform + GRAPHICS, platform)) {
      String jni = RESOURCES + variant + "/" + System.mapLibraryName("jnitensorflow");
      // Jars that were merged into one may have lost their entries for folders.
      URL resource = loader.getResource(jni);
      if (resource != null) {
        return folder(resource, variant);
      }
    }
    throw new EngineUnavailableException(
        CANNOT_START
            + "expected its libraries for %s on the class path, got none; add".formatted(platform)
            + " org.tensorflow:tensorflow-core-native:1.0.0-rc.1 with the classifier %s, without"
                .formatted(platform)
            + " its transitive dependencies, or name a folder with the libraries of TensorFlow "
            + VERSION
            + " in "
            + LIBRARY_PATH);
  }

  private Path folder(URL resource, String variant) {
    try {
      URLConnection connection = resource.openConnection();
      if (!(connection instanceof JarURLConnection jarConnection)) {
        return folderOf(resource);
      }
      // A jar of its own: one that is shared might be closed by someone else.
      jarConnection.setUseCaches(false);
      try (JarFile jar = jarConnection.getJarFile()) {
        return folder(jar, variant);
      }
    } catch (ZipException e) {
      throw new EngineUnavailableException(
          CANNOT_START
              + "the jar with its libraries is damaged: %s; fetch it anew"
                  .formatted(e.getMessage()),
          e);
    } catch (FileLockInterruptionException e) {
      throw new EngineUnavailableException(
          CANNOT_START
              + "the thread was interrupted while it waited for another one, or another process, to"
              + " unpack the libraries into %s; try again".formatted(cache),
          e);
    } catch (IOException e) {
      throw new EngineUnavailableException(
          CANNOT_START
              + "its libraries cannot be unpacked into %s: %s; expected a folder"
                  .formatted(cache, e)
              + " that can be written and has 700 MB free (1.2 GB for graphics cards); name another with the environment"
              + " variable or system property "
              + cacheSetting(),
          e);
    }
  }

  private static Path folderOf(URL resource) {
    try {
      return Path.of(resource.toURI()).toFile().getParentFile().toPath();
    } catch (URISyntaxException
        | IllegalArgumentException
        | FileSystemNotFoundException
        | UnsupportedOperationException e) {
      throw new EngineUnavailableException(
          CANNOT_START
              + "expected its libraries in a jar or a folder, got %s; name a folder with them in "
                  .formatted(resource)
              + LIBRARY_PATH,
          e);
    }
  }

  /** The one that decides now, or the usual one. */
  private static String cacheSetting() {
    return CACHE_SETTINGS.stream()
        .filter(name -> Utils.getEnvOrSystemProperty(name) != null)
        .findFirst()
        .orElse(CACHE_SETTINGS.get(CACHE_SETTINGS.size() - 1));
  }

  private Path folder(JarFile jar, String variant) throws IOException {
    List<JarEntry> libraries = libraries(jar, RESOURCES + variant + "/");
    Path folder = cache.resolve("%s-%s-%s".formatted(VERSION, variant, checksum(libraries)));
    // DJL takes a list of folders.
    if (folder.toString().contains(File.pathSeparator)) {
      throw new IOException("its name has a '%s'".formatted(File.pathSeparator));
    }
    return new LibraryFolder(jar, libraries, folder).unpacked();
  }

  private static List<JarEntry> libraries(JarFile jar, String prefix) {
    List<JarEntry> libraries = new ArrayList<>();
    for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
      JarEntry entry = all.nextElement();
      String name = LibraryFolder.fileName(entry);
      if (entry.getName().equals(prefix + name) && isLibrary(name)) {
        libraries.add(entry);
      }
    }
    return libraries;
  }

  private static boolean isLibrary(String name) {
    return name.matches("[\\w.-]+\\.(so|dylib|dll|lib)(\\.[\\w.]+)?");
  }

  /** One of names, sizes and checksums together. */
  private static String checksum(List<JarEntry> libraries) {
    CRC32 all = new CRC32();
    libraries.stream()
        .map(
            entry ->
                "%s %s %s\n"
                    .formatted(LibraryFolder.fileName(entry), entry.getSize(), entry.getCrc()))
        .sorted()
        .forEach(line -> all.update(line.getBytes(StandardCharsets.UTF_8)));
    return Long.toHexString(all.getValue());
  }
}
