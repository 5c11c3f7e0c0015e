package io.github.attentive.viz;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of a bar chart.
 *
 * @param labels a text for each row
 * @param values a number for each row
 * @param indices which of the given values have a bar, in the order of the rows
 * @param others how many values the last row stands for, which has no bar; 0 if there is none
 */
record BarRows(List<String> labels, double[] values, int[] indices, int others) {
  static BarRows of(List<String> labels, double[] values, boolean sorted, int most) {
    Comparator<Integer> strongestFirst =
        Comparator.<Integer>comparingDouble(i -> -Math.abs(values[i]))
            .thenComparing(Comparator.naturalOrder());
    int[] shown =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(strongestFirst)
            .limit(most)
            .mapToInt(i -> i)
            .toArray();
    int[] indices = sorted ? shown : IntStream.of(shown).sorted().toArray();
    int others = values.length - indices.length;
    List<String> texts = new ArrayList<>();
    double[] numbers = new double[indices.length + (others == 0 ? 0 : 1)];
    for (int row = 0; row < indices.length; row++) {
      texts.add(labels.get(indices[row]));
      numbers[row] = values[indices[row]];
    }
    if (others > 0) {
      numbers[indices.length] = sumWithout(values, indices);
      texts.add("the other " + others);
    }
    return new BarRows(List.copyOf(texts), numbers, indices, others);
  }

  private static double sumWithout(double[] values, int[] indices) {
    double[] others = values.clone();
    IntStream.of(indices).forEach(i -> others[i] = 0);
    double sum = 0;
    for (double value : others) {
      sum += value;
    }
    return sum;
  }

  /** How many rows have a bar. */
  int bars() {
    return indices.length;
  }
}
