package io.github.attentive.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.EngineUnavailableException;
import io.github.attentive.djl.contract.ChildJvm;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A folder that many unpack, that some cut short, and that not all may write. */
class LibraryFolderTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path folder;

  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private Path cache;
  private Path jar;

  @BeforeEach
  void writeTheJar() throws IOException {
    cache = folder.resolve("cache");
    jar = FakeLibraries.jar(folder.resolve("libraries.jar"), 1, ZipEntry.DEFLATED);
  }

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  private Path unpack() throws IOException {
    try (URLClassLoader loader = FakeLibraries.loader(jar)) {
      return new TensorFlowNatives(cache, FakeLibraries.PLATFORM, loader).folder();
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void assertWhole(Path unpacked) throws IOException {
    assertThat(names(unpacked)).containsExactly(FakeLibraries.JNI, FakeLibraries.LARGE);
    assertThat(unpacked.resolve(FakeLibraries.LARGE))
        .hasBinaryContent(FakeLibraries.bytes(FakeLibraries.LARGE_SIZE, 1));
    assertThat(names(unpacked.getParent())).noneMatch(name -> name.endsWith(".part"));
  }

  private static Path lockOf(Path unpacked) {
    return unpacked.resolveSibling(unpacked.getFileName() + ".lock");
  }

  @Test
  void aCompleteFolderIsOnlyRead() throws IOException {
    Path unpacked = unpack();
    Path library = unpacked.resolve(FakeLibraries.LARGE);
    Files.setLastModifiedTime(library, LONG_AGO);
    Files.delete(lockOf(unpacked));
    Files.setLastModifiedTime(cache, LONG_AGO);
    assertThat(unpack()).isEqualTo(unpacked);
    assertThat(Files.getLastModifiedTime(library)).isEqualTo(LONG_AGO);
    assertThat(Files.getLastModifiedTime(cache)).isEqualTo(LONG_AGO);
    assertThat(lockOf(unpacked)).doesNotExist();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whoMayOnlyReadUsesWhatIsThere() throws IOException {
    Path unpacked = unpack();
    assertThat(cache.toFile().setWritable(false)).isTrue();
    try {
      Assumptions.assumeFalse(Files.isWritable(cache), "the administrator may write everywhere");
      assertThat(unpack()).isEqualTo(unpacked);
      jar = FakeLibraries.jar(folder.resolve("other.jar"), 2, ZipEntry.DEFLATED);
      assertThatThrownBy(this::unpack)
          .isInstanceOf(EngineUnavailableException.class)
          .hasMessageContainingAll(cache.toString(), "AccessDenied", "DJL_CACHE_DIR");
    } finally {
      assertThat(cache.toFile().setWritable(true)).isTrue();
    }
  }

  @Test
  void whatWasCutOrLostIsReplaced() throws IOException {
    Path unpacked = unpack();
    Path large = unpacked.resolve(FakeLibraries.LARGE);
    Files.write(large, new byte[17]);
    assertWhole(unpack());
    Files.delete(unpacked.resolve(FakeLibraries.JNI));
    assertWhole(unpack());
    Files.delete(large);
    Files.createDirectories(large.resolve("unexpected/folder"));
    Files.createFile(large.resolve("unexpected/file"));
    assertWhole(unpack());
    for (String name : names(unpacked)) {
      Files.delete(unpacked.resolve(name));
    }
    Files.delete(unpacked);
    Files.createFile(unpacked);
    assertWhole(unpack());
  }

  @Test
  void whatAKilledProcessLeftIsRemoved() throws IOException {
    Path unpacked = unpack();
    Path unfinished = unpacked.resolveSibling(unpacked.getFileName() + ".part");
    Files.move(unpacked, unfinished);
    Files.write(unfinished.resolve(FakeLibraries.LARGE), new byte[17]);
    Files.createDirectories(unfinished.resolve("unexpected/folder"));
    assertWhole(unpack());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linksAreNotFollowedWhereSomethingIsDeleted() throws IOException {
    Path unpacked = unpack();
    Path kept = Files.createFile(Files.createDirectory(folder.resolve("other")).resolve("kept"));
    Path unfinished = unpacked.resolveSibling(unpacked.getFileName() + ".part");
    Files.createSymbolicLink(unfinished, kept.getParent());
    Files.delete(unpacked.resolve(FakeLibraries.LARGE));
    Files.createSymbolicLink(unpacked.resolve("link"), kept.getParent());
    assertWhole(unpack());
    assertThat(kept).exists();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aCacheMayBeALink() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.createSymbolicLink(cache, other);
    assertWhole(unpack());
    assertThat(names(other)).hasSize(2);
    assertWhole(unpack());
  }

  @Test
  void threadsThatRaceGetTheSameWholeFolder() throws Exception {
    List<Future<Path>> results = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      results.add(threads.submit(this::unpack));
    }
    for (Future<Path> result : results) {
      assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo(results.get(0).get());
    }
    assertWhole(results.get(0).get());
  }

  /** As another copy of this library would, in another application of the same server. */
  private FileLock lock() throws IOException {
    Path unpacked = unpack();
    Files.delete(unpacked.resolve(FakeLibraries.JNI));
    return FileChannel.open(lockOf(unpacked), StandardOpenOption.WRITE).lock();
  }

  @Test
  void aLockOfThisJvmIsWaitedFor() throws Exception {
    Future<Path> waiting;
    FileLock held = lock();
    try (FileChannel channel = held.channel()) {
      assertThat(channel.isOpen()).isTrue();
      waiting = threads.submit(this::unpack);
      assertThatThrownBy(() -> waiting.get(200, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
    }
    assertWhole(waiting.get(60, TimeUnit.SECONDS));
  }

  @Test
  void whoIsInterruptedWhileWaitingIsTold() throws Exception {
    FileLock held = lock();
    try (FileChannel channel = held.channel()) {
      assertThat(channel.isOpen()).isTrue();
      Future<Boolean> waiting =
          threads.submit(
              () -> {
                Thread.currentThread().interrupt();
                try {
                  unpack();
                } finally {
                  assertThat(Thread.interrupted()).isTrue();
                }
                return true;
              });
      assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(EngineUnavailableException.class)
          .hasMessageContaining("the thread was interrupted while it waited");
    }
    assertWhole(unpack());
  }

  private String child(String name, Path start) throws IOException, InterruptedException {
    Path prints = Files.createDirectory(folder.resolve(name));
    return new ChildJvm(UnpackMain.class, prints)
        .run(cache.toString(), jar.toString(), start.toString())
        .out()
        .get(0);
  }

  @Test
  void processesThatRaceGetTheSameWholeFolder() throws Exception {
    Path start = folder.resolve("start");
    Future<String> first = threads.submit(() -> child("first", start));
    Future<String> second = threads.submit(() -> child("second", start));
    Thread.sleep(1000);
    Files.createFile(start);
    Path unpacked = Path.of(first.get());
    assertThat(second.get()).isEqualTo(first.get());
    assertWhole(unpacked);
    assertThat(unpack()).isEqualTo(unpacked);
  }

  /** A limit of the process on the size of files stands for a disk that is full. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFullDiskIsNamedAndNothingIsLeft() throws Exception {
    String message =
        new ChildJvm(UnpackMain.class, folder)
            .launcher("sh", "-c", "ulimit -f 2000; exec \"$@\"", "sh")
            .options(List.of("-XX:-UsePerfData"))
            .run(cache.toString(), jar.toString(), jar.toString())
            .out()
            .get(0);
    assertThat(message)
        .startsWith("TensorFlow cannot start: its libraries cannot be unpacked into " + cache)
        .contains("File too large", "700 MB free", "DJL_CACHE_DIR");
    assertThat(names(cache)).singleElement().asString().endsWith(".lock");
    assertWhole(unpack());
  }
}
