package io.github.attentive.viz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** What a model view says of itself in words and numbers. */
final class ModelTexts {
  private final int[] layers;
  private final int[] heads;
  private final HeadSummary[][] summaries;
  private final List<Label> queries;
  private final List<Label> keys;

  /** Takes the summary of each thumbnail by row and column, and the labels of its tokens. */
  ModelTexts(
      int[] layers, int[] heads, HeadSummary[][] summaries, List<Label> queries, List<Label> keys) {
    this.layers = layers;
    this.heads = heads;
    this.summaries = summaries;
    this.queries = queries;
    this.keys = keys;
  }

  /** What is said of a thumbnail. */
  String of(int row, int column) {
    HeadSummary summary = summaries[row][column];
    StringBuilder text = new StringBuilder();
    text.append("layer ").append(layers[row]).append(", head ").append(heads[column]);
    text.append(": entropy ").append(Decimals.significant(summary.entropy()));
    if (summary.distance().isPresent()) {
      text.append("; mean distance ").append(number(summary.distance()));
      text.append(" (").append(number(summary.back())).append(" before the query, ");
      text.append(number(summary.ahead())).append(" after it)");
      text.append("; previous token ").append(number(summary.previous()));
      text.append(", next token ").append(number(summary.next()));
    }
    if (summary.special().isPresent()) {
      text.append("; special tokens ").append(number(summary.special()));
    }
    text.append("; highest weight ").append(Decimals.significant(summary.highest()));
    text.append(" from “").append(queries.get(summary.query()).shown());
    return text.append("” to “").append(keys.get(summary.key()).shown()).append('”').toString();
  }

  private static String number(OptionalDouble value) {
    return Decimals.significant(value.orElse(0));
  }

  String size() {
    return count(layers.length, "layer") + " by " + count(heads.length, "head");
  }

  private static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  String finding() {
    int most = 0;
    int least = 0;
    int count = layers.length * heads.length;
    for (int i = 1; i < count; i++) {
      most = summary(i).entropy() > summary(most).entropy() ? i : most;
      least = summary(i).entropy() < summary(least).entropy() ? i : least;
    }
    if (count == 1) {
      return "Its entropy is " + Decimals.significant(summary(0).entropy()) + ".";
    }
    return "The most even is %s with an entropy of %s, the least even %s with %s."
        .formatted(
            place(most),
            Decimals.significant(summary(most).entropy()),
            place(least),
            Decimals.significant(summary(least).entropy()));
  }

  private HeadSummary summary(int index) {
    return summaries[index / heads.length][index % heads.length];
  }

  private String place(int index) {
    return "layer " + layers[index / heads.length] + ", head " + heads[index % heads.length];
  }

  /** The numbers of the fingerprints, a row for each head. */
  DataTable table() {
    List<String> columns = new ArrayList<>();
    List<ToDoubleFunction<HeadSummary>> values = new ArrayList<>();
    columns.add("Entropy");
    values.add(HeadSummary::entropy);
    if (summaries[0][0].distance().isPresent()) {
      columns.addAll(List.of("Distance before", "Distance after", "Previous token", "Next token"));
      values.add(summary -> summary.back().orElseThrow());
      values.add(summary -> summary.ahead().orElseThrow());
      values.add(summary -> summary.previous().orElseThrow());
      values.add(summary -> summary.next().orElseThrow());
    }
    if (summaries[0][0].special().isPresent()) {
      columns.add("Special tokens");
      values.add(summary -> summary.special().orElseThrow());
    }
    columns.add("Highest weight");
    values.add(HeadSummary::highest);
    String[] rows = new String[layers.length * heads.length];
    Arrays.setAll(rows, this::place);
    return new DataTable(
        "Heads",
        "Head",
        "",
        List.of(rows),
        columns,
        Matrix.of(
            rows.length,
            columns.size(),
            (row, column) -> values.get(column).applyAsDouble(summary(row))));
  }
}
