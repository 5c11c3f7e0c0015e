package io.github.attentive.viz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

/**
 * An image with a palette, written as PNG (ISO/IEC 15948). Equal images give equal bytes on every
 * machine.
 */
final class PngImage {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int INDEXED = 3;

  /** Deflate with a window of 32 KiB, and a remainder that makes it a multiple of 31. */
  private static final byte[] ZLIB_HEADER = {0x78, (byte) 0xDA};

  private static final int FILTER_SUB = 1;
  private static final int FILTER_UP = 2;

  private final int width;
  private final int height;
  private final byte[] pixels;
  private final List<Colour> palette;
  private final boolean firstTransparent;

  /**
   * Takes an image.
   *
   * @param width in pixels, 1 or more
   * @param pixels row by row from the top, the palette's indices; a multiple of {@code width}
   * @param palette 1 to 256 colours
   * @param firstTransparent whether pixels of index 0 let through what is behind
   */
  PngImage(int width, byte[] pixels, List<Colour> palette, boolean firstTransparent) {
    this.width = width;
    this.height = pixels.length / width;
    this.pixels = pixels;
    this.palette = palette;
    this.firstTransparent = firstTransparent;
  }

  /**
   * Writes the image with each pixel repeated in both directions.
   *
   * @param scale how often, 1 or more
   * @param limit where to give up
   * @return the file, or nothing if it would have more bytes than {@code limit}
   */
  Optional<byte[]> encode(int scale, int limit) {
    byte[] lines = lines(scale);
    return Deflate.compress(lines, limit)
        .map(compressed -> file(scale, lines, compressed))
        .filter(file -> file.length <= limit);
  }

  private int bitsPerPixel() {
    int bits = 1;
    while (1 << bits < palette.size()) {
      bits *= 2;
    }
    return bits;
  }

  /** The image as PNG compresses it: packed rows, each after the number of its filter. */
  private byte[] lines(int scale) {
    int bits = bitsPerPixel();
    int length = 1 + (width * scale * bits + 7) / 8;
    byte[] lines = new byte[length * height * scale];
    // Two equal bytes are less than a match, but the second as a difference is a frequent zero.
    boolean sub = bits == 8 && scale == 2;
    for (int y = 0; y < height; y++) {
      int start = y * scale * length;
      pack(y, scale, bits, lines, start + 1);
      if (sub) {
        lines[start] = FILTER_SUB;
        for (int i = start + length - 1; i > start + 1; i--) {
          lines[i] -= lines[i - 1];
        }
      }
      for (int repeated = 1; repeated < scale; repeated++) {
        lines[start + repeated * length] = FILTER_UP;
      }
    }
    return lines;
  }

  private void pack(int y, int scale, int bits, byte[] lines, int start) {
    for (int x = 0; x < width; x++) {
      int pixel = pixels[y * width + x] & 0xFF;
      int first = x * scale;
      if (bits == 8) {
        Arrays.fill(lines, start + first, start + first + scale, (byte) pixel);
      } else {
        for (int bit = first * bits; bit < (first + scale) * bits; bit += bits) {
          lines[start + bit / 8] |= (byte) (pixel << 8 - bits - bit % 8);
        }
      }
    }
  }

  private byte[] file(int scale, byte[] lines, byte[] compressed) {
    ByteArrayOutputStream file = new ByteArrayOutputStream(compressed.length + 1024);
    file.writeBytes(SIGNATURE);
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    writeInt(width * scale, header);
    writeInt(height * scale, header);
    header.write(bitsPerPixel());
    header.write(INDEXED);
    header.writeBytes(new byte[3]);
    writeChunk("IHDR", header, file);
    ByteArrayOutputStream entries = new ByteArrayOutputStream();
    for (Colour colour : palette) {
      entries.write(colour.rgb() >> 16);
      entries.write(colour.rgb() >> 8);
      entries.write(colour.rgb());
    }
    writeChunk("PLTE", entries, file);
    if (firstTransparent) {
      ByteArrayOutputStream alpha = new ByteArrayOutputStream();
      alpha.write(0);
      writeChunk("tRNS", alpha, file);
    }
    ByteArrayOutputStream data = new ByteArrayOutputStream(compressed.length + 6);
    data.writeBytes(ZLIB_HEADER);
    data.writeBytes(compressed);
    Adler32 adler = new Adler32();
    adler.update(lines);
    writeInt((int) adler.getValue(), data);
    writeChunk("IDAT", data, file);
    writeChunk("IEND", new ByteArrayOutputStream(), file);
    return file.toByteArray();
  }

  private static void writeChunk(
      String type, ByteArrayOutputStream data, ByteArrayOutputStream file) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = data.toByteArray();
    writeInt(bytes.length, file);
    file.writeBytes(name);
    file.writeBytes(bytes);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(bytes);
    writeInt((int) crc.getValue(), file);
  }

  private static void writeInt(int value, ByteArrayOutputStream out) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(value >> shift);
    }
  }
}
