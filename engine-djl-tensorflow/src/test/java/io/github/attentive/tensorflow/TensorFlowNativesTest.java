package io.github.attentive.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.EngineUnavailableException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where libraries are looked for, and what is said where they are not to be had. */
class TensorFlowNativesTest {
  @TempDir Path folder;

  private Path cache;

  @BeforeEach
  void nameTheCache() {
    cache = folder.resolve("cache/tensorflow");
  }

  private Path unpack(Path jarOrFolder) throws IOException {
    try (URLClassLoader loader = FakeLibraries.loader(jarOrFolder)) {
      return new TensorFlowNatives(cache, FakeLibraries.PLATFORM, loader).folder();
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void librariesOfThePlatformAreUnpackedAndNothingElse() throws IOException {
    Path unpacked = unpack(FakeLibraries.jar(folder.resolve("a.jar"), 1, ZipEntry.DEFLATED));
    assertThat(unpacked.getFileName().toString()).matches("2\\.16\\.1-linux-x86_64-[0-9a-f]+");
    assertThat(names(unpacked)).containsExactly(FakeLibraries.JNI, FakeLibraries.LARGE);
    assertThat(unpacked.resolve(FakeLibraries.LARGE))
        .hasBinaryContent(FakeLibraries.bytes(FakeLibraries.LARGE_SIZE, 1));
    assertThat(names(cache))
        .containsExactly(
            unpacked.getFileName().toString(), unpacked.getFileName().toString() + ".lock");
    assertThat(names(folder)).containsExactly("a.jar", "cache");
  }

  @Test
  void equalJarsShareAFolderAndOthersDoNot() throws IOException {
    Path first = unpack(FakeLibraries.jar(folder.resolve("a.jar"), 1, ZipEntry.DEFLATED));
    Path stored = FakeLibraries.jar(folder.resolve("b.jar"), 1, ZipEntry.STORED);
    assertThat(unpack(stored)).isEqualTo(first);
    Path other = FakeLibraries.jar(folder.resolve("c.jar"), 2, ZipEntry.DEFLATED);
    assertThat(unpack(other)).isNotEqualTo(first);
    assertThat(first.resolve(FakeLibraries.JNI)).hasBinaryContent(FakeLibraries.bytes(1000, 1));
  }

  @Test
  void librariesForGraphicsCardsArePreferred() throws IOException {
    Path usual = FakeLibraries.jar(folder.resolve("a.jar"), 1, ZipEntry.DEFLATED);
    Path graphics =
        FakeLibraries.jar(
            folder.resolve("b.jar"), FakeLibraries.PLATFORM + "-gpu", 2, ZipEntry.DEFLATED);
    URL[] both = {usual.toUri().toURL(), graphics.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(both, null)) {
      Path unpacked = new TensorFlowNatives(cache, FakeLibraries.PLATFORM, loader).folder();
      assertThat(unpacked.getFileName().toString()).startsWith("2.16.1-linux-x86_64-gpu-");
      assertThat(unpacked.resolve(FakeLibraries.JNI))
          .hasBinaryContent(FakeLibraries.bytes(1000, 2));
    }
  }

  @Test
  void aFolderOnTheClassPathIsUsedAsItIs() throws IOException {
    Path libraries = Files.createDirectories(folder.resolve("classes/" + FakeLibraries.FOLDER));
    Files.write(libraries.resolve(FakeLibraries.JNI), new byte[1]);
    assertThat(unpack(folder.resolve("classes"))).isEqualTo(libraries);
    assertThat(cache).doesNotExist();
  }

  @Test
  void otherOriginsAreNamed() throws MalformedURLException {
    URL elsewhere = new URL("http://127.0.0.1:9/lib");
    ClassLoader loader =
        new ClassLoader(null) {
          @Override
          public URL getResource(String name) {
            return elsewhere;
          }
        };
    TensorFlowNatives natives = new TensorFlowNatives(cache, FakeLibraries.PLATFORM, loader);
    assertThatThrownBy(natives::folder)
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessage(
            "TensorFlow cannot start: expected its libraries in a jar or a folder, got"
                + " http://127.0.0.1:9/lib; name a folder with them in TENSORFLOW_LIBRARY_PATH");
  }

  @Test
  void whatToAddIsSaidWhereThePlatformHasNone() throws IOException {
    Path jar = FakeLibraries.jar(folder.resolve("a.jar"), 1, ZipEntry.DEFLATED);
    try (URLClassLoader loader = FakeLibraries.loader(jar)) {
      assertThatThrownBy(() -> new TensorFlowNatives(cache, "linux-arm64", loader).folder())
          .isInstanceOf(EngineUnavailableException.class)
          .hasMessage(
              "TensorFlow cannot start: expected its libraries for linux-arm64 on the class path,"
                  + " got none; add org.tensorflow:tensorflow-core-native:1.0.0-rc.1 with the"
                  + " classifier linux-arm64, without its transitive dependencies, or name a folder"
                  + " with the libraries of TensorFlow 2.16.1 in TENSORFLOW_LIBRARY_PATH");
    }
    assertThat(cache).doesNotExist();
  }

  /** Its directory is at the end, so that no class loader sees what else it has. */
  @Test
  void aJarCutShortHasNothing() throws IOException {
    Path jar = FakeLibraries.jar(folder.resolve("a.jar"), 1, ZipEntry.DEFLATED);
    byte[] whole = Files.readAllBytes(jar);
    Files.write(jar, java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> unpack(jar))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("got none");
  }

  @ParameterizedTest
  @ValueSource(ints = {ZipEntry.DEFLATED, ZipEntry.STORED})
  void aDamagedJarIsNoticedAndLeavesNothing(int method) throws IOException {
    Path jar = FakeLibraries.jar(folder.resolve("a.jar"), 1, method);
    byte[] whole = Files.readAllBytes(jar);
    byte[] damaged = whole.clone();
    damaged[1_500_000] ^= 0x55;
    Files.write(jar, damaged);
    assertThatThrownBy(() -> unpack(jar))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageStartingWith("TensorFlow cannot start: the jar with its libraries is damaged: ")
        .hasMessageContainingAll(FakeLibraries.LARGE, jar.toString())
        .hasMessageEndingWith("; fetch it anew");
    assertThat(names(cache)).singleElement().asString().endsWith(".lock");
    Files.write(jar, whole);
    assertThat(names(unpack(jar))).hasSize(2);
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamedWithWhatToDo() throws IOException {
    Path jar = FakeLibraries.jar(folder.resolve("a.jar"), 1, ZipEntry.DEFLATED);
    Path file = Files.createFile(folder.resolve("file"));
    for (Path unusable : List.of(file, file.resolve("tensorflow"), Path.of("/proc/attentive"))) {
      cache = unusable;
      assertThatThrownBy(() -> unpack(jar))
          .isInstanceOf(EngineUnavailableException.class)
          .hasMessageStartingWith(
              "TensorFlow cannot start: its libraries cannot be unpacked into " + unusable + ": ")
          .hasMessageEndingWith(
              "; expected a folder that can be written and has 700 MB free (1.2 GB for graphics cards); name another with the"
                  + " environment variable or system property DJL_CACHE_DIR");
    }
    cache = folder.resolve("a" + java.io.File.pathSeparator + "b");
    assertThatThrownBy(() -> unpack(jar))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("its name has a '" + java.io.File.pathSeparator + "'");
  }

  @Test
  void theSettingThatDecidesIsTheOneNamed() throws IOException {
    Path jar = FakeLibraries.jar(folder.resolve("a.jar"), 1, ZipEntry.DEFLATED);
    cache = Files.createFile(folder.resolve("file"));
    System.setProperty("ENGINE_CACHE_DIR", cache.toString());
    try {
      assertThatThrownBy(() -> unpack(jar)).hasMessageEndingWith(" ENGINE_CACHE_DIR");
    } finally {
      System.clearProperty("ENGINE_CACHE_DIR");
    }
  }

  @Test
  void aRelativeCacheGivesAnAbsoluteFolder() throws IOException {
    Path jar = FakeLibraries.jar(folder.resolve("a.jar"), 1, ZipEntry.DEFLATED);
    cache = Path.of("").toAbsolutePath().relativize(folder.resolve("relative"));
    assertThat(unpack(jar)).isAbsolute();
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-x86_64",
    "Linux, aarch64, linux-arm64",
    "Linux, s390x, linux-s390x",
    "Linux, i386, linux-i386",
    "Mac OS X, x86_64, macosx-x86_64",
    "Mac OS X, aarch64, macosx-arm64",
    "Windows 11, amd64, windows-x86_64",
    "Windows Server 2022, x64, windows-x86_64",
    "FreeBSD, amd64, freebsd-x86_64",
  })
  void platformsHaveTheNamesOfTheClassifiers(String osName, String osArch, String classifier) {
    assertThat(TensorFlowNatives.platform(osName, osArch)).isEqualTo(classifier);
  }
}
