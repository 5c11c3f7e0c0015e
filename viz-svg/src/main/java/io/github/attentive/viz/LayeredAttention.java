package io.github.attentive.viz;

import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.explain.AttentionMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;

/**
 * Attention by layer and head, with the words or tokens of its rows and columns. Every matrix is of
 * one size; weights are 0 or more, or NaN for none.
 */
abstract class LayeredAttention {
  private final String view;
  private final int layers;
  private final int heads;

  /**
   * Starts a source.
   *
   * @param view what errors call the figure
   */
  LayeredAttention(String view, int layers, int heads) {
    this.view = view;
    this.layers = layers;
    this.heads = heads;
    if (layers < 1 || heads < 1) {
      throw new InvalidInputException(
          "%s: expected at least 1 layer and 1 head, got %s and %s".formatted(view, layers, heads));
    }
  }

  /** The attention of an explanation, in its unit and with its policy for special tokens. */
  static LayeredAttention of(String view, Explanation explanation) {
    return new OfExplanation(view, explanation);
  }

  final String view() {
    return view;
  }

  final int layers() {
    return layers;
  }

  final int heads() {
    return heads;
  }

  /** Refuses what is no layer. */
  final int layer(int layer) {
    return index("layer", layer, layers);
  }

  /** Refuses what is no head. */
  final int head(int head) {
    return index("head", head, heads);
  }

  private int index(String axis, int index, int size) {
    if (index < 0 || index >= size) {
      throw new InvalidInputException(
          "%s %s: expected 0 to %s, got %s".formatted(view, axis, size - 1, index));
    }
    return index;
  }

  /**
   * Checks a choice of layers or heads.
   *
   * @param what what errors call them
   * @param check refuses what is none
   * @return the indices in order
   */
  static int[] chosen(String what, int[] indices, IntUnaryOperator check) {
    if (indices.length == 0) {
      throw new InvalidInputException(what + ": expected at least 1, got none");
    }
    int[] sorted = Arrays.stream(indices).map(check).sorted().toArray();
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw new InvalidInputException(
            "%s: expected each once, got %s twice".formatted(what, sorted[i]));
      }
    }
    return sorted;
  }

  abstract List<String> queries();

  abstract List<String> keys();

  /** 0 or 1 for each row. */
  abstract List<Integer> querySegments();

  /** 0 or 1 for each column. */
  abstract List<Integer> keySegments();

  /** A matrix of its own, {@code [queries][keys]}. */
  abstract double[][] weights(int layer, int head);

  /** What the special tokens receive from a query in the mean, whether or not they are shown. */
  abstract OptionalDouble specialMass(int layer, int head);

  final void requireWeights(int queries, int keys) {
    if (queries < 1 || keys < 1) {
      throw new InvalidInputException(
          "%s: expected at least 1 query and 1 key, got %s x %s".formatted(view, queries, keys));
    }
  }

  private static final class OfExplanation extends LayeredAttention {
    private final Explanation explanation;
    private final AttentionMap first;

    OfExplanation(String view, Explanation explanation) {
      super(view, explanation.attention().layers(), explanation.attention().heads());
      this.explanation = explanation;
      this.first = map(0, 0);
      requireWeights(first.queries().size(), first.keys().size());
    }

    private AttentionMap map(int layer, int head) {
      return AttentionMap.of(explanation, OptionalInt.of(layer), OptionalInt.of(head));
    }

    @Override
    List<String> queries() {
      return first.queries();
    }

    @Override
    List<String> keys() {
      return first.keys();
    }

    @Override
    List<Integer> querySegments() {
      int queries = first.queries().size();
      List<Integer> segments = first.keySegments();
      return segments.size() == queries ? segments : Collections.nCopies(queries, 0);
    }

    @Override
    List<Integer> keySegments() {
      return first.keySegments();
    }

    @Override
    double[][] weights(int layer, int head) {
      AttentionMap map = map(layer, head);
      double[][] weights = new double[map.queries().size()][map.keys().size()];
      for (int query = 0; query < weights.length; query++) {
        for (int key = 0; key < weights[query].length; key++) {
          // A weight is at least 0 up to rounding.
          weights[query][key] = Math.max(0, map.at(query, key));
        }
      }
      return weights;
    }

    @Override
    OptionalDouble specialMass(int layer, int head) {
      int queries = explanation.attention().queries();
      double sum = 0;
      for (int key = 0; key < explanation.positions().size(); key++) {
        if (explanation.positions().get(key).special()) {
          for (int query = 0; query < queries; query++) {
            sum += explanation.attention().at(layer, head, query, key);
          }
        }
      }
      return OptionalDouble.of(sum / queries);
    }
  }
}
