package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import io.github.attentive.djl.runtime.CompiledGraph;
import io.github.attentive.djl.runtime.HostArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Functions that are seldom called compute what they say, over the weights of the others, whenever
 * they are called for the first time.
 */
public abstract class SeldomCalledContract {
  /** Large enough for a dense layer whose weights an engine may keep in another order. */
  private static final int WIDE = 256;

  private static final float CLOSE = 1e-5f;

  /** Loads a graph on the CPU. */
  protected abstract CompiledGraph load(Graph graph);

  private static float[] uniform(long seed, int count) {
    return uniform(seed, count, 1);
  }

  private static float[] uniform(long seed, int count, double reach) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-reach, reach);
    }
    return values;
  }

  /** Two functions that are called often, and three that are not. */
  private static final class Model {
    private final GraphBuilder graph = new GraphBuilder();
    private final Map<String, Parameter> weights = new HashMap<>();

    private Model(long seed) {
      parameter("weight", uniform(seed, WIDE * WIDE, 0.1), WIDE, WIDE);
      parameter("bias", uniform(seed + 1, WIDE), WIDE);
      parameter("table", uniform(seed + 2, 6), 3, 2);
      parameter("projection", uniform(seed + 3, 4), 2, 2);
      parameter("own", uniform(seed + 4, 4), 2, 2);
    }

    static Graph of(long seed) {
      Model model = new Model(seed);
      dense(model.graph.function("dense"), model.weights);
      constants(model.graph.function("constants"), model.weights);
      model.graph.seldomCalled(
          "shifted",
          (shifted, weights) -> {
            Tensor dense = dense(shifted, weights);
            Tensor shift =
                shifted.input("shift", ElementType.FLOAT32, Axis.named("batch"), WIDE_AXIS);
            shifted.output("sum", shifted.add(dense, shift));
          });
      model.graph.seldomCalled(
          "more_constants",
          (more, weights) -> {
            Tensor few = constants(more, weights);
            Tensor projected =
                more.linear(more.rows(weights.get("table")), weights.get("own"), null);
            more.output(
                "z", more.matMul(more.matMul(few, projected), more.rows(weights.get("own"))));
          });
      model.graph.seldomCalled("looped", Model::looped);
      return model.graph.build();
    }

    private static final Axis WIDE_AXIS = Axis.fixed(WIDE);

    private void parameter(String name, float[] values, long... shape) {
      weights.put(name, graph.parameter(Parameter.of(name, Shape.ofSizes(shape), values)));
    }

    private static Tensor dense(FunctionBuilder function, Map<String, Parameter> weights) {
      Tensor x = function.input("x", ElementType.FLOAT32, Axis.named("batch"), WIDE_AXIS);
      Tensor y =
          function.activate(
              Activation.GELU, function.linear(x, weights.get("weight"), weights.get("bias")));
      function.output("y", y);
      return y;
    }

    /** {@code [batch, 3]}, by what depends on parameters alone. */
    private static Tensor constants(FunctionBuilder function, Map<String, Parameter> weights) {
      Tensor few = function.input("few", ElementType.FLOAT32, Axis.named("batch"), Axis.fixed(2));
      Tensor rows =
          function.linear(function.rows(weights.get("table")), weights.get("projection"), null);
      Tensor y = function.matMul(few, function.transpose(rows, 0, 1));
      function.output("y", y);
      return y;
    }

    private static void looped(FunctionBuilder function, Map<String, Parameter> weights) {
      Tensor x =
          function.input(
              "x", ElementType.FLOAT32, Axis.named("batch"), Axis.named("length"), Axis.fixed(2));
      function.output(
          "states",
          function.recurrence(
              List.of(x),
              2,
              true,
              (slices, state) ->
                  function.add(
                      slices.get(0), function.linear(state, weights.get("projection"), null))));
    }
  }

  private static HostArray floats(long seed, long... shape) {
    int count = 1;
    for (long size : shape) {
      count = Math.toIntExact(count * size);
    }
    return new HostArray.Floats(shape, uniform(seed, count));
  }

  /** What a call gives on the engine must be what it gives in plain arithmetic. */
  private record Call(String function, List<HostArray> inputs) {
    static List<Call> all() {
      return List.of(
          new Call("dense", List.of(floats(1, 3, WIDE))),
          new Call("shifted", List.of(floats(2, 2, WIDE), floats(3, 2, WIDE))),
          new Call("constants", List.of(floats(4, 5, 2))),
          new Call("more_constants", List.of(floats(5, 4, 2))),
          new Call("looped", List.of(floats(6, 2, 4, 2))),
          new Call("shifted", List.of(floats(7, 1, WIDE), floats(8, 1, WIDE))),
          new Call("dense", List.of(floats(9, 1, WIDE))),
          new Call("constants", List.of(floats(4, 1, 2))));
    }

    Void check(CompiledGraph graph, CompiledGraph interpreter) {
      List<HostArray.Floats> expected = interpreter.run(function, inputs);
      List<HostArray.Floats> actual = graph.run(function, inputs);
      assertThat(actual).as(function).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(actual.get(i).shape()).as(function).containsExactly(expected.get(i).shape());
        assertThat(actual.get(i).values())
            .as("%s, output %s", function, i)
            .containsExactly(expected.get(i).values(), within(CLOSE));
      }
      return null;
    }
  }

  @Test
  void theyComputeWhatTheySayOverTheSameWeights() {
    Graph model = Model.of(10);
    try (CompiledGraph graph = load(model);
        CompiledGraph interpreter = new GraphInterpreter(model)) {
      Call.all().forEach(call -> call.check(graph, interpreter));
    }
  }

  @Test
  void firstCallsMayComeFromManyThreads() throws Exception {
    Graph model = Model.of(20);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (CompiledGraph graph = load(model);
        CompiledGraph interpreter = new GraphInterpreter(model)) {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Call.all().forEach(call -> calls.add(() -> call.check(graph, interpreter)));
      }
      for (Future<Void> done : threads.invokeAll(calls, 60, TimeUnit.SECONDS)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void modelsKeepApart() {
    Graph one = Model.of(30);
    Graph other = Model.of(40);
    try (CompiledGraph first = load(one);
        CompiledGraph second = load(other)) {
      for (Call call : Call.all()) {
        call.check(first, new GraphInterpreter(one));
        call.check(second, new GraphInterpreter(other));
      }
    }
  }
}
