package io.github.attentive.tensorflow;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.VersionDef;

/**
 * Writes a graph as {@code saved_model.pb}: a signature for each function, the parameters as
 * constants that all functions share.
 *
 * <p>The parameters' bytes go from the checkpoint to the file one after the other and are never all
 * on the Java heap. Equal graphs give equal bytes.
 */
final class SavedModelFile {
  /** The file's name in a SavedModel's directory. */
  static final String NAME = "saved_model.pb";

  /** What a file in the format of protocol buffers may have. */
  private static final long LARGEST = Integer.MAX_VALUE;

  private static final int SCHEMA = 1;

  /** The version of the graph's format that TensorFlow 2.16 writes. */
  private static final int PRODUCER = 1766;

  private static final int OLDEST_CONSUMER = 12;

  private final Map<Parameter, String> nodeOfParameter = new LinkedHashMap<>();
  private final GraphNodes nodes = new GraphNodes();
  private final MetaGraphDef.Builder meta = MetaGraphDef.newBuilder();

  private SavedModelFile(Graph graph, Map<String, String> aliases) {
    for (Parameter parameter : graph.parameters()) {
      String wanted = "parameters/" + parameter.name().replaceAll("[^A-Za-z0-9_./-]", "_");
      String name = wanted;
      for (int i = 1; nodeOfParameter.containsValue(name); i++) {
        name = wanted + "_" + i;
      }
      nodeOfParameter.put(parameter, nodes.reserve(name));
      nodes.typed(name, SavedModelFunction.typeOf(parameter.type()));
    }
    // By name: the map in the file would be written in the order of hash codes.
    Map<String, SignatureDef> signatures = new LinkedHashMap<>();
    for (Function function : graph.functions()) {
      signatures.put(
          function.name(), SavedModelFunction.write(function, nodeOfParameter, nodes));
    }
    aliases.forEach((alias, function) -> signatures.put(alias, signatures.get(function)));
    signatures.forEach(meta::putSignatureDef);
    meta.setMetaInfoDef(
        MetaGraphDef.MetaInfoDef.newBuilder()
            .addTags(SavedModelSession.TAG)
            .setTensorflowVersion(TensorFlowNatives.VERSION));
    nodes
        .graph()
        .setVersions(
            VersionDef.newBuilder().setProducer(PRODUCER).setMinConsumer(OLDEST_CONSUMER));
  }

  /**
   * Writes a graph.
   *
   * @param graph the model
   * @param aliases further names of functions, by name
   * @param file where to; left open
   * @throws ModelLoadException if the file would be larger than 2 GiB
   */
  static void write(Graph graph, Map<String, String> aliases, WritableByteChannel file)
      throws IOException {
    new SavedModelFile(graph, aliases).write(file);
  }

  private void write(WritableByteChannel file) throws IOException {
    List<byte[]> starts = new ArrayList<>();
    long weights = 0;
    for (Map.Entry<Parameter, String> entry : nodeOfParameter.entrySet()) {
      byte[] start = start(entry.getValue(), entry.getKey());
      starts.add(start);
      weights += start.length + entry.getKey().byteCount();
    }
    GraphDef others = nodes.graph().build();
    byte[] othersBytes = bytes(others);
    byte[] metaBytes = bytes(meta.build());
    long graphSize = othersBytes.length + weights;
    long metaSize = metaBytes.length + fieldSize(MetaGraphDef.GRAPH_DEF_FIELD_NUMBER, graphSize);
    if (metaSize > LARGEST - (1 << 20)) {
      throw new ModelLoadException(
          "a SavedModel holds less than 2 GiB; expected a smaller model, got one of %s bytes; use"
                  .formatted(metaSize)
              + " the engine pytorch (io.github.attentive:attentive-engine-djl-pytorch), or export"
              + " torchscript");
    }
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(head);
    out.writeInt64(SavedModel.SAVED_MODEL_SCHEMA_VERSION_FIELD_NUMBER, SCHEMA);
    message(out, SavedModel.META_GRAPHS_FIELD_NUMBER, metaSize);
    out.writeRawBytes(metaBytes);
    message(out, MetaGraphDef.GRAPH_DEF_FIELD_NUMBER, graphSize);
    out.writeRawBytes(othersBytes);
    out.flush();
    writeAll(file, ByteBuffer.wrap(head.toByteArray()));
    int i = 0;
    for (Parameter parameter : nodeOfParameter.keySet()) {
      writeAll(file, ByteBuffer.wrap(starts.get(i++)));
      writeAll(file, parameter.bytes());
    }
  }

  /** A message as bytes that do not depend on the order of hash codes. */
  private static byte[] bytes(com.google.protobuf.MessageLite message) throws IOException {
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    message.writeTo(out);
    out.checkNoSpaceLeft();
    return bytes;
  }

  /**
   * The node of a parameter, up to where its bytes follow: they are the last field of the last
   * field of all the messages around them.
   */
  private static byte[] start(String name, Parameter parameter) throws IOException {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(SavedModelFunction.typeOf(parameter.type()))
            .setTensorShape(GraphNodes.shape(parameter.shape().sizes()))
            .build();
    NodeDef node =
        NodeDef.newBuilder()
            .setName(name)
            .setOp("Const")
            .putAttr("dtype", AttrValue.newBuilder().setType(tensor.getDtype()).build())
            .build();
    long content = parameter.byteCount();
    long tensorSize =
        tensor.getSerializedSize() + fieldSize(TensorProto.TENSOR_CONTENT_FIELD_NUMBER, content);
    long valueSize = fieldSize(AttrValue.TENSOR_FIELD_NUMBER, tensorSize);
    long entrySize = CodedOutputStream.computeStringSize(1, "value") + fieldSize(2, valueSize);
    long nodeSize = node.getSerializedSize() + fieldSize(NodeDef.ATTR_FIELD_NUMBER, entrySize);
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(start);
    message(out, GraphDef.NODE_FIELD_NUMBER, nodeSize);
    out.writeRawBytes(bytes(node));
    message(out, NodeDef.ATTR_FIELD_NUMBER, entrySize);
    out.writeString(1, "value");
    message(out, 2, valueSize);
    message(out, AttrValue.TENSOR_FIELD_NUMBER, tensorSize);
    out.writeRawBytes(bytes(tensor));
    message(out, TensorProto.TENSOR_CONTENT_FIELD_NUMBER, content);
    out.flush();
    return start.toByteArray();
  }

  /** The size of a field that holds so many bytes. */
  private static long fieldSize(int field, long size) {
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt64SizeNoTag(size)
        + size;
  }

  /** Starts a field that holds so many bytes. */
  private static void message(CodedOutputStream out, int field, long size) throws IOException {
    out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt64NoTag(size);
  }

  private static void writeAll(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    ByteBuffer rest = bytes.order(ByteOrder.LITTLE_ENDIAN);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }
}
