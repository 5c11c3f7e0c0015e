package io.github.attentive.djl.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.architecture.WordVectors;
import io.github.attentive.djl.contract.GraphInterpreter;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Tensor;
import io.github.attentive.djl.runtime.HostArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.assertj.core.data.Offset;

/** What one layer of an archive gives for tokens, by itself: its numbers and its mask. */
final class KerasProbe {
  private static final Offset<Double> CLOSE = Offset.offset(2e-6);

  private final Path folder;
  private final boolean explain;

  /**
   * For an archive, its outputs aside.
   *
   * @param explain whether attention is wanted, for which layers may be written in another way
   */
  KerasProbe(Path folder, KerasArchive archive, boolean explain) throws IOException {
    this.folder = folder;
    this.explain = explain;
    archive.outputs("ids").write(folder);
  }

  /** A result and its mask, which is empty for none; and the axis of positions. */
  record Found(long[] shape, double[] numbers, double[] mask, int positions) {
    void assertIs(double[]... rows) {
      double[] expected = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
      assertThat(numbers).as(Arrays.toString(shape)).containsExactly(expected, CLOSE);
    }

    void assertRow(int row, double... expected) {
      int width = expected.length;
      assertThat(Arrays.copyOfRange(numbers, row * width, (row + 1) * width))
          .as("row %s", row)
          .containsExactly(expected, CLOSE);
    }
  }

  Found first(String layer, long... ids) {
    return result(layer, 0, 0, new long[][] {ids});
  }

  Found result(String layer, int call, int number, long[]... ids) {
    try (KerasFile file = KerasFile.open(folder.resolve("model.keras"))) {
      KerasModelConfig whole = KerasModelConfig.of(file.config(), "");
      KerasText text =
          new KerasTextReader(file, whole, KerasSettings.of(folder.toAbsolutePath())).read();
      GraphBuilder graph = new GraphBuilder();
      FunctionBuilder function = graph.function("f");
      KerasWriter writer =
          new KerasWriter(
              function,
              new KerasParameters(graph, file.weights()),
              text,
              explain,
              WordVectors.lookedUp());
      KerasModelConfig wanted =
          new KerasModelConfig(
              whole.layers(),
              whole.inputs(),
              List.of(
                  new KerasModelConfig.Output(
                      layer, new KerasArgument.Result(layer, call, number))));
      KerasValue value = writer.write(wanted, List.of(input(function, text.length()))).get(0);
      function.output("numbers", Objects.requireNonNull(value.tensor()));
      Tensor mask = value.mask();
      if (mask != null) {
        function.output("mask", mask);
      }
      return found(new GraphInterpreter(graph.build()), value, ids);
    }
  }

  private static KerasValue input(FunctionBuilder function, OptionalInt length) {
    Axis positions = length.isPresent() ? Axis.fixed(length.getAsInt()) : Axis.named("length");
    return KerasValue.of(
            function.input(
                ModelFunctions.INPUT_IDS, ElementType.INT64, Axis.named("batch"), positions))
        .at(1);
  }

  private static Found found(GraphInterpreter graph, KerasValue value, long[][] ids) {
    long[] flat = Arrays.stream(ids).flatMapToLong(Arrays::stream).toArray();
    long[] shape = {ids.length, ids[0].length};
    List<HostArray.Floats> results = graph.run("f", List.of(new HostArray.Longs(shape, flat)));
    return new Found(
        results.get(0).shape(),
        wide(results.get(0).values()),
        results.size() > 1 ? wide(results.get(1).values()) : new double[0],
        value.positions());
  }

  private static double[] wide(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
