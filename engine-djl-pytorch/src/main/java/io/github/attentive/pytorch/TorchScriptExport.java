package io.github.attentive.pytorch;

import io.github.attentive.ExportedModel;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LoadOptions;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.checkpoint.AtomicFiles;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.runtime.ExportDirectory;
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

  private TorchScriptExport() {}

  static ExportedModel write(Path model, Path out, LoadOptions options) {
    if (isFile(out)) {
      Graph graph = graph(ModelDirectory.portable(model, options));
      AtomicFiles.write(out, channel -> write(graph, channel));
      return ExportDirectory.describe(out, graph);
    }
    ExportDirectory directory =
        ExportDirectory.of(
            out, FILE, List.of(), "a directory, or a name ending in %s".formatted(EXTENSION));
    PortableModel portable = ModelDirectory.portable(model, options);
    Graph graph = graph(portable);
    directory.write(portable, channel -> write(graph, channel));
    return ExportDirectory.describe(directory.file(), graph);
  }

  /** Whether a file is asked for, and not a directory. */
  private static boolean isFile(Path out) {
    if (Files.isDirectory(out) || !out.toString().toLowerCase(Locale.ROOT).endsWith(EXTENSION)) {
      return false;
    }
    Path folder = out.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "output %s: expected an existing folder %s, got none; make it first"
              .formatted(out, folder));
    }
    return true;
  }

  /** The function that classifies gets the name that PyTorch and its servers call. */
  private static Graph graph(PortableModel portable) {
    Graph graph = portable.graph();
    List<Function> functions =
        graph.functions().stream()
            .map(
                function ->
                    function.name().equals(ModelFunctions.CLASSIFY)
                        ? function.renamed(ForwardSignature.FORWARD)
                        : function)
            .toList();
    return new Graph(graph.parameters(), functions);
  }

  private static void write(Graph graph, WritableByteChannel channel) throws IOException {
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    TorchScriptArchive.write(graph, false, out);
    out.flush();
  }
}
