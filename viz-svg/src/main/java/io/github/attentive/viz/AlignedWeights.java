package io.github.attentive.viz;

import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.Token;
import io.github.attentive.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The weights of two sides, row by row. Immutable.
 *
 * @param labels the texts of the rows, as they were given
 * @param readable the same without the signs of vocabularies
 * @param a a weight of the first side for each row, NaN where it has no such unit
 * @param b the same of the second side
 * @param unit what a row is, for instance {@code word}
 */
record AlignedWeights(
    List<String> labels, List<String> readable, double[] a, double[] b, String unit) {
  /** The room of a text in a reason. */
  private static final double REASON_LIMIT = 120;

  /** A word or token as it is found again on the other side. */
  private record Unit(String text, int segment, int start, int end, boolean special, float weight) {
    Unit(Token token) {
      this(
          token.text(),
          token.segment(),
          token.start(),
          token.end(),
          token.special(),
          token.weight());
    }

    Unit(Word word) {
      this(word.text(), word.segment(), word.start(), word.end(), false, word.weight());
    }

    /** By its characters, or by its text if it stands for none. */
    Object place() {
      return special ? text : List.of(segment, start, end);
    }
  }

  /**
   * Aligns the words or tokens of two explanations of one text by the characters they stand for;
   * special tokens by their text and order. A token whose text differs on the second side is
   * labelled with both.
   */
  static AlignedWeights of(Explanation a, Explanation b) {
    List<Unit> left = units(a);
    List<Unit> right = units(b);
    List<String> leftReadable = TokenLabels.readable(left.stream().map(Unit::text).toList());
    List<String> rightReadable = TokenLabels.readable(right.stream().map(Unit::text).toList());
    List<Object> leftPlaces = places(left);
    List<Object> rightPlaces = places(right);
    Map<Object, Integer> onTheRight = new HashMap<>();
    for (int i = 0; i < right.size(); i++) {
      onTheRight.put(rightPlaces.get(i), i);
    }
    Rows rows = new Rows();
    int next = 0;
    for (int i = 0; i < left.size(); i++) {
      int partner = onTheRight.getOrDefault(leftPlaces.get(i), -1);
      if (partner < next) {
        rows.add(left.get(i).text(), leftReadable.get(i), left.get(i).weight(), Double.NaN);
        continue;
      }
      for (; next < partner; next++) {
        rows.add(
            right.get(next).text(), rightReadable.get(next), Double.NaN, right.get(next).weight());
      }
      boolean same = leftReadable.get(i).equals(rightReadable.get(next));
      rows.add(
          left.get(i).text(),
          same ? leftReadable.get(i) : leftReadable.get(i) + " | " + rightReadable.get(next),
          left.get(i).weight(),
          right.get(next).weight());
      next++;
    }
    for (; next < right.size(); next++) {
      rows.add(
          right.get(next).text(), rightReadable.get(next), Double.NaN, right.get(next).weight());
    }
    boolean tokens = a.attribution().granularity() == Granularity.TOKEN;
    return rows.finish(tokens ? "token" : "word");
  }

  /** The rows so far. */
  private static final class Rows {
    private final List<String> labels = new ArrayList<>();
    private final List<String> readable = new ArrayList<>();
    private final List<Double> a = new ArrayList<>();
    private final List<Double> b = new ArrayList<>();

    void add(String label, String readableLabel, double inA, double inB) {
      labels.add(label);
      readable.add(readableLabel);
      a.add(inA);
      b.add(inB);
    }

    AlignedWeights finish(String unit) {
      return new AlignedWeights(
          List.copyOf(labels),
          List.copyOf(readable),
          a.stream().mapToDouble(Double::doubleValue).toArray(),
          b.stream().mapToDouble(Double::doubleValue).toArray(),
          unit);
    }
  }

  private static List<Unit> units(Explanation explanation) {
    return explanation.attribution().granularity() == Granularity.TOKEN
        ? explanation.tokens().stream().map(Unit::new).toList()
        : explanation.words().stream().map(Unit::new).toList();
  }

  /** The place of each unit, with a count where several have the same. */
  private static List<Object> places(List<Unit> units) {
    Map<Object, Integer> counts = new HashMap<>();
    List<Object> places = new ArrayList<>();
    for (Unit unit : units) {
      places.add(List.of(unit.place(), counts.merge(unit.place(), 1, Integer::sum)));
    }
    return places;
  }

  int size() {
    return a.length;
  }

  double difference(int row) {
    return b[row] - a[row];
  }

  double[] differences() {
    return IntStream.range(0, size()).mapToDouble(this::difference).toArray();
  }

  /** Why there is no difference to speak of; nothing if every row has both sides. */
  Optional<String> misalignment() {
    List<Integer> onlyA = missing(b);
    List<Integer> onlyB = missing(a);
    if (onlyA.isEmpty() && onlyB.isEmpty()) {
      return Optional.empty();
    }
    List<String> reasons = new ArrayList<>();
    addReason(reasons, onlyA, "A", "B");
    addReason(reasons, onlyB, "B", "A");
    return Optional.of(String.join("; ", reasons));
  }

  private void addReason(List<String> reasons, List<Integer> rows, String here, String there) {
    if (!rows.isEmpty()) {
      reasons.add(
          "%s %s of %s %s no counterpart in %s (“%s”%s)"
              .formatted(
                  rows.size(),
                  rows.size() == 1 ? unit : unit + "s",
                  here,
                  rows.size() == 1 ? "has" : "have",
                  there,
                  Label.of(XmlText.clean(readable.get(rows.get(0))), Figure.NOTE_SIZE, REASON_LIMIT)
                      .shown(),
                  rows.size() == 1 ? "" : ", …"));
    }
  }

  private static List<Integer> missing(double[] weights) {
    return IntStream.range(0, weights.length)
        .filter(i -> Double.isNaN(weights[i]))
        .boxed()
        .toList();
  }
}
