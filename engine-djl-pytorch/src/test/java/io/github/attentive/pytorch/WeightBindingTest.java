package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.github.attentive.Device;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.contract.SmallGraph;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import io.github.attentive.djl.runtime.CompiledGraph;
import io.github.attentive.djl.runtime.HostArray;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** An archive that is given its weights is the archive that has them with it. */
class WeightBindingTest {
  private static List<HostArray.Floats> runComplete(
      Graph graph, String function, List<HostArray> inputs) {
    try (Model model =
            PyTorchRuntime.load(
                out -> TorchScriptArchive.write(graph, false, out), Device.CPU, false);
        NDManager manager = model.getNDManager().newSubManager()) {
      IValue[] arguments =
          inputs.stream()
              .map(input -> IValue.from((PtNDArray) NativeArrays.toNative(input, manager)))
              .toArray(IValue[]::new);
      try (IValue result =
          IValueUtils.runMethod((PtSymbolBlock) model.getBlock(), function, arguments)) {
        return NativeArrays.toHost(result.toNDList((PtNDManager) manager));
      } finally {
        for (IValue argument : arguments) {
          argument.close();
        }
      }
    }
  }

  @Test
  void bothArchivesGiveTheSameBits() {
    Graph graph = SmallGraph.ofEveryOperation();
    HostArray ids = new HostArray.Longs(new long[] {2, 3}, new long[] {0, 1, 2, 2, 2, 1});
    HostArray x =
        new HostArray.Floats(new long[] {1, 3, 2}, new float[] {1, 0.3f, -2, 0.1f, 7, -0.7f});
    try (CompiledGraph bound = PyTorchGraph.load(graph, Device.CPU, OptionalInt.empty())) {
      for (String function : List.of("explain", "tables")) {
        assertSameBits(
            bound.run(function, List.of(ids)), runComplete(graph, function, List.of(ids)));
      }
      assertSameBits(bound.run("layers", List.of(x)), runComplete(graph, "layers", List.of(x)));
    }
  }

  private static void assertSameBits(
      List<HostArray.Floats> actual, List<HostArray.Floats> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).shape()).containsExactly(expected.get(i).shape());
      assertThat(actual.get(i).values()).containsExactly(expected.get(i).values());
    }
  }

  @Test
  void aGraphCanBeLoadedTwice() {
    Graph graph = SmallGraph.ofEveryOperation();
    HostArray ids = new HostArray.Longs(new long[] {1, 3}, new long[] {0, 1, 3});
    try (CompiledGraph one = PyTorchGraph.load(graph, Device.CPU, OptionalInt.empty());
        CompiledGraph other = PyTorchGraph.load(graph, Device.CPU, OptionalInt.empty())) {
      assertSameBits(other.run("explain", List.of(ids)), one.run("explain", List.of(ids)));
    }
  }

  @Test
  void whatAWeightsSourceThrowsReachesTheCaller() {
    GraphBuilder graph = new GraphBuilder();
    Parameter weight =
        graph.parameter(
            Parameter.lazy(
                "w",
                Shape.ofSizes(2),
                () -> {
                  throw new ModelLoadException("the file has gone");
                }));
    FunctionBuilder function = graph.function("f");
    Tensor ids = function.input("ids", ElementType.INT64);
    function.output("y", function.embedding(weight, ids));
    Graph built = graph.build();
    assertThatThrownBy(() -> PyTorchGraph.load(built, Device.CPU, OptionalInt.empty()))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage("the file has gone");
  }

  @Test
  void namesThatDifferInSignsOnlyStayApart() {
    GraphBuilder graph = new GraphBuilder();
    List<String> names = List.of("a.b", "a_b", "a-b", "a_b_", "a.b_", "ä.b");
    FunctionBuilder function = graph.function("f");
    for (int i = 0; i < names.size(); i++) {
      Parameter parameter =
          graph.parameter(Parameter.of(names.get(i), Shape.ofSizes(1), new float[] {i}));
      function.output("y" + i, function.rows(parameter));
    }
    Graph built = graph.build();
    TorchScriptNames attributes = new TorchScriptNames(built);
    assertThat(built.parameters().stream().map(attributes::of))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[A-Za-z0-9_]+"))
        .first()
        .isEqualTo("a_b");
    assertThatThrownBy(() -> attributes.of(Parameter.of("a.b", Shape.ofSizes(1), new float[1])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a.b[1] is not a parameter of this graph");
    try (CompiledGraph compiled = PyTorchGraph.load(built, Device.CPU, OptionalInt.empty())) {
      List<HostArray.Floats> outputs = compiled.run("f", List.of());
      for (int i = 0; i < names.size(); i++) {
        assertThat(outputs.get(i).values()).as(names.get(i)).containsExactly(i);
        assertThat(runComplete(built, "f", List.of()).get(i).values()).containsExactly(i);
      }
    }
  }
}
