package io.github.attentive.djl.contract;

import io.github.attentive.djl.runtime.HostArray;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Numbers with a shape, row-major, in double precision. */
record NumberArray(int[] shape, double[] numbers) {
  static NumberArray of(HostArray array) {
    int[] shape = Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
    if (array instanceof HostArray.Longs longs) {
      return new NumberArray(shape, Arrays.stream(longs.values()).asDoubleStream().toArray());
    }
    float[] values = ((HostArray.Floats) array).values();
    return new NumberArray(
        shape, IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray());
  }

  HostArray.Floats floats() {
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers[i];
    }
    return new HostArray.Floats(Arrays.stream(shape).asLongStream().toArray(), values);
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  int rank() {
    return shape.length;
  }

  int size(int axis) {
    return shape[axis];
  }

  int count() {
    return numbers.length;
  }

  NumberArray each(DoubleUnaryOperator of) {
    return new NumberArray(shape, Arrays.stream(numbers).map(of).toArray());
  }

  NumberArray withAxis(int axis) {
    int[] more = new int[rank() + 1];
    System.arraycopy(shape, 0, more, 0, axis);
    more[axis] = 1;
    System.arraycopy(shape, axis, more, axis + 1, rank() - axis);
    return new NumberArray(more, numbers);
  }

  int[] withoutAxis(int axis) {
    return IntStream.range(0, rank()).filter(i -> i != axis).map(i -> shape[i]).toArray();
  }

  /** The place of an element in an array of this shape, axes of size 1 being repeated. */
  private int place(int[] index, int skipped) {
    int place = 0;
    for (int axis = 0; axis < rank(); axis++) {
      place = place * shape[axis] + (shape[axis] == 1 ? 0 : index[axis + skipped]);
    }
    return place;
  }

  private static int[] index(int place, int[] shape) {
    int[] index = new int[shape.length];
    int rest = place;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    return index;
  }

  private static int product(int[] shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /** The shape of both where axes of size 1 and missing ones are repeated. */
  private int[] common(NumberArray other) {
    int rank = Math.max(rank(), other.rank());
    int[] common = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int mine = i <= rank() ? shape[rank() - i] : 1;
      int theirs = i <= other.rank() ? other.shape[other.rank() - i] : 1;
      common[rank - i] = Math.max(mine, theirs);
    }
    return common;
  }

  NumberArray with(NumberArray other, DoubleBinaryOperator of) {
    int[] common = common(other);
    int rank = common.length;
    double[] results = new double[product(common)];
    for (int i = 0; i < results.length; i++) {
      int[] index = index(i, common);
      results[i] =
          of.applyAsDouble(
              numbers[place(index, rank - rank())],
              other.numbers[other.place(index, rank - other.rank())]);
    }
    return new NumberArray(common, results);
  }

  NumberArray inOrder(int... order) {
    int[] turned = Arrays.stream(order).map(axis -> shape[axis]).toArray();
    double[] results = new double[numbers.length];
    for (int i = 0; i < results.length; i++) {
      int[] to = index(i, turned);
      int[] from = new int[order.length];
      for (int axis = 0; axis < order.length; axis++) {
        from[order[axis]] = to[axis];
      }
      results[i] = numbers[place(from, 0)];
    }
    return new NumberArray(turned, results);
  }

  NumberArray part(int axis, int start, int end) {
    int[] smaller = shape();
    smaller[axis] = end - start;
    double[] results = new double[product(smaller)];
    for (int i = 0; i < results.length; i++) {
      int[] index = index(i, smaller);
      index[axis] += start;
      int place = 0;
      for (int a = 0; a < rank(); a++) {
        place = place * shape[a] + index[a];
      }
      results[i] = numbers[place];
    }
    return new NumberArray(smaller, results);
  }

  NumberArray joined(NumberArray other, int axis) {
    int[] larger = shape();
    larger[axis] += other.shape[axis];
    double[] results = new double[product(larger)];
    for (int i = 0; i < results.length; i++) {
      int[] index = index(i, larger);
      boolean second = index[axis] >= shape[axis];
      index[axis] -= second ? shape[axis] : 0;
      NumberArray source = second ? other : this;
      int place = 0;
      for (int a = 0; a < rank(); a++) {
        place = place * source.shape[a] + index[a];
      }
      results[i] = source.numbers[place];
    }
    return new NumberArray(larger, results);
  }

  /** Shows the places of the elements along an axis, for each row of them. */
  void alongAxis(int axis, Consumer<int[]> row) {
    int stride = product(Arrays.copyOfRange(shape, axis + 1, rank()));
    for (int i = 0; i < numbers.length; i++) {
      if (index(i, shape)[axis] == 0) {
        int first = i;
        row.accept(IntStream.range(0, shape[axis]).map(k -> first + k * stride).toArray());
      }
    }
  }

  NumberArray reduced(int axis, ToDoubleFunction<DoubleStream> of) {
    double[] results = new double[numbers.length / shape[axis]];
    int[] next = new int[1];
    alongAxis(
        axis,
        places ->
            results[next[0]++] =
                of.applyAsDouble(Arrays.stream(places).mapToDouble(i -> numbers[i])));
    return new NumberArray(withoutAxis(axis), results);
  }

  NumberArray softmax(int axis) {
    NumberArray result = each(DoubleUnaryOperator.identity());
    alongAxis(
        axis,
        places -> {
          double max = Arrays.stream(places).mapToDouble(i -> numbers[i]).max().orElseThrow();
          double sum = Arrays.stream(places).mapToDouble(i -> Math.exp(numbers[i] - max)).sum();
          for (int place : places) {
            result.numbers[place] = Math.exp(numbers[place] - max) / sum;
          }
        });
    return result;
  }

  /** The product of the last two axes, or of a row and a matrix. */
  NumberArray times(NumberArray other) {
    if (rank() == 1) {
      NumberArray row = withAxis(0).times(other);
      return new NumberArray(row.withoutAxis(0), row.numbers);
    }
    int rows = shape[rank() - 2];
    int inner = shape[rank() - 1];
    int columns = other.shape[other.rank() - 1];
    NumberArray mine = new NumberArray(Arrays.copyOf(shape, rank() - 2), numbers);
    NumberArray theirs = new NumberArray(Arrays.copyOf(other.shape, other.rank() - 2), numbers);
    int[] leading = mine.common(theirs);
    int matrices = product(leading);
    int[] all = Arrays.copyOf(leading, leading.length + 2);
    all[leading.length] = rows;
    all[leading.length + 1] = columns;
    double[] products = new double[matrices * rows * columns];
    for (int matrix = 0; matrix < matrices; matrix++) {
      int[] index = index(matrix, leading);
      int left = mine.place(index, leading.length - mine.rank()) * rows * inner;
      int right = theirs.place(index, leading.length - theirs.rank()) * inner * columns;
      for (int row = 0; row < rows; row++) {
        int to = (matrix * rows + row) * columns;
        for (int i = 0; i < inner; i++) {
          double factor = numbers[left + row * inner + i];
          for (int column = 0; column < columns; column++) {
            products[to + column] += factor * other.numbers[right + i * columns + column];
          }
        }
      }
    }
    return new NumberArray(all, products);
  }
}
