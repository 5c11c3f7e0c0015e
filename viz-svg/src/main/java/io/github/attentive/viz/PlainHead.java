package io.github.attentive.viz;

import io.github.attentive.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Vectors that the caller has. */
final class PlainHead implements HeadSource {
  private final double[] query;
  private final double[][] keys;
  private final double scale;
  private String queryLabel = "query";
  private List<String> keyLabels;
  private double[] added;
  private double @Nullable [] weights;

  PlainHead(double[] query, double[][] keys, double scale) {
    if (query.length == 0 || keys.length == 0) {
      throw new InvalidInputException(
          "neuron view: expected at least 1 dimension and 1 key, got %s and %s"
              .formatted(query.length, keys.length));
    }
    if (!Double.isFinite(scale)) {
      throw new InvalidInputException("neuron view scale: expected a finite number, got " + scale);
    }
    this.query = finite("query", query);
    this.scale = scale;
    this.keys = new double[keys.length][];
    for (int i = 0; i < keys.length; i++) {
      this.keys[i] = finite("key " + i, keys[i]);
      if (keys[i].length != query.length) {
        throw new InvalidInputException(
            "neuron view key %s: expected %s dimensions as the query has, got %s"
                .formatted(i, query.length, keys[i].length));
      }
    }
    this.keyLabels = IntStream.range(0, keys.length).mapToObj(Integer::toString).toList();
    this.added = new double[keys.length];
  }

  private static double[] finite(String what, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new InvalidInputException(
            "neuron view %s: expected finite numbers, got %s at index %s"
                .formatted(what, values[i], i));
      }
    }
    return values.clone();
  }

  private void requireOneEach(String what, int count) {
    if (count != keys.length) {
      throw new InvalidInputException(
          "neuron view %s: expected one for each of %s keys, got %s"
              .formatted(what, keys.length, count));
    }
  }

  void queryLabel(String label) {
    queryLabel = Objects.requireNonNull(label, "label");
  }

  void keyLabels(List<String> labels) {
    requireOneEach("labels", labels.size());
    keyLabels = List.copyOf(labels);
  }

  void added(double[] terms) {
    requireOneEach("added terms", terms.length);
    for (int i = 0; i < terms.length; i++) {
      if (Double.isNaN(terms[i]) || terms[i] == Double.POSITIVE_INFINITY) {
        throw new InvalidInputException(
            "neuron view added terms: expected finite numbers or negative infinity, got %s at index %s"
                .formatted(terms[i], i));
      }
    }
    added = terms.clone();
  }

  void weights(double[] given) {
    requireOneEach("weights", given.length);
    weights = finite("weights", given);
  }

  @Override
  public HeadArithmetic arithmetic() {
    return new HeadArithmetic(query, keys, scale, added, weights);
  }

  @Override
  public String queryLabel() {
    return queryLabel;
  }

  @Override
  public List<String> keyLabels() {
    return keyLabels;
  }

  @Override
  public @Nullable String title(String query) {
    return null;
  }

  @Override
  public Map<String, String> facts() {
    return Map.of();
  }
}
