package io.github.attentive.tensorflow;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.GitLfsPointer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

/**
 * The files of a SavedModel, looked at before native code sees them.
 *
 * @param directory where they are
 * @param meta the graph to serve, and its signatures
 */
record SavedModelDirectory(Path directory, MetaGraphDef meta) {
  private static final String VARIABLES = "variables";
  private static final String INDEX = "variables.index";
  private static final String DATA = "variables.data-";
  private static final AttrValue NO_ATTRIBUTE = AttrValue.getDefaultInstance();
  private static final Set<String> KINDS_OF_VARIABLES =
      Set.of("VarHandleOp", "VariableV2", "Variable");

  /**
   * Reads a directory.
   *
   * @throws ModelLoadException if a file is missing, empty or no SavedModel
   */
  static SavedModelDirectory read(Path directory) {
    Path file = directory.resolve(SavedModelFile.NAME);
    SavedModel model = parse(file);
    MetaGraphDef meta =
        model.getMetaGraphsList().stream()
            .filter(graph -> graph.getMetaInfoDef().getTagsList().contains(SavedModelSession.TAG))
            .findFirst()
            .orElseThrow(
                () ->
                    new ModelLoadException(
                        "%s: expected a graph with the tag '%s', got %s; export the model again"
                            .formatted(
                                file,
                                SavedModelSession.TAG,
                                model.getMetaGraphsList().stream()
                                    .map(graph -> graph.getMetaInfoDef().getTagsList())
                                    .toList())));
    SavedModelDirectory found = new SavedModelDirectory(directory, meta);
    if (nodes(meta.getGraphDef()).anyMatch(node -> KINDS_OF_VARIABLES.contains(node.getOp()))) {
      found.requireVariables();
    }
    return found;
  }

  private static SavedModel parse(Path file) {
    try {
      if (Files.size(file) == 0) {
        throw new ModelLoadException(
            file + ": expected a SavedModel, got an empty file; copy the file again");
      }
      if (Files.size(file) > Integer.MAX_VALUE) {
        throw new ModelLoadException(
            "%s: expected less than 2 GiB, got %s bytes".formatted(file, Files.size(file)));
      }
      try (InputStream in = Files.newInputStream(file)) {
        GitLfsPointer.refuse(file, ByteBuffer.wrap(in.readNBytes(GitLfsPointer.LENGTH)));
      }
      try (InputStream in = Files.newInputStream(file)) {
        return SavedModel.parseFrom(in);
      }
    } catch (InvalidProtocolBufferException e) {
      throw new ModelLoadException(
          "%s: expected a SavedModel as TensorFlow writes it, got: %s; copy the file again"
              .formatted(file, e.getMessage()),
          e);
    } catch (IOException | OutOfMemoryError e) {
      throw new ModelLoadException(file + ": cannot be read: " + e, e);
    }
  }

  /** The nodes of a graph and of all functions in it. */
  static Stream<NodeDef> nodes(GraphDef graph) {
    return Stream.concat(
        graph.getNodeList().stream(),
        graph.getLibrary().getFunctionList().stream()
            .map(FunctionDef::getNodeDefList)
            .flatMap(List::stream));
  }

  /**
   * Whether a product transposes its right side. Where that is a constant, TensorFlow may give
   * wrong numbers, silently, once it has fused the product with what follows it ({@link
   * ConstantParameters}).
   */
  boolean hasTransposedFactors() {
    return nodes(meta.getGraphDef())
        .filter(node -> node.getOp().equals("MatMul"))
        .anyMatch(node -> node.getAttrOrDefault("transpose_b", NO_ATTRIBUTE).getB());
  }

  /** What the files of the graph and of its weights take. */
  long bytes() {
    Path variables = directory.resolve(VARIABLES);
    try (Stream<Path> weights =
        Files.isDirectory(variables) ? Files.list(variables) : Stream.empty()) {
      long bytes = Files.size(directory.resolve(SavedModelFile.NAME));
      for (Path file : weights.toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    } catch (IOException e) {
      throw new ModelLoadException(directory + ": cannot be read: " + e, e);
    }
  }

  private void requireVariables() {
    Path folder = directory.resolve(VARIABLES);
    requireContent(folder.resolve(INDEX));
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> data =
          files.filter(file -> file.getFileName().toString().startsWith(DATA)).sorted().toList();
      if (data.isEmpty()) {
        throw new ModelLoadException(
            "%s: expected the weights, files '%s...', got none; copy the whole directory"
                .formatted(folder, DATA));
      }
      data.forEach(SavedModelDirectory::requireContent);
    } catch (IOException e) {
      throw new ModelLoadException(folder + ": cannot be read: " + e, e);
    }
  }

  private static void requireContent(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) == 0) {
        throw new ModelLoadException(
            "%s: expected the weights of the model, got %s; copy the whole directory"
                .formatted(file, Files.exists(file) ? "an empty file" : "no such file"));
      }
    } catch (IOException e) {
      throw new ModelLoadException(file + ": cannot be read: " + e, e);
    }
  }
}
