package io.github.attentive.viz;

import java.util.Arrays;
import java.util.List;

/** What a confusion matrix says of its counts. */
final class ConfusionTexts implements CellTexts {
  private final int[][] counts;
  private final long[] examples;

  /**
   * Takes counts.
   *
   * @param counts square, {@code [true label][predicted label]}, not all 0; copied
   */
  ConfusionTexts(int[][] counts) {
    this.counts = Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
    this.examples =
        Arrays.stream(counts).mapToLong(row -> Arrays.stream(row).asLongStream().sum()).toArray();
  }

  /** The share of a true label's examples; 0 if it has none. */
  double share(int row, int column) {
    return examples[row] == 0 ? 0 : (double) counts[row][column] / examples[row];
  }

  String title() {
    return "Confusion matrix: accuracy %s (%s of %s)"
        .formatted(Decimals.probability((double) right() / all()), right(), all());
  }

  @Override
  public List<String> numbers(int exponent) {
    return Arrays.stream(counts).flatMapToInt(Arrays::stream).mapToObj(Integer::toString).toList();
  }

  @Override
  public String tooltip(int cell) {
    int row = cell / counts.length;
    int column = cell % counts.length;
    return counts[row][column]
        + " of "
        + examples[row]
        + (examples[row] == 0 ? "" : ", " + Decimals.probability(share(row, column)));
  }

  @Override
  public String kind() {
    return "Confusion matrix of ";
  }

  @Override
  public String size() {
    return counts.length + (counts.length == 1 ? " label" : " labels");
  }

  @Override
  public String finding(List<Label> queries, List<Label> keys) {
    String right = "%s of %s examples are right. ".formatted(right(), all());
    int worst = mostFrequentConfusion();
    int row = worst / counts.length;
    int column = worst % counts.length;
    String confused =
        row == column
            ? "No label is taken for another."
            : "The most frequent confusion: “%s” is taken for “%s” in %s of its %s examples."
                .formatted(
                    queries.get(row).shown(),
                    keys.get(column).shown(),
                    counts[row][column],
                    examples[row]);
    long without = Arrays.stream(examples).filter(count -> count == 0).count();
    String absent =
        without == 0
            ? ""
            : " " + without + (without == 1 ? " label has" : " labels have") + " no example.";
    return right + confused + absent;
  }

  /**
   * The row-major index of the highest count beside the diagonal, of equal ones the first; 0 for
   * none.
   */
  private int mostFrequentConfusion() {
    int worst = 0;
    int highest = 0;
    for (int row = 0; row < counts.length; row++) {
      for (int column = 0; column < counts.length; column++) {
        if (row != column && counts[row][column] > highest) {
          highest = counts[row][column];
          worst = row * counts.length + column;
        }
      }
    }
    return worst;
  }

  private long right() {
    long right = 0;
    for (int i = 0; i < counts.length; i++) {
      right += counts[i][i];
    }
    return right;
  }

  private long all() {
    return Arrays.stream(examples).sum();
  }
}
