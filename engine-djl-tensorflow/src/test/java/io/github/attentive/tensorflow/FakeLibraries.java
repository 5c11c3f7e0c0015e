package io.github.attentive.tensorflow;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Jars laid out as TensorFlow's, whose libraries are small and none. */
final class FakeLibraries {
  static final String PLATFORM = "linux-x86_64";
  static final String FOLDER = folder(PLATFORM);
  static final String JNI = System.mapLibraryName("jnitensorflow");
  static final String LARGE = "libtensorflow_cc.so.2";

  /** More than a buffer, so that copies take their time. */
  static final int LARGE_SIZE = 3_000_000;

  private FakeLibraries() {}

  private static String folder(String platform) {
    return "org/tensorflow/internal/c_api/" + platform + "/";
  }

  /** Two libraries, and what else such a jar has; seeds make jars differ. */
  static Path jar(Path file, long seed, int method) throws IOException {
    return jar(file, PLATFORM, seed, method);
  }

  static Path jar(Path file, String platform, long seed, int method) throws IOException {
    String folder = folder(platform);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      add(zip, folder + JNI, bytes(1000, seed), method);
      add(zip, folder + LARGE, bytes(LARGE_SIZE, seed), method);
      add(zip, folder + "LICENSE", "text".getBytes(StandardCharsets.UTF_8), method);
      add(zip, folder + "licenses/libother.so", bytes(10, seed), method);
      add(zip, folder + "../libevil.so", bytes(10, seed), method);
      add(zip, "org/tensorflow/internal/c_api/windows-x86_64/a.dll", bytes(10, seed), method);
    }
    return file;
  }

  private static void add(ZipOutputStream zip, String name, byte[] content, int method)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(method);
    if (method == ZipEntry.STORED) {
      CRC32 crc = new CRC32();
      crc.update(content);
      entry.setSize(content.length);
      entry.setCrc(crc.getValue());
    }
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** Bytes that can be compressed somewhat. */
  static byte[] bytes(int count, long seed) {
    byte[] bytes = new byte[count];
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) random.nextInt(64);
    }
    return bytes;
  }

  /** Of a class path with no more than this. */
  static URLClassLoader loader(Path jarOrFolder) throws IOException {
    return new URLClassLoader(new URL[] {jarOrFolder.toUri().toURL()}, null);
  }
}
