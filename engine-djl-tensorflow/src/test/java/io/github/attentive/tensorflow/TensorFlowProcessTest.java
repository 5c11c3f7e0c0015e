package io.github.attentive.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.contract.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for a whole process whose cache was empty: where files are, and what is printed. */
class TensorFlowProcessTest {
  @TempDir private static Path folder;

  private static Path model;
  private static ChildJvm.Printed first;

  /** The one process that unpacks. */
  @BeforeAll
  static void start() throws Exception {
    model = SharedFixtures.path("hf/bert");
    for (String name : List.of("home", "temporary", "first", "second")) {
      Files.createDirectory(folder.resolve(name));
    }
    first = child("first").run(model.toString());
  }

  private static ChildJvm child(String prints) {
    return new ChildJvm(ClassifyMain.class, folder.resolve(prints))
        .options(
            List.of(
                // What is printed now went past the logger.
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-DDJL_CACHE_DIR=" + folder.resolve("cache"),
                "-Duser.home=" + folder.resolve("home"),
                "-Djava.io.tmpdir=" + folder.resolve("temporary")));
  }

  private static Path unpacked() throws IOException {
    try (Stream<Path> folders = Files.list(folder.resolve("cache/tensorflow"))) {
      return folders.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> !Files.isDirectory(file))
          .map(file -> directory.relativize(file).toString())
          .toList();
    }
  }

  @Test
  void nothingIsPrintedAndNothingIsLeftOfTheStart() {
    assertThat(first.err()).isEmpty();
    assertThat(first.out())
        .containsExactly(
            "label Negative",
            "TENSORFLOW_LIBRARY_PATH null",
            "org.bytedeco.javacpp.pathsfirst null",
            "org.bytedeco.javacpp.cachedir null");
  }

  @Test
  void nothingIsWrittenOutsideOfTheCache() throws IOException {
    assertThat(files(folder.resolve("home"))).isEmpty();
    assertThat(folder.resolve("home/.javacpp")).doesNotExist();
    assertThat(files(folder.resolve("temporary"))).isEmpty();
    assertThat(files(unpacked())).contains("libtensorflow_cc.so.2", FakeLibraries.JNI);
  }

  @Test
  void theHostsOwnSettingsStay() throws Exception {
    String libraries = unpacked().toString();
    ChildJvm.Printed second =
        child("second")
            .options(
                List.of(
                    "-DTENSORFLOW_LIBRARY_PATH=" + libraries,
                    "-DDJL_CACHE_DIR=" + folder.resolve("second/cache"),
                    "-Dorg.bytedeco.javacpp.pathsfirst=true"))
            .environment("TF_CPP_MIN_LOG_LEVEL", "0")
            .run(model.toString());
    assertThat(second.err()).anyMatch(line -> line.contains("tensorflow/"));
    assertThat(second.out())
        .containsExactly(
            "label Negative",
            "TENSORFLOW_LIBRARY_PATH " + libraries,
            "org.bytedeco.javacpp.pathsfirst true",
            "org.bytedeco.javacpp.cachedir null");
    assertThat(files(folder.resolve("second/cache")))
        .noneMatch(file -> file.contains("tensorflow"));
  }
}
