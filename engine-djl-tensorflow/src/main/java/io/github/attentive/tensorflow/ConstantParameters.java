package io.github.attentive.tensorflow;

import com.google.protobuf.CodedOutputStream;
import io.github.attentive.djl.checkpoint.AtomicFiles;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.HashMap;
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
  /** What functions have asked for, and the names of the nodes. */
  private final Map<Parameter, String> constants = new LinkedHashMap<>();

  private final Map<Parameter, Parameter> transposed = new HashMap<>();

  ConstantParameters(Graph graph, GraphNodes nodes) {
    super(graph, nodes);
  }

  @Override
  String read(Parameter parameter, GraphNodes nodes) {
    return constant(parameter, nameOf(parameter), nodes);
  }

  /**
   * Stored transposed: on processors with AVX-512 TensorFlow keeps constant weights of dense layers
   * in an order of its own, and takes one that has to be transposed for one that has not (seen in
   * 2.16 and 2.21).
   */
  @Override
  Factor denseWeight(Parameter parameter, GraphNodes nodes) {
    Parameter weight = transposed.computeIfAbsent(parameter, Parameter::transposed);
    return new Factor(constant(weight, nameOf(parameter) + "/transposed", nodes), false);
  }

  private String constant(Parameter parameter, String name, GraphNodes nodes) {
    return constants.computeIfAbsent(parameter, added -> nodes.typed(name, type(parameter)));
  }

  /** The nodes as fields of a graph, each without the parameter's bytes, which follow it. */
  Map<Parameter, byte[]> starts() throws IOException {
    Map<Parameter, byte[]> starts = new LinkedHashMap<>();
    for (Map.Entry<Parameter, String> entry : constants.entrySet()) {
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
