package io.github.attentive.djl.contract;

import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Operation;
import io.github.attentive.djl.graph.OperationVisitor;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Tensor;
import io.github.attentive.djl.runtime.CompiledGraph;
import io.github.attentive.djl.runtime.HostArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Runs a graph by loops in double precision: slow and plain, so that tests of what is written on a
 * graph need no engine. The engines' own contract proves it.
 */
public final class GraphInterpreter implements CompiledGraph {
  private final Graph graph;

  /** For a graph. */
  public GraphInterpreter(Graph graph) {
    this.graph = graph;
  }

  @Override
  public List<HostArray.Floats> run(String name, List<HostArray> inputs) {
    return runInDoubles(name, inputs.stream().map(NumberArray::of).toList()).stream()
        .map(NumberArray::floats)
        .toList();
  }

  /** The same in doubles from end to end, for differences of outputs. */
  List<NumberArray> runInDoubles(String name, List<NumberArray> inputs) {
    Function function = graph.function(name);
    Run run = run(function, inputs, Map.of());
    run.steps(function.steps());
    return function.outputs().stream().map(output -> run.value(output.tensor())).toList();
  }

  /**
   * One output in doubles, computed without what it does not depend on.
   *
   * @param added to the results of some steps
   */
  NumberArray runInDoubles(
      String name, List<NumberArray> inputs, String output, Map<Tensor, NumberArray> added) {
    Function function = graph.function(name);
    Tensor wanted =
        function.outputs().stream()
            .filter(named -> named.name().equals(output))
            .findFirst()
            .orElseThrow()
            .tensor();
    Set<Tensor> needed = new HashSet<>(Set.of(wanted));
    List<Function.Step> steps = new ArrayList<>();
    for (int i = function.steps().size() - 1; i >= 0; i--) {
      Function.Step step = function.steps().get(i);
      if (needed.contains(step.result())) {
        needed.addAll(step.operation().operands());
        steps.add(0, step);
      }
    }
    Run run = run(function, inputs, added);
    run.steps(steps);
    return run.value(wanted);
  }

  private static Run run(
      Function function, List<NumberArray> inputs, Map<Tensor, NumberArray> added) {
    Run run = new Run(added);
    for (int i = 0; i < inputs.size(); i++) {
      run.values.put(function.inputs().get(i).tensor(), inputs.get(i));
    }
    return run;
  }

  @Override
  public void close() {}

  private static final class Run implements OperationVisitor<NumberArray> {
    private final Map<Tensor, NumberArray> values = new HashMap<>();
    private final Map<Tensor, NumberArray> added;

    private Run(Map<Tensor, NumberArray> added) {
      this.added = added;
    }

    private void steps(List<Function.Step> steps) {
      for (Function.Step step : steps) {
        NumberArray result = step.operation().accept(this);
        NumberArray more = added.get(step.result());
        values.put(step.result(), more == null ? result : result.with(more, Double::sum));
      }
    }

    private NumberArray value(Tensor tensor) {
      NumberArray value = values.get(tensor);
      if (value == null) {
        throw new IllegalArgumentException(tensor + " has no value so far");
      }
      return value;
    }

    private static NumberArray value(Parameter parameter) {
      int count = Math.toIntExact(parameter.shape().elements());
      double[] numbers = new double[count];
      for (int i = 0; i < count; i++) {
        numbers[i] =
            parameter.type() == ElementType.INT64
                ? parameter.bytes().asLongBuffer().get(i)
                : parameter.bytes().asFloatBuffer().get(i);
      }
      return new NumberArray(
          Arrays.stream(parameter.shape().sizes()).mapToInt(Math::toIntExact).toArray(), numbers);
    }

    @Override
    public NumberArray embedding(Operation.Embedding op) {
      NumberArray table = value(op.table());
      NumberArray ids = value(op.ids());
      int width = table.rank() == 1 ? 1 : table.size(1);
      double[] rows = new double[ids.count() * width];
      for (int i = 0; i < ids.count(); i++) {
        int id = (int) ids.numbers()[i];
        if (id < 0 || id >= table.size(0)) {
          throw new io.github.attentive.InferenceException(
              "row %s of %s for ids %s".formatted(id, op.table(), Arrays.toString(ids.shape())));
        }
        System.arraycopy(table.numbers(), id * width, rows, i * width, width);
      }
      int[] shape = Arrays.copyOf(ids.shape(), ids.rank() + (table.rank() == 1 ? 0 : 1));
      if (table.rank() > 1) {
        shape[ids.rank()] = width;
      }
      return new NumberArray(shape, rows);
    }

    @Override
    public NumberArray rows(Operation.Rows op) {
      return value(op.table());
    }

    @Override
    public NumberArray leadingRows(Operation.LeadingRows op) {
      return value(op.table()).part(0, 0, value(op.x()).size(op.axis()));
    }

    @Override
    public NumberArray fill(Operation.Fill op) {
      return value(op.x()).each(x -> op.value());
    }

    @Override
    public NumberArray binary(Operation.Binary op) {
      DoubleBinaryOperator of =
          switch (op.arithmetic()) {
            case ADD -> Double::sum;
            case MULTIPLY -> (a, b) -> a * b;
            case DIVIDE -> (a, b) -> a / b;
          };
      return value(op.left()).with(value(op.right()), of);
    }

    @Override
    public NumberArray affine(Operation.Affine op) {
      return value(op.x()).each(x -> op.scale() * x + op.shift());
    }

    @Override
    public NumberArray activate(Operation.Activate op) {
      return value(op.x()).each(x -> ActivationValues.of(op.activation(), x));
    }

    @Override
    public NumberArray geluGradient(Operation.GeluGradient op) {
      return value(op.gradient())
          .with(
              value(op.x()),
              (gradient, x) -> gradient * ActivationValues.geluSlope(op.activation(), x));
    }

    @Override
    public NumberArray notEqual(Operation.NotEqual op) {
      return value(op.x()).each(x -> x == op.value() ? 0 : 1);
    }

    @Override
    public NumberArray cumulativeSum(Operation.CumulativeSum op) {
      NumberArray x = value(op.x());
      NumberArray sums = x.each(DoubleUnaryOperator.identity());
      x.alongAxis(
          op.axis(),
          places -> {
            for (int i = 1; i < places.length; i++) {
              sums.numbers()[places[i]] += sums.numbers()[places[i - 1]];
            }
          });
      return sums;
    }

    @Override
    public NumberArray toFloat(Operation.ToFloat op) {
      return value(op.x());
    }

    @Override
    public NumberArray matMul(Operation.MatMul op) {
      return value(op.left()).times(value(op.right()));
    }

    @Override
    public NumberArray transpose(Operation.Transpose op) {
      NumberArray x = value(op.x());
      int[] order = IntStream.range(0, x.rank()).toArray();
      order[op.first()] = op.second();
      order[op.second()] = op.first();
      return x.inOrder(order);
    }

    @Override
    public NumberArray unsqueeze(Operation.Unsqueeze op) {
      return value(op.x()).withAxis(op.axis());
    }

    @Override
    public NumberArray splitAxis(Operation.SplitAxis op) {
      NumberArray x = value(op.x());
      int[] shape = x.withAxis(op.axis()).shape();
      shape[op.axis()] = (int) op.outer();
      shape[op.axis() + 1] = (int) op.inner();
      return new NumberArray(shape, x.numbers());
    }

    @Override
    public NumberArray mergeAxes(Operation.MergeAxes op) {
      NumberArray x = value(op.x());
      int[] shape = x.withoutAxis(op.axis());
      shape[op.axis()] = x.size(op.axis()) * x.size(op.axis() + 1);
      return new NumberArray(shape, x.numbers());
    }

    @Override
    public NumberArray slice(Operation.Slice op) {
      return value(op.x()).part(op.axis(), (int) op.start(), (int) op.end());
    }

    @Override
    public NumberArray select(Operation.Select op) {
      NumberArray x = value(op.x());
      int index = (int) (op.index() < 0 ? op.index() + x.size(op.axis()) : op.index());
      NumberArray part = x.part(op.axis(), index, index + 1);
      return new NumberArray(part.withoutAxis(op.axis()), part.numbers());
    }

    @Override
    public NumberArray reverse(Operation.Reverse op) {
      NumberArray x = value(op.x());
      NumberArray reversed = x.each(DoubleUnaryOperator.identity());
      x.alongAxis(
          op.axis(),
          places -> {
            for (int i = 0; i < places.length; i++) {
              reversed.numbers()[places[i]] = x.numbers()[places[places.length - 1 - i]];
            }
          });
      return reversed;
    }

    @Override
    public NumberArray shift(Operation.Shift op) {
      NumberArray x = value(op.x());
      NumberArray shifted = x.each(number -> 0);
      x.alongAxis(
          op.axis(),
          places -> {
            for (int i = 0; i < places.length; i++) {
              int to = i + op.by();
              if (to >= 0 && to < places.length) {
                shifted.numbers()[places[to]] = x.numbers()[places[i]];
              }
            }
          });
      return shifted;
    }

    @Override
    public NumberArray concat(Operation.Concat op) {
      return value(op.first()).joined(value(op.second()), op.axis());
    }

    @Override
    public NumberArray gather(Operation.Gather op) {
      NumberArray x = value(op.x());
      NumberArray index = value(op.index());
      int keys = index.size(1);
      int[] shape = x.shape();
      shape[3] = keys;
      double[] picked = new double[x.count() / x.size(3) * keys];
      for (int row = 0; row < picked.length / keys; row++) {
        for (int k = 0; k < keys; k++) {
          int place = (int) index.numbers()[row % x.size(2) * keys + k];
          picked[row * keys + k] = x.numbers()[row * x.size(3) + place];
        }
      }
      return new NumberArray(shape, picked);
    }

    @Override
    public NumberArray scatter(Operation.Scatter op) {
      NumberArray x = value(op.x());
      NumberArray index = value(op.index());
      NumberArray sums = value(op.like()).each(number -> 0);
      int keys = index.size(1);
      int places = sums.size(3);
      for (int row = 0; row < x.count() / keys; row++) {
        for (int k = 0; k < keys; k++) {
          int place = (int) index.numbers()[row % x.size(2) * keys + k];
          sums.numbers()[row * places + place] += x.numbers()[row * keys + k];
        }
      }
      return sums;
    }

    @Override
    public NumberArray dropout(Operation.Dropout op) {
      SplittableRandom random = new SplittableRandom(0);
      double kept = 1 - op.rate();
      return value(op.x()).each(x -> random.nextDouble() < kept ? x / kept : 0);
    }

    @Override
    public NumberArray softmax(Operation.Softmax op) {
      return value(op.x()).softmax(op.axis());
    }

    @Override
    public NumberArray softmaxGradient(Operation.SoftmaxGradient op) {
      double[] y = value(op.result()).numbers();
      NumberArray gradient = value(op.gradient());
      NumberArray found = gradient.each(DoubleUnaryOperator.identity());
      gradient.alongAxis(
          op.axis(),
          places -> {
            double sum = Arrays.stream(places).mapToDouble(i -> y[i] * gradient.numbers()[i]).sum();
            for (int place : places) {
              found.numbers()[place] = y[place] * (gradient.numbers()[place] - sum);
            }
          });
      return found;
    }

    @Override
    public NumberArray reduce(Operation.Reduce op) {
      return value(op.x())
          .reduced(
              op.axis(),
              row ->
                  switch (op.reduction()) {
                    case MAX -> row.max().orElseThrow();
                    case MEAN -> row.average().orElseThrow();
                    case SUM -> row.sum();
                  });
    }

    @Override
    public NumberArray linear(Operation.Linear op) {
      NumberArray product = value(op.x()).times(value(op.weight()).inOrder(1, 0));
      return op.bias() == null ? product : product.with(value(op.bias()), Double::sum);
    }

    /** From the sums over i of what each normed number has to do with the others. */
    @Override
    public NumberArray layerNormGradient(Operation.LayerNormGradient op) {
      double[] x = value(op.x()).numbers();
      NumberArray weighted = value(op.gradient()).with(value(op.weight()), (g, w) -> g * w);
      double[] g = weighted.numbers();
      NumberArray found = weighted.each(DoubleUnaryOperator.identity());
      weighted.alongAxis(
          weighted.rank() - 1,
          places -> {
            double mean = Arrays.stream(places).mapToDouble(i -> x[i]).average().orElseThrow();
            double variance =
                Arrays.stream(places)
                        .mapToDouble(i -> Math.pow(x[i] - mean, 2))
                        .average()
                        .orElseThrow()
                    + op.epsilon();
            for (int place : places) {
              double sum = 0;
              for (int i : places) {
                double same = i == place ? 1 : 0;
                double bend = (x[i] - mean) * (x[place] - mean) / variance;
                sum += g[i] * (same - (1 + bend) / places.length);
              }
              found.numbers()[place] = sum / Math.sqrt(variance);
            }
          });
      return found;
    }

    @Override
    public NumberArray layerNorm(Operation.LayerNorm op) {
      NumberArray x = value(op.x());
      int axis = x.rank() - 1;
      NumberArray normed = x.each(DoubleUnaryOperator.identity());
      x.alongAxis(
          axis,
          places -> {
            double mean =
                Arrays.stream(places).mapToDouble(i -> x.numbers()[i]).average().orElseThrow();
            double variance =
                Arrays.stream(places)
                    .mapToDouble(i -> Math.pow(x.numbers()[i] - mean, 2))
                    .average()
                    .orElseThrow();
            for (int place : places) {
              normed.numbers()[place] =
                  (x.numbers()[place] - mean) / Math.sqrt(variance + op.epsilon());
            }
          });
      NumberArray scaled = normed.with(value(op.weight()), (a, b) -> a * b);
      return op.bias() == null ? scaled : scaled.with(value(op.bias()), Double::sum);
    }

    @Override
    public NumberArray convolution(Operation.Convolution op) {
      NumberArray x = value(op.x());
      NumberArray weight = value(op.weight());
      NumberArray bias = value(op.bias());
      int positions = x.size(1);
      int in = x.size(2);
      int out = weight.size(0);
      int width = weight.size(2);
      double[] sums = new double[x.size(0) * positions * out];
      for (int row = 0; row < x.size(0) * positions; row++) {
        for (int o = 0; o < out; o++) {
          double sum = bias.numbers()[o];
          for (int tap = 0; tap < width; tap++) {
            int place = row % positions + tap - width / 2;
            for (int i = 0; i < in && place >= 0 && place < positions; i++) {
              sum +=
                  weight.numbers()[(o * in + i) * width + tap]
                      * x.numbers()[(row / positions * positions + place) * in + i];
            }
          }
          sums[row * out + o] = sum;
        }
      }
      return new NumberArray(new int[] {x.size(0), positions, out}, sums);
    }

    @Override
    public NumberArray attention(Operation.Attention op) {
      NumberArray key = value(op.key());
      int[] order = IntStream.range(0, key.rank()).toArray();
      order[key.rank() - 1] = key.rank() - 2;
      order[key.rank() - 2] = key.rank() - 1;
      NumberArray scores =
          value(op.query()).times(key.inOrder(order)).each(score -> score * op.scale());
      if (op.bias() != null) {
        scores = scores.with(value(op.bias()), Double::sum);
      }
      return scores.softmax(scores.rank() - 1).times(value(op.value()));
    }

    @Override
    public NumberArray recurrence(Operation.Recurrence op) {
      List<NumberArray> sequences = op.sequences().stream().map(this::value).toList();
      int batch = sequences.get(0).size(0);
      int positions = sequences.get(0).size(1);
      int width = (int) op.state().shape().axis(1).size();
      NumberArray all =
          new NumberArray(
              new int[] {batch, positions, width}, new double[batch * positions * width]);
      NumberArray state = new NumberArray(new int[] {batch, width}, new double[batch * width]);
      for (int i = 0; i < positions; i++) {
        int position = op.backward() ? positions - 1 - i : i;
        for (int s = 0; s < sequences.size(); s++) {
          NumberArray part = sequences.get(s).part(1, position, position + 1);
          values.put(op.slices().get(s), new NumberArray(part.withoutAxis(1), part.numbers()));
        }
        values.put(op.state(), state);
        steps(op.steps());
        state = value(op.next());
        for (int text = 0; text < batch; text++) {
          System.arraycopy(
              state.numbers(),
              text * width,
              all.numbers(),
              (text * positions + position) * width,
              width);
        }
      }
      return all;
    }

    @Override
    public NumberArray binaryCrossEntropy(Operation.BinaryCrossEntropy op) {
      NumberArray losses =
          value(op.logits())
              .with(
                  value(op.targets()),
                  (x, t) -> Math.max(x, 0) - x * t + Math.log1p(Math.exp(-Math.abs(x))));
      return new NumberArray(
          new int[0], new double[] {Arrays.stream(losses.numbers()).average().orElseThrow()});
    }

    @Override
    public NumberArray crossEntropy(Operation.CrossEntropy op) {
      NumberArray probabilities = value(op.logits()).softmax(1);
      NumberArray targets = value(op.targets());
      double[] losses = new double[targets.count()];
      for (int i = 0; i < losses.length; i++) {
        int place = i * probabilities.size(1) + (int) targets.numbers()[i];
        losses[i] = -Math.log(probabilities.numbers()[place]);
      }
      return new NumberArray(new int[] {losses.length}, losses);
    }
  }
}
