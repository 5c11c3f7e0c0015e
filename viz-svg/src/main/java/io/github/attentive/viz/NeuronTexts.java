package io.github.attentive.viz;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a neuron view says of its numbers in words, and the numbers themselves. */
final class NeuronTexts {
  /** What single-precision engines are allowed to differ by. */
  private static final double SAME = 1e-5;

  private final HeadArithmetic head;
  private final List<Integer> shown;
  private final Label query;
  private final List<Label> keys;

  NeuronTexts(HeadArithmetic head, List<Integer> shown, Label query, List<Label> keys) {
    this.head = head;
    this.shown = shown;
    this.query = query;
    this.keys = keys;
  }

  /** The row of a key. */
  String row(int key) {
    String text =
        "“%s”: q · k is %s, scaled %s"
            .formatted(
                keys.get(key).full(),
                Decimals.significant(head.dot(key)),
                Decimals.significant(head.scaled(key)));
    if (!head.isSeen(key)) {
      return text + ", not seen";
    }
    if (head.hasAdded()) {
      text += ", with what is added " + Decimals.significant(head.score(key));
    }
    return text + ", weight " + weight(head.softmax(key));
  }

  /** A weight that is not 1 does not say so. */
  static String weight(double value) {
    String text = Decimals.significant(value);
    return text.equals("1") ? Decimals.probability(value) : text;
  }

  /** How a weight is made of the columns. */
  String formula() {
    return "weight = softmax over all keys of %s × q · k%s"
        .formatted(Decimals.significant(head.scale()), head.hasAdded() ? " + added" : "");
  }

  List<String> notes(List<Integer> raising) {
    List<String> notes = new ArrayList<>();
    if (shown.size() < head.keyCount()) {
      double rest = 1 - shown.stream().mapToDouble(head::softmax).sum();
      notes.add(
          "%s of %s keys shown, those with the largest weights; the rest sum to %s"
              .formatted(shown.size(), head.keyCount(), Decimals.fixed(Math.max(0, rest), 3, 0)));
    }
    if (!raising.isEmpty()) {
      notes.add(raising(raising));
    }
    double deviation = head.deviation();
    if (!Double.isNaN(deviation)) {
      notes.add(agreement(deviation));
    }
    return notes;
  }

  private String raising(List<Integer> dimensions) {
    int strongest = head.strongest();
    return "Marked: what raises the score of “%s” most over the mean of the keys%s: dimension %s"
        .formatted(
            keys.get(strongest).shown(),
            head.seesAll() ? "" : " that are seen",
            dimensions.stream()
                .map(i -> i + " (+" + Decimals.significant(head.raise(strongest, i)) + ")")
                .collect(Collectors.joining(", ")));
  }

  private static String agreement(double deviation) {
    String within =
        Decimals.significant(
            new BigDecimal(deviation)
                .round(new MathContext(1, RoundingMode.CEILING))
                .doubleValue());
    return deviation <= SAME
        ? "The softmax of the shown scores reproduces the engine's weights within " + within
        : "The softmax of the shown scores differs from the given weights by up to " + within;
  }

  /** The arithmetic of the shown keys, in the order of its columns. */
  DataTable arithmetic(List<String> tokens) {
    Map<String, IntToDoubleFunction> columns = new LinkedHashMap<>();
    columns.put("q · k", head::dot);
    columns.put("scaled", head::scaled);
    if (head.hasAdded()) {
      columns.put("added", head::shownAdded);
    }
    columns.put("softmax", head::softmax);
    if (!Double.isNaN(head.deviation())) {
      columns.put("weight", head::weight);
    }
    List<IntToDoubleFunction> values = List.copyOf(columns.values());
    return new DataTable(
        "Arithmetic",
        "Key",
        "",
        shown.stream().map(tokens::get).toList(),
        List.copyOf(columns.keySet()),
        Matrix.of(
            shown.size(),
            values.size(),
            (row, column) -> values.get(column).applyAsDouble(shown.get(row))));
  }

  /** The vectors behind it: the query, then the shown keys. */
  DataTable vectors(String queryToken, List<String> tokens) {
    List<String> owners = new ArrayList<>(List.of(queryToken));
    shown.forEach(key -> owners.add(tokens.get(key)));
    return new DataTable(
        "Query, then keys",
        "Token",
        "Dimension",
        owners,
        IntStream.range(0, head.size()).mapToObj(Integer::toString).toList(),
        Matrix.of(
            owners.size(),
            head.size(),
            (row, i) -> (row == 0 ? head.query() : head.key(shown.get(row - 1)))[i]));
  }

  String size() {
    return "1 query by %s %s of %s %s"
        .formatted(
            head.keyCount(),
            head.keyCount() == 1 ? "key" : "keys",
            head.size(),
            head.size() == 1 ? "dimension" : "dimensions");
  }

  String finding() {
    int strongest = head.strongest();
    return "“%s” gives “%s” the highest weight, %s."
        .formatted(query.shown(), keys.get(strongest).shown(), weight(head.softmax(strongest)));
  }
}
