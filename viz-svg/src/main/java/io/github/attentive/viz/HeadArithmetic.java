package io.github.attentive.viz;

import io.github.attentive.InvalidInputException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What one head computes for one query, from the vectors on, in double arithmetic: products of each
 * dimension, their sum, its multiple, what is added to it, and the softmax over all keys.
 */
final class HeadArithmetic {
  /** What masks add at the least; no term of a position comes near it. */
  private static final double MASK = -1e4;

  private final double[] query;
  private final double[][] keys;
  private final double scale;
  private final double[] added;
  private final double[][] products;
  private final double[] dots;
  private final double[] softmax;
  private final double @Nullable [] weights;

  /**
   * Computes.
   *
   * @param added a term for each key, negative infinity for one that must not be seen
   * @param weights what the model says the softmax is, or null
   * @throws InvalidInputException if a product or sum is too large for a double, or no key may be
   *     seen
   */
  HeadArithmetic(
      double[] query, double[][] keys, double scale, double[] added, double @Nullable [] weights) {
    this.query = query;
    this.keys = keys;
    this.scale = scale;
    this.added = added;
    this.weights = weights;
    this.products = new double[keys.length][query.length];
    this.dots = new double[keys.length];
    for (int key = 0; key < keys.length; key++) {
      for (int i = 0; i < query.length; i++) {
        products[key][i] = query[i] * keys[key][i];
        dots[key] += products[key][i];
      }
      if (!Double.isFinite(dots[key]) || !Double.isFinite(scaled(key))) {
        throw new InvalidInputException(
            "neuron view: expected vectors whose scaled product is a finite number, got %s at key %s"
                .formatted(scaled(key), key));
      }
    }
    this.softmax = softmaxOfScores();
  }

  private double[] softmaxOfScores() {
    double highest = IntStream.range(0, keys.length).mapToDouble(this::score).max().orElseThrow();
    if (highest == Double.NEGATIVE_INFINITY) {
      throw new InvalidInputException(
          "neuron view: expected a key that the query may see, got negative infinity added to all");
    }
    double[] shares = new double[keys.length];
    double sum = 0;
    for (int key = 0; key < keys.length; key++) {
      // StrictMath: the bytes of a figure must not depend on the machine's exp.
      shares[key] = StrictMath.exp(score(key) - highest);
      sum += shares[key];
    }
    for (int key = 0; key < keys.length; key++) {
      shares[key] /= sum;
    }
    return shares;
  }

  int keyCount() {
    return keys.length;
  }

  int size() {
    return query.length;
  }

  double scale() {
    return scale;
  }

  double[] query() {
    return query;
  }

  double[] key(int key) {
    return keys[key];
  }

  /** Query times key, dimension by dimension. */
  double[] products(int key) {
    return products[key];
  }

  double dot(int key) {
    return dots[key];
  }

  double scaled(int key) {
    return dots[key] * scale;
  }

  /** What the softmax sees. */
  double score(int key) {
    return scaled(key) + added[key];
  }

  double softmax(int key) {
    return softmax[key];
  }

  /** What the model says the softmax is; NaN if it is not known. */
  double weight(int key) {
    return weights == null ? Double.NaN : weights[key];
  }

  /** Says whether a key is kept from the query by what is added to its score. */
  boolean isSeen(int key) {
    return softmax[key] > 0 || added[key] > MASK;
  }

  boolean seesAll() {
    return IntStream.range(0, keys.length).allMatch(this::isSeen);
  }

  /** What is added to the score of a key; NaN for one that is not seen. */
  double shownAdded(int key) {
    return isSeen(key) ? added[key] : Double.NaN;
  }

  boolean hasAdded() {
    return Arrays.stream(added).anyMatch(term -> term != 0);
  }

  /** The largest difference between the softmax and the model's weights; NaN without those. */
  double deviation() {
    double largest = weights == null ? Double.NaN : 0;
    for (int key = 0; weights != null && key < keys.length; key++) {
      largest = Math.max(largest, Math.abs(softmax[key] - weights[key]));
    }
    return largest;
  }

  /** The key with the highest softmax, of equal ones the first. */
  int strongest() {
    return byWeight().get(0);
  }

  /** The keys with the highest softmax, in the order of the text. */
  List<Integer> shown(int most) {
    return byWeight().stream().limit(most).sorted().toList();
  }

  private List<Integer> byWeight() {
    return IntStream.range(0, keys.length)
        .boxed()
        .sorted(Comparator.comparingDouble(key -> -softmax[key]))
        .toList();
  }

  /**
   * By how much a dimension raises the score of a key over the mean of all keys that may be seen.
   */
  double raise(int key, int dimension) {
    double sum = 0;
    int seen = 0;
    for (int other = 0; other < keys.length; other++) {
      if (isSeen(other)) {
        sum += products[other][dimension];
        seen++;
      }
    }
    return scale * (products[key][dimension] - sum / seen);
  }

  /** The dimensions that raise the score of a key most, the strongest first; at most so many. */
  List<Integer> raising(int key, int most) {
    double[] raises = IntStream.range(0, size()).mapToDouble(i -> raise(key, i)).toArray();
    return IntStream.range(0, size())
        .boxed()
        .filter(i -> raises[i] > 0)
        .sorted(Comparator.comparingDouble(i -> -raises[i]))
        .limit(most)
        .toList();
  }
}
