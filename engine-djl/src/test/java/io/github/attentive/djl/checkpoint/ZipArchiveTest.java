package io.github.attentive.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.ModelLoadException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives whose directory may say anything; what comes of them. */
class ZipArchiveTest {
  private static final int WIDE = 0xFFFFFFFF;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("model.keras");
  }

  /** An archive written byte by byte, its entries stored as they are. */
  private static final class Written {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private int count;

    private static void put(ByteArrayOutputStream out, int size, long... values) {
      ByteBuffer buffer = ByteBuffer.allocate(size * values.length).order(ByteOrder.LITTLE_ENDIAN);
      for (long value : values) {
        for (int i = 0; i < size; i++) {
          buffer.put((byte) (value >> 8 * i));
        }
      }
      out.writeBytes(buffer.array());
    }

    /** An entry that says it has so many bytes. */
    Written entry(String name, String text, long declared) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      byte[] path = name.getBytes(StandardCharsets.UTF_8);
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      int place = content.size();
      boolean wide = declared > Integer.MAX_VALUE;
      long size = wide ? WIDE : declared;
      put(content, 4, 0x04034b50);
      put(content, 2, 20, 0, 0, 0, 0);
      put(content, 4, checksum.getValue(), bytes.length, bytes.length);
      put(content, 2, path.length, 0);
      content.writeBytes(path);
      content.writeBytes(bytes);
      put(directory, 4, 0x02014b50);
      put(directory, 2, 20, 20, 0, 0, 0, 0);
      put(directory, 4, checksum.getValue(), bytes.length, size);
      put(directory, 2, path.length, wide ? 12 : 0, 0, 0, 0);
      put(directory, 4, 0, place);
      directory.writeBytes(path);
      if (wide) {
        put(directory, 2, 1, 8);
        put(directory, 8, declared);
      }
      count++;
      return this;
    }

    void to(Path file) throws IOException {
      int start = content.size();
      content.writeBytes(directory.toByteArray());
      put(content, 4, 0x06054b50);
      put(content, 2, 0, 0, count, count);
      put(content, 4, directory.size(), start);
      put(content, 2, 0);
      Files.write(file, content.toByteArray());
    }
  }

  private void packed(String name, byte[] content) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> ZipArchive.open(file).close())
        .isInstanceOf(ModelLoadException.class)
        .hasMessage(file + ": " + message);
  }

  @Test
  void entriesAreReadIntoMemory() throws IOException {
    new Written().entry("a/b.txt", "sun", 3).entry("empty", "", 0).to(file);
    try (ZipArchive archive = ZipArchive.open(file)) {
      assertThat(archive.names()).containsExactly("a/b.txt", "empty");
      assertThat(archive.bytes("a/b.txt")).hasValue("sun".getBytes(StandardCharsets.UTF_8));
      assertThat(archive.text("a/b.txt")).hasValue("sun");
      assertThat(archive.text("empty")).hasValue("");
      assertThat(archive.bytes("b.txt")).isEmpty();
      assertThat(archive.text("none")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x", "/x", "C:x", "a\\b", "a/../../b", "..", "a/..", "\\\\host\\x", "a:b"})
  void namesThatLeadOutOfTheArchive(String name) throws IOException {
    new Written().entry("good", "1", 1).entry(name, "x", 1).to(file);
    assertRefused(
        "entry '"
            + name
            + "': expected a name within the archive; this file was not made by Keras");
  }

  @Test
  void namesThatOnlyLookSo() throws IOException {
    new Written().entry("a..b/..c", "x", 1).to(file);
    try (ZipArchive archive = ZipArchive.open(file)) {
      assertThat(archive.text("a..b/..c")).hasValue("x");
    }
  }

  @Test
  void namesThatStandTwice() throws IOException {
    new Written().entry("a", "x", 1).entry("b", "x", 1).entry("a", "y", 1).to(file);
    assertRefused("entry 'a': expected different names, at most 10000 of them");
  }

  @Test
  void tooManyEntries() throws IOException {
    Written written = new Written();
    for (int i = 0; i <= 10_000; i++) {
      written.entry("n" + i, "", 0);
    }
    written.to(file);
    assertRefused("entry 'n10000': expected different names, at most 10000 of them");
  }

  @Test
  void zerosThatWerePackedToLittle() throws IOException {
    packed("zeros", new byte[70_000_000]);
    assertRefused(
        "entry 'zeros': expected at most 67108864 bytes in all, got more: an archive of "
            + Files.size(file)
            + " bytes cannot hold weights of that size");
  }

  /** Sizes beyond memory, and beyond a long where they are added up. */
  @ParameterizedTest
  @ValueSource(longs = {Integer.MAX_VALUE, 1L << 32, 1L << 62, Long.MAX_VALUE})
  void sizesThatAreOnlySaid(long declared) throws IOException {
    new Written().entry("first", "12345", 5).entry("large", "x", declared).to(file);
    assertThatThrownBy(() -> ZipArchive.open(file).close())
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith(file + ": ");
  }

  @Test
  void sizesThatAreWrong() throws IOException {
    new Written().entry("longer", "12345", 9).entry("shorter", "12345", 2).to(file);
    try (ZipArchive archive = ZipArchive.open(file)) {
      for (String name : archive.names()) {
        assertThatThrownBy(() -> archive.bytes(name))
            .isInstanceOf(ModelLoadException.class)
            .hasMessageStartingWith(file + ": entry '" + name + "' of ")
            .hasMessageContaining(" bytes cannot be read: ");
      }
    }
  }

  /** A byte of a stored entry that is another: the checksum tells. */
  @Test
  void contentThatWasChanged() throws IOException {
    new Written().entry("a", "sunshine", 8).to(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[30 + 1 + 3] ^= 4;
    Files.write(file, bytes);
    try (ZipArchive archive = ZipArchive.open(file)) {
      assertThatThrownBy(() -> archive.text("a"))
          .isInstanceOf(ModelLoadException.class)
          .hasMessage(
              file
                  + ": entry 'a' of 8 bytes cannot be read: its checksum is another;"
                  + " copy the file again");
    }
  }

  @Test
  void textThatIsNoUtf8() throws IOException {
    packed("t", new byte[] {'a', (byte) 0xff});
    try (ZipArchive archive = ZipArchive.open(file)) {
      assertThatThrownBy(() -> archive.text("t"))
          .isInstanceOf(ModelLoadException.class)
          .hasMessage(file + ": entry 't': is not UTF-8");
    }
  }

  @Test
  void whatIsNoArchive() throws IOException {
    assertThatThrownBy(() -> ZipArchive.open(file))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith(file + ": expected a zip file, got: ")
        .hasMessageEndingWith("; copy the file again");
    Files.write(file, new byte[0]);
    assertRefused("expected a zip file, got: zip file is empty; copy the file again");
    Files.write(file, new byte[1000]);
    assertThatThrownBy(() -> ZipArchive.open(file))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith(file + ": expected a zip file, got: ");
  }
}
