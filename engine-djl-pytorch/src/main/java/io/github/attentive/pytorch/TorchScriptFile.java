package io.github.attentive.pytorch;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.GitLfsPointer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A TorchScript file before native code sees it: refuses what is none or damaged, and reads how its
 * {@code forward} is called. Nothing in the file is run, and no more of it is inflated than a
 * program's text takes.
 */
final class TorchScriptFile {
  private static final String EXPORT =
      "save the model from Python with torch.jit.trace(model.eval(), inputs).save(file), or with"
          + " save_pretrained as a Hugging Face directory";
  private static final String ANEW = "; fetch or save it anew";

  /** What {@code torch.jit.save} compresses: text. Weights are stored as they are. */
  private static final long MOST_INFLATED = 1 << 26;

  private static final int LONGEST_START = 4096;
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte PICKLE = (byte) 0x80;

  /** A pickle of protocol 2 that starts with a class of the program: that of the model. */
  private static final Pattern MODEL_CLASS =
      Pattern.compile("\u0080\u0002c(__torch__[\\w.]*)\n(\\w+)\n.*", Pattern.DOTALL);

  private final Path file;
  private final ZipFile zip;
  private final List<? extends ZipEntry> entries;
  private final String root;

  private TorchScriptFile(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
    this.entries = Collections.list(zip.entries());
    String first = entries.isEmpty() ? "" : entries.get(0).getName();
    this.root = first.substring(0, first.indexOf('/') + 1);
  }

  /**
   * Checks a file.
   *
   * @return the arguments of its {@code forward}
   * @throws ModelLoadException if it is no TorchScript file, or damaged
   */
  static ForwardSignature check(Path file) {
    try {
      requireZip(file);
      try (ZipFile zip = new ZipFile(file.toFile())) {
        TorchScriptFile found = new TorchScriptFile(file, zip);
        found.requireProgram();
        found.requireIntact();
        return found.signature();
      }
    } catch (ZipException e) {
      throw new ModelLoadException(
          "%s: expected a whole TorchScript file, which is a zip, got a damaged one (%s)%s"
              .formatted(file, e.getMessage(), ANEW),
          e);
    } catch (IOException e) {
      throw new ModelLoadException(file + ": cannot be read: " + e, e);
    }
  }

  private static void requireZip(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(GitLfsPointer.LENGTH);
    }
    GitLfsPointer.refuse(file, ByteBuffer.wrap(start));
    if (start.length > 0 && start[0] == PICKLE) {
      throw pickle(file);
    }
    if (start.length < ZIP.length || !ByteBuffer.wrap(start, 0, 4).equals(ByteBuffer.wrap(ZIP))) {
      throw new ModelLoadException(
          "%s: expected a TorchScript file, which is a zip, got %s; %s"
              .formatted(file, start.length == 0 ? "an empty file" : "something else", EXPORT));
    }
  }

  private static ModelLoadException pickle(Path file) {
    return new ModelLoadException(
        "%s: expected a TorchScript file, which has its program with it, got a pickle that torch.save"
                .formatted(file)
            + " wrote: weights alone, or objects that only Python can rebuild; "
            + EXPORT);
  }

  private void requireProgram() {
    if (zip.getEntry(root + "data.pkl") == null) {
      throw new ModelLoadException(
          "%s: expected a TorchScript file with %sdata.pkl, got another zip of %s files; %s"
              .formatted(file, root, entries.size(), EXPORT));
    }
    if (zip.getEntry(root + "constants.pkl") == null
        || entries.stream().noneMatch(entry -> entry.getName().startsWith(root + "code/"))) {
      throw pickle(file);
    }
  }

  /** Sizes first, so that what is read is bounded by the file and by what a program may inflate. */
  private void requireIntact() throws IOException {
    long stored = 0;
    long inflated = 0;
    for (ZipEntry entry : entries) {
      stored = Math.addExact(stored, entry.getCompressedSize());
      if (entry.getMethod() != ZipEntry.STORED) {
        inflated = Math.addExact(inflated, entry.getSize());
      } else if (entry.getSize() != entry.getCompressedSize()) {
        throw damaged(entry, "one size", "two");
      }
    }
    if (stored > Files.size(file)) {
      throw new ModelLoadException(
          "%s: expected entries of %s bytes at most, got %s; the zip is damaged%s"
              .formatted(file, Files.size(file), stored, ANEW));
    }
    if (inflated > MOST_INFLATED) {
      throw new ModelLoadException(
          "%s: expected at most %s compressed bytes, the program's text, got %s; torch.jit.save"
                  .formatted(file, MOST_INFLATED, inflated)
              + " stores weights uncompressed"
              + ANEW);
    }
    byte[] buffer = new byte[1 << 16];
    for (ZipEntry entry : entries) {
      requireIntact(entry, buffer);
    }
  }

  private void requireIntact(ZipEntry entry, byte[] buffer) throws IOException {
    CRC32 crc = new CRC32();
    long left = entry.getSize();
    try (InputStream in = zip.getInputStream(entry)) {
      for (int read; left >= 0 && (read = in.read(buffer)) >= 0; left -= read) {
        crc.update(buffer, 0, read);
      }
    }
    if (left != 0) {
      throw damaged(entry, entry.getSize() + " bytes", left < 0 ? "more" : left + " fewer");
    }
    if (crc.getValue() != entry.getCrc()) {
      throw damaged(
          entry, "checksum " + Long.toHexString(entry.getCrc()), Long.toHexString(crc.getValue()));
    }
  }

  private ModelLoadException damaged(ZipEntry entry, String expected, String found) {
    return new ModelLoadException(
        "%s: entry '%s': expected %s, got %s; the file is damaged%s"
            .formatted(file, entry.getName(), expected, found, ANEW));
  }

  private ForwardSignature signature() throws IOException {
    byte[] start;
    try (InputStream in = zip.getInputStream(zip.getEntry(root + "data.pkl"))) {
      start = in.readNBytes(LONGEST_START);
    }
    Matcher model = MODEL_CLASS.matcher(new String(start, StandardCharsets.ISO_8859_1));
    if (!model.matches()) {
      throw new ModelLoadException(
          "%s: expected %sdata.pkl to start with the model's class, got something else; %s"
              .formatted(file, root, EXPORT));
    }
    String source = "code/" + model.group(1).replace('.', '/') + ".py";
    ZipEntry code = zip.getEntry(root + source);
    if (code == null) {
      throw new ModelLoadException(
          "%s: expected the model's program at %s%s, got no such entry%s"
              .formatted(file, root, source, ANEW));
    }
    try (InputStream in = zip.getInputStream(code)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return ForwardSignature.of(text, model.group(2))
          .orElseThrow(
              () ->
                  new ModelLoadException(
                      "%s: expected class %s with a method forward(input_ids, ...), got none; %s"
                          .formatted(file, model.group(2), EXPORT)));
    }
  }
}
