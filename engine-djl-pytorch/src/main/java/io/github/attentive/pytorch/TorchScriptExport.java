package io.github.attentive.pytorch;

import io.github.attentive.ExportedModel;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.AtomicFiles;
import io.github.attentive.djl.checkpoint.Checkpoint;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.runtime.ModelDirectory;
import io.github.attentive.djl.runtime.PortableModel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Writes a model directory as a TorchScript archive for other programs: alone, or with what belongs
 * beside it. Weights go from the checkpoint to the archive one at a time.
 */
final class TorchScriptExport {
  /** The archive in a directory, under the name that DJL and this library look for. */
  static final String FILE = "model.pt";

  private static final String EXTENSION = ".pt";

  /** Weights; where they are, another model's configuration and tokenizer are, too. */
  private static final List<String> OF_A_MODEL = List.of(Checkpoint.SINGLE, Checkpoint.INDEX);

  private TorchScriptExport() {}

  static ExportedModel write(Path model, Path out, LoadOptions options) {
    boolean single = isFile(out);
    PortableModel portable = ModelDirectory.portable(model, options);
    Path file = single ? out : out.resolve(FILE);
    if (!single) {
      writeBeside(file, portable);
    }
    AtomicFiles.write(file, channel -> write(portable.graph(), channel));
    List<Function> functions = portable.graph().functions();
    return new ExportedModel(
        file,
        functions.stream().map(Function::name).toList(),
        functions.get(0).inputs().stream().map(Function.Named::name).toList());
  }

  /** Whether a file is asked for, and not a directory; both have to be possible. */
  private static boolean isFile(Path out) {
    boolean directory = Files.isDirectory(out);
    if (!directory && out.toString().toLowerCase(Locale.ROOT).endsWith(EXTENSION)) {
      Path folder = out.toAbsolutePath().getParent();
      if (folder == null || !Files.isDirectory(folder)) {
        throw new InvalidInputException(
            "output %s: expected an existing folder %s, got none; make it first"
                .formatted(out, folder));
      }
      return true;
    }
    if (!directory && Files.exists(out)) {
      throw new InvalidInputException(
          "output %s: expected a directory, or a name ending in %s, got a file"
              .formatted(out, EXTENSION));
    }
    for (String name : OF_A_MODEL) {
      if (Files.exists(out.resolve(name))) {
        throw new InvalidInputException(
            "output %s: expected a new directory, or one of an earlier export, got one with %s,"
                    .formatted(out, name)
                + " a model's own; choose another");
      }
    }
    return false;
  }

  /** The archive goes first and comes last: without it, what is there opens as no model. */
  private static void writeBeside(Path file, PortableModel portable) {
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new ModelLoadException("export " + file + ": cannot be made: " + e, e);
    }
    portable
        .files()
        .forEach((name, content) -> AtomicFiles.write(file.resolveSibling(name), content));
  }

  private static void write(Graph graph, WritableByteChannel channel) throws IOException {
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    TorchScriptArchive.write(graph, false, out);
    out.flush();
  }
}
