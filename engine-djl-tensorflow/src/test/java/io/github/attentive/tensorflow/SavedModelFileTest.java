package io.github.attentive.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.contract.SmallGraph;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/** The structure of the file that is written: what TensorFlow reads, and in which order. */
class SavedModelFileTest {
  private static final Map<String, String> ALIASES = Map.of("serving_default", "explain");

  private static byte[] bytes(Graph graph) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SavedModelFile.withWeights(graph, ALIASES).writeTo(Channels.newChannel(bytes));
    return bytes.toByteArray();
  }

  private static MetaGraphDef written(Graph graph) throws IOException {
    SavedModel model = SavedModel.parseFrom(bytes(graph));
    assertThat(model.getSavedModelSchemaVersion()).isEqualTo(1);
    assertThat(model.getMetaGraphsCount()).isEqualTo(1);
    return model.getMetaGraphs(0);
  }

  private static List<Long> sizes(TensorInfo tensor) {
    return tensor.getTensorShape().getDimList().stream()
        .map(TensorShapeProto.Dim::getSize)
        .toList();
  }

  @Test
  void eachFunctionIsASignatureWithNamesTypesAndShapes() throws IOException {
    Graph graph = SmallGraph.ofEveryOperation();
    MetaGraphDef meta = written(graph);
    assertThat(meta.getMetaInfoDef().getTagsList()).containsExactly("serve");
    assertThat(meta.getMetaInfoDef().getTensorflowVersion()).isEqualTo("2.16.1");
    List<String> names =
        graph.functions().stream().map(function -> function.name()).collect(Collectors.toList());
    names.add("serving_default");
    assertThat(meta.getSignatureDefMap().keySet()).containsExactlyInAnyOrderElementsOf(names);
    SignatureDef explain = meta.getSignatureDefOrThrow("explain");
    assertThat(meta.getSignatureDefOrThrow("serving_default")).isEqualTo(explain);
    assertThat(explain.getMethodName()).isEqualTo("tensorflow/serving/predict");
    assertThat(explain.getInputsMap()).containsOnlyKeys("ids");
    TensorInfo ids = explain.getInputsOrThrow("ids");
    assertThat(ids.getDtype()).isEqualTo(DataType.DT_INT64);
    assertThat(sizes(ids)).containsExactly(-1L, 3L);
    assertThat(explain.getOutputsMap()).containsOnlyKeys("logits", "attention_0");
    TensorInfo attention = explain.getOutputsOrThrow("attention_0");
    assertThat(attention.getDtype()).isEqualTo(DataType.DT_FLOAT);
    assertThat(sizes(attention)).containsExactly(-1L, 1L, 3L, 3L);
  }

  @Test
  void signaturesAndInputsNameNodesOfTheGraph() throws IOException {
    MetaGraphDef meta = written(SmallGraph.ofEveryOperation());
    Map<String, NodeDef> nodes =
        meta.getGraphDef().getNodeList().stream()
            .collect(Collectors.toMap(NodeDef::getName, Function.identity()));
    for (SignatureDef signature : meta.getSignatureDefMap().values()) {
      for (Map<String, TensorInfo> side :
          List.of(signature.getInputsMap(), signature.getOutputsMap())) {
        assertThat(side.values())
            .allMatch(tensor -> nodes.containsKey(tensor.getName().replace(":0", "")));
      }
    }
    for (NodeDef node : nodes.values()) {
      for (String input : node.getInputList()) {
        assertThat(nodes).as(node.getName()).containsKey(input.replaceAll("^\\^|:\\d+$", ""));
      }
    }
  }

  @Test
  void aParameterIsThereOnceForAllFunctions() throws IOException {
    Graph graph = SmallGraph.ofEveryOperation();
    Map<String, NodeDef> nodes =
        written(graph).getGraphDef().getNodeList().stream()
            .filter(node -> node.getName().startsWith("parameters/"))
            .collect(Collectors.toMap(NodeDef::getName, Function.identity()));
    assertThat(nodes.values()).extracting(NodeDef::getOp).containsOnly("Const");
    int known = 0;
    for (Parameter parameter : graph.parameters()) {
      NodeDef plain = nodes.get("parameters/" + parameter.name());
      NodeDef transposed = nodes.get("parameters/" + parameter.name() + "/transposed");
      assertThat(plain == null).as(parameter.name()).isNotEqualTo(transposed == null);
      assertConstant(
          plain == null ? transposed : plain, plain == null ? parameter.transposed() : parameter);
      known++;
    }
    assertThat(nodes).hasSize(known);
  }

  private static void assertConstant(NodeDef node, Parameter parameter) {
    var tensor = node.getAttrOrThrow("value").getTensor();
    assertThat(tensor.getTensorContent()).isEqualTo(ByteString.copyFrom(parameter.bytes()));
    assertThat(node.getAttrOrThrow("dtype").getType()).isEqualTo(tensor.getDtype());
    assertThat(tensor.getTensorShape().getDimList())
        .extracting(TensorShapeProto.Dim::getSize)
        .containsExactlyElementsOf(
            java.util.Arrays.stream(parameter.shape().sizes()).boxed().toList());
  }

  /** With AVX-512, TensorFlow computes wrongly with constants that it has to transpose. */
  @Test
  void noProductTransposesAConstant() throws IOException {
    assertThat(written(SmallGraph.ofEveryOperation()).getGraphDef().getNodeList())
        .filteredOn(node -> node.getOp().equals("MatMul"))
        .isNotEmpty()
        .noneMatch(node -> node.getAttrOrThrow("transpose_b").getB());
  }

  @Test
  void equalGraphsGiveEqualBytes() throws IOException {
    assertThat(bytes(SmallGraph.ofEveryOperation()))
        .isEqualTo(bytes(SmallGraph.ofEveryOperation()));
  }

  /** A sum of two tables of so many rows of 1024 floats each. */
  private static Graph sum(long rows, AtomicInteger asked) {
    GraphBuilder graph = new GraphBuilder();
    FunctionBuilder explain = graph.function("explain");
    Tensor ids = explain.input("ids", ElementType.INT64, Axis.named("batch"), Axis.fixed(2));
    Tensor[] found = new Tensor[2];
    for (int i = 0; i < found.length; i++) {
      Parameter table =
          graph.parameter(
              Parameter.lazy(
                  "table" + i,
                  Shape.ofSizes(rows, 1024),
                  () -> {
                    asked.incrementAndGet();
                    return ByteBuffer.allocate((int) rows * 4096).order(ByteOrder.LITTLE_ENDIAN);
                  }));
      found[i] = explain.embedding(table, ids);
    }
    explain.output("sum", explain.add(found[0], found[1]));
    return graph.build();
  }

  @Test
  void bytesAreAskedForOneAfterTheOtherWhenTheyAreWritten() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    var content = SavedModelFile.withWeights(sum(3, asked), ALIASES);
    assertThat(asked).hasValue(0);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.writeTo(Channels.newChannel(bytes));
    assertThat(asked).hasValue(2);
    assertThat(SavedModel.parseFrom(bytes.toByteArray()).getMetaGraphsCount()).isEqualTo(1);
  }

  @Test
  void whatTheFormatCannotHoldIsRefusedBeforeAnythingIsRead() {
    AtomicInteger asked = new AtomicInteger();
    // Two tables of 1 GiB.
    Graph large = sum(1 << 18, asked);
    assertThatThrownBy(() -> SavedModelFile.withWeights(large, ALIASES))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageMatching(
            "export savedmodel: expected a model that takes at most 2146435071 bytes with its"
                + " weights, as saved_model\\.pb can hold no more, got 21474\\d{5} bytes; export"
                + " torchscript");
    assertThat(asked).hasValue(0);
  }
}
