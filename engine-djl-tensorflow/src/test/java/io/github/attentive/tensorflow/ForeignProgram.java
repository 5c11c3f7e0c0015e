package io.github.attentive.tensorflow;

import com.google.protobuf.ByteString;
import io.github.attentive.LoadOptions;
import io.github.attentive.tensorflow.GraphNodes.Attribute;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;

/** Small SavedModels with all sorts of inputs and outputs, of constants alone. */
final class ForeignProgram {
  static final LoadOptions TRUST = LoadOptions.builder().trustForeignGraph(true).build();

  /** Padding, the unknown word and six others. */
  private static final int VOCABULARY = 8;

  private final GraphNodes nodes = new GraphNodes();
  private final Map<String, TensorInfo> outputs = new LinkedHashMap<>();
  private final Map<String, TensorInfo> inputs = new LinkedHashMap<>();
  private final String ids;
  private final long positions;

  ForeignProgram(DataType type, long batch, long positions) {
    this.positions = positions;
    input("ids", type, batch, positions);
    this.ids = cast("ids", type, DataType.DT_INT32);
  }

  /** Token numbers of 32 bits, any number of texts of four positions. */
  static ForeignProgram ofFourPositions() {
    return new ForeignProgram(DataType.DT_INT32, -1, 4);
  }

  ForeignProgram input(String name, DataType type, long... shape) {
    nodes.addNamed(
        name,
        "Placeholder",
        List.of(),
        Attribute.type("dtype", type),
        Attribute.shape("shape", GraphNodes.shape(shape)));
    inputs.put(name, info(name, type, shape));
    return this;
  }

  private static TensorInfo info(String node, DataType type, long... shape) {
    return TensorInfo.newBuilder()
        .setName(node + ":0")
        .setDtype(type)
        .setTensorShape(GraphNodes.shape(shape))
        .build();
  }

  private String cast(String from, DataType type, DataType wanted) {
    return type == wanted || type == DataType.DT_BOOL || type == DataType.DT_STRING
        ? from
        : nodes.add(
            "cast",
            "Cast",
            List.of(from),
            Attribute.type("SrcT", type),
            Attribute.type("DstT", wanted));
  }

  /** A constant of the numbers {@link #number}. */
  private String constant(double seed, int... shape) {
    int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    ByteBuffer numbers = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      numbers.putFloat(number(seed, i));
    }
    TensorProto value =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(GraphNodes.shape(Arrays.stream(shape).asLongStream().toArray()))
            .setTensorContent(ByteString.copyFrom(numbers.array()))
            .build();
    return nodes.add(
        "constant",
        "Const",
        List.of(),
        Attribute.type("dtype", DataType.DT_FLOAT),
        new Attribute("value", AttrValue.newBuilder().setTensor(value).build()));
  }

  static float number(double seed, int index) {
    return (float) (2 * Math.sin(seed + 1.7 * index));
  }

  /** A dense layer whose weight {@code [units, width]} has to be transposed. */
  String dense(String input, int width, int units, double seed) {
    String product =
        nodes.add(
            "product",
            "MatMul",
            List.of(input, constant(seed, units, width)),
            Attribute.type("T", DataType.DT_FLOAT),
            Attribute.flag("transpose_b", true));
    return nodes.add(
        "dense",
        "BiasAdd",
        List.of(product, constant(seed, units)),
        Attribute.type("T", DataType.DT_FLOAT));
  }

  /** A row of numbers for each token: {@code [batch, positions, size]}. */
  String tokens(int size, double seed) {
    return nodes.add(
        "tokens",
        "GatherV2",
        List.of(constant(seed, VOCABULARY, size), ids, nodes.integer(0)),
        Attribute.type("Tparams", DataType.DT_FLOAT),
        Attribute.type("Tindices", DataType.DT_INT32),
        Attribute.type("Taxis", DataType.DT_INT32));
  }

  String of(String operation, String input) {
    return nodes.add(operation, operation, List.of(input), Attribute.type("T", DataType.DT_FLOAT));
  }

  private String withAxis(String operation, String input, int axis, String indexType) {
    return nodes.add(
        operation,
        operation,
        List.of(input, nodes.integer(axis)),
        Attribute.type("T", DataType.DT_FLOAT),
        Attribute.type(indexType, DataType.DT_INT32));
  }

  /** {@code [batch, units]}. */
  String raw(int units, double seed) {
    return withAxis("Sum", tokens(units, seed), 1, "Tidx");
  }

  /** {@code [batch, positions]}: weights of a pooling. */
  String pooling(double seed) {
    return of("Softmax", withAxis("Sum", tokens(1, seed), 2, "Tidx"));
  }

  /** With one more axis of size 1. */
  String widened(String input, int axis) {
    return withAxis("ExpandDims", input, axis, "Tdim");
  }

  /** {@code [batch, positions, positions]}: rows that sum to 1, whatever the words. */
  String square(double seed) {
    return of("Softmax", tokens((int) positions, seed));
  }

  ForeignProgram output(String name, String node) {
    outputs.put(name, info(node, DataType.DT_FLOAT));
    return this;
  }

  ForeignProgram output(String name, String node, DataType type) {
    outputs.put(name, info(cast(node, DataType.DT_FLOAT, type), type));
    return this;
  }

  ForeignProgram node(String operation) {
    nodes.add("odd", operation, List.of());
    return this;
  }

  /** Writes the program and a vocabulary. */
  Path write(Path directory) throws IOException {
    return write(directory, "serving_default", "serve");
  }

  Path write(Path directory, String signature, String tag) throws IOException {
    Files.createDirectories(directory);
    MetaGraphDef meta =
        MetaGraphDef.newBuilder()
            .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags(tag))
            .setGraphDef(nodes.graph())
            .putSignatureDef(
                signature,
                SignatureDef.newBuilder()
                    .putAllInputs(inputs)
                    .putAllOutputs(outputs)
                    .setMethodName("tensorflow/serving/predict")
                    .build())
            .putSignatureDef(
                "__saved_model_init_op",
                SignatureDef.newBuilder()
                    .putOutputs("__saved_model_init_op", TensorInfo.getDefaultInstance())
                    .build())
            .build();
    Files.write(
        directory.resolve(SavedModelFile.NAME),
        SavedModel.newBuilder()
            .setSavedModelSchemaVersion(1)
            .addMetaGraphs(meta)
            .build()
            .toByteArray());
    Files.writeString(directory.resolve("vocabulary.txt"), "\n[UNK]\na\nb\nc\nd\ne\nf\n");
    return directory;
  }
}
