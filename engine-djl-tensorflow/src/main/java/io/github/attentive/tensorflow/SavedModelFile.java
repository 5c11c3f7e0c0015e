package io.github.attentive.tensorflow;

import com.google.protobuf.CodedOutputStream;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.AtomicFiles;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.VersionDef;

/**
 * Writes a graph as {@code saved_model.pb}, with a signature for each function. Equal graphs give
 * equal bytes.
 */
final class SavedModelFile {
  /** The file's name in a SavedModel's directory. */
  static final String NAME = "saved_model.pb";

  /** What a file in the format of protocol buffers may have, with some room for its frame. */
  private static final long LARGEST = Integer.MAX_VALUE - (1 << 20);

  private static final int SCHEMA = 1;

  /** The version of the graph's format that TensorFlow 2.16 writes. */
  private static final int PRODUCER = 1766;

  private static final int OLDEST_CONSUMER = 12;

  private SavedModelFile() {}

  /**
   * Writes a graph whose parameters are variables.
   *
   * @param graph the model
   * @param parameters of the graph and the nodes
   * @param nodes where to
   * @return the file's bytes
   */
  static byte[] withoutWeights(Graph graph, VariableParameters parameters, GraphNodes nodes)
      throws IOException {
    MetaGraphDef.Builder meta = meta(graph, Map.of(), parameters, nodes);
    return MessageBytes.of(
        SavedModel.newBuilder()
            .setSavedModelSchemaVersion(SCHEMA)
            .addMetaGraphs(meta.setGraphDef(nodes.graph()))
            .build());
  }

  /**
   * Prepares a graph with its parameters; their bytes are asked for when the file is written.
   *
   * @param graph the model
   * @param aliases further names of functions, by name
   * @return what writes the file
   * @throws ModelLoadException if the file would be larger than 2 GiB
   */
  static AtomicFiles.Content withWeights(Graph graph, Map<String, String> aliases)
      throws IOException {
    GraphNodes nodes = new GraphNodes();
    ConstantParameters parameters = new ConstantParameters(graph, nodes);
    byte[] metaBytes = MessageBytes.of(meta(graph, aliases, parameters, nodes).build());
    byte[] otherNodes = MessageBytes.of(nodes.graph().build());
    Map<Parameter, byte[]> starts = parameters.starts();
    long graphSize = otherNodes.length;
    for (Map.Entry<Parameter, byte[]> start : starts.entrySet()) {
      graphSize += start.getValue().length + start.getKey().byteCount();
    }
    long metaSize =
        metaBytes.length + MessageBytes.fieldSize(MetaGraphDef.GRAPH_DEF_FIELD_NUMBER, graphSize);
    if (metaSize > LARGEST) {
      throw new ModelLoadException(
          "export savedmodel: expected a model that takes at most %s bytes with its weights, as"
                  .formatted(LARGEST)
              + " %s can hold no more, got %s bytes; export torchscript".formatted(NAME, metaSize));
    }
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(head);
    out.writeInt64(SavedModel.SAVED_MODEL_SCHEMA_VERSION_FIELD_NUMBER, SCHEMA);
    MessageBytes.begin(out, SavedModel.META_GRAPHS_FIELD_NUMBER, metaSize);
    out.writeRawBytes(metaBytes);
    MessageBytes.begin(out, MetaGraphDef.GRAPH_DEF_FIELD_NUMBER, graphSize);
    out.writeRawBytes(otherNodes);
    out.flush();
    return file -> {
      AtomicFiles.writeAll(file, ByteBuffer.wrap(head.toByteArray()));
      ConstantParameters.write(starts, file);
    };
  }

  /** What every graph says of its format. */
  static VersionDef versions() {
    return VersionDef.newBuilder().setProducer(PRODUCER).setMinConsumer(OLDEST_CONSUMER).build();
  }

  /** All but the graph. */
  private static MetaGraphDef.Builder meta(
      Graph graph, Map<String, String> aliases, ParameterNodes parameters, GraphNodes nodes) {
    MetaGraphDef.Builder meta = MetaGraphDef.newBuilder();
    for (Function function : graph.functions()) {
      meta.putSignatureDef(function.name(), SavedModelFunction.write(function, parameters, nodes));
    }
    aliases.forEach(
        (alias, function) -> meta.putSignatureDef(alias, meta.getSignatureDefOrThrow(function)));
    nodes.graph().setVersions(versions());
    return meta.setMetaInfoDef(
        MetaGraphDef.MetaInfoDef.newBuilder()
            .addTags(SavedModelSession.TAG)
            .setTensorflowVersion(TensorFlowNatives.VERSION));
  }
}
