package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.Device;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import io.github.attentive.djl.runtime.HostArray;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What depends on parameters alone is computed when they are bound. */
class FoldedConstantsTest {
  private static final float[] TABLE = {1, 2, 3, 4};
  private static final float[] WEIGHT = {1, 0, 1, 1};

  /** Two functions that both multiply their input by the same projected table. */
  private static Graph graph() {
    GraphBuilder graph = new GraphBuilder();
    Parameter table = graph.parameter(Parameter.of("table", Shape.ofSizes(2, 2), TABLE));
    Parameter weight = graph.parameter(Parameter.of("weight", Shape.ofSizes(2, 2), WEIGHT));
    for (String name : List.of("classify", "explain")) {
      FunctionBuilder function = graph.function(name);
      Tensor x = function.input("x", ElementType.FLOAT32, Axis.named("batch"), Axis.fixed(2));
      Tensor rows = function.rows(table);
      Tensor projected = function.transpose(function.linear(rows, weight, null), 0, 1);
      function.output("y", function.matMul(function.matMul(x, rows), projected));
    }
    return graph.build();
  }

  @Test
  void theyAreComputedOnceForAllFunctions() {
    Graph graph = graph();
    TorchScriptCode.Bindable code =
        TorchScriptCode.bindable(graph, new TorchScriptNames(graph), DenseLayers.PLAIN);
    assertThat(code.attributes()).containsExactly("table", "weight", "folded_0");
    assertThat(code.text())
        .contains(
            """
                self.weight = weights[1]
                self.folded_0 = torch.transpose(torch.linear(self.table, self.weight, None), 0, 1)
                return None
            """)
        .contains(
            """
                x4 = torch.matmul(x, self.table)
                x5 = torch.matmul(x4, self.folded_0)
                return x5
            """);
    assertThat(code.text().split("torch.linear", -1)).hasSize(2);
  }

  @Test
  void functionsThatAreSeldomCalledBorrowThemAndComputeTheirOwn() {
    Graph graph = graph();
    GraphBuilder with = new GraphBuilder();
    with.seldomCalled(
        "inspect",
        (seldom, parameters) -> {
          Tensor x = seldom.input("x", ElementType.FLOAT32, Axis.named("batch"), Axis.fixed(2));
          Tensor dense =
              seldom.linear(seldom.rows(parameters.get("table")), parameters.get("weight"), null);
          seldom.output("y", seldom.matMul(x, seldom.transpose(dense, 0, 1)));
          seldom.output("z", seldom.matMul(x, dense));
        });
    Graph all = new Graph(graph.parameters(), graph.functions(), with.build().seldomCalled());
    TorchScriptCode.Bindable code =
        TorchScriptCode.bindable(all, new TorchScriptNames(all), DenseLayers.PLAIN);
    assertThat(code.attributes()).containsExactly("table", "weight", "folded_0");
    assertThat(code.text())
        .contains("    return [self.table, self.weight, self.folded_0, ]\n")
        .doesNotContain("inspect");
    TorchScriptCode.Bindable borrower =
        TorchScriptCode.borrowing(all.outline(), "inspect", code, DenseLayers.PLAIN);
    assertThat(borrower.attributes()).containsExactly("table", "weight", "folded_0", "folded_1");
    assertThat(borrower.text())
        .contains(
            """
                self.folded_0 = weights[2]
                self.folded_1 = torch.linear(self.table, self.weight, None)
                return None
            """)
        .contains("torch.matmul(x, self.folded_0)")
        .contains("torch.matmul(x, self.folded_1)")
        .doesNotContain("def lend");
  }

  /** The way back through a dense layer reads its weight, in another order or not. */
  @Test
  void whatOnlyShowsALargeWeightIsNotKeptASecondTime() {
    GraphBuilder builder = new GraphBuilder();
    Parameter large = Parameter.of("large", Shape.ofSizes(256, 256), new float[256 * 256]);
    builder.parameter(large);
    FunctionBuilder function = builder.function("classify");
    Tensor x = function.input("x", ElementType.FLOAT32, Axis.named("batch"), Axis.fixed(256));
    Tensor rows = function.rows(large);
    function.output("y", function.matMul(x, rows));
    function.output("z", function.matMul(x, function.transpose(rows, 0, 1)));
    Graph graph = builder.build();
    TorchScriptCode.Bindable code =
        TorchScriptCode.bindable(graph, new TorchScriptNames(graph), DenseLayers.PACKED);
    assertThat(code.attributes()).containsExactly("large");
    assertThat(code.text())
        .contains("torch.matmul(x, torch.to_dense(self.large))")
        .contains("torch.matmul(x, torch.transpose(torch.to_dense(self.large), 0, 1))");
  }

  @Test
  void anArchiveWithItsWeightsComputesThemAtEachCall() {
    Graph graph = graph();
    assertThat(TorchScriptCode.complete(graph, new TorchScriptNames(graph)))
        .doesNotContain("folded")
        .contains("torch.linear(x1, self.weight, None)");
  }

  @Test
  void theNumbersAreThoseOfTheGraph() {
    try (PyTorchGraph compiled = PyTorchGraph.load(graph(), Device.CPU, OptionalInt.empty())) {
      HostArray x = new HostArray.Floats(new long[] {1, 2}, new float[] {1, 1});
      // x table = [4, 6]; table weight^T = [[1, 3], [3, 7]], transposed [[1, 3], [3, 7]].
      assertThat(compiled.run("classify", List.of(x)).get(0).values()).containsExactly(22, 54);
      assertThat(compiled.run("explain", List.of(x)).get(0).values()).containsExactly(22, 54);
    }
  }
}
