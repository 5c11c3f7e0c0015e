package io.github.attentive.tensorflow;

import com.google.protobuf.CodedOutputStream;
import io.github.attentive.djl.checkpoint.AtomicFiles;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Parameters as constants of the graph, for a file that has its weights with it. Their bytes go
 * from the checkpoint to the file one after the other and are never all on the Java heap.
 */
final class ConstantParameters extends ParameterNodes {
  ConstantParameters(Graph graph, GraphNodes nodes) {
    super(graph, nodes);
    names().forEach((parameter, name) -> nodes.typed(name, type(parameter)));
  }

  @Override
  String read(Parameter parameter, GraphNodes nodes) {
    return nameOf(parameter);
  }

  /** The nodes as fields of a graph, each without the parameter's bytes, which follow it. */
  Map<Parameter, byte[]> starts() throws IOException {
    Map<Parameter, byte[]> starts = new LinkedHashMap<>();
    for (Map.Entry<Parameter, String> entry : names().entrySet()) {
      starts.put(entry.getKey(), start(entry.getValue(), entry.getKey()));
    }
    return starts;
  }

  /**
   * The node up to where its bytes follow: they are the last field of the last field of all the
   * messages around them.
   */
  private static byte[] start(String name, Parameter parameter) throws IOException {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(type(parameter))
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
        tensor.getSerializedSize()
            + MessageBytes.fieldSize(TensorProto.TENSOR_CONTENT_FIELD_NUMBER, content);
    long valueSize = MessageBytes.fieldSize(AttrValue.TENSOR_FIELD_NUMBER, tensorSize);
    // An entry of a map is a message of the key and the value.
    long entrySize =
        CodedOutputStream.computeStringSize(1, "value") + MessageBytes.fieldSize(2, valueSize);
    long nodeSize =
        node.getSerializedSize() + MessageBytes.fieldSize(NodeDef.ATTR_FIELD_NUMBER, entrySize);
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(start);
    MessageBytes.begin(out, GraphDef.NODE_FIELD_NUMBER, nodeSize);
    out.writeRawBytes(MessageBytes.of(node));
    MessageBytes.begin(out, NodeDef.ATTR_FIELD_NUMBER, entrySize);
    out.writeString(1, "value");
    MessageBytes.begin(out, 2, valueSize);
    MessageBytes.begin(out, AttrValue.TENSOR_FIELD_NUMBER, tensorSize);
    out.writeRawBytes(MessageBytes.of(tensor));
    MessageBytes.begin(out, TensorProto.TENSOR_CONTENT_FIELD_NUMBER, content);
    out.flush();
    return start.toByteArray();
  }

  /** Writes the nodes. */
  static void write(Map<Parameter, byte[]> starts, WritableByteChannel file) throws IOException {
    for (Map.Entry<Parameter, byte[]> entry : starts.entrySet()) {
      AtomicFiles.writeAll(file, ByteBuffer.wrap(entry.getValue()));
      AtomicFiles.writeAll(file, entry.getKey().bytes());
    }
  }
}
