package io.github.attentive.explain;

import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.SpecialTokens;
import io.github.attentive.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * One attention matrix with the words or tokens of its rows and columns: what a heatmap shows.
 *
 * <p>Rows are queries, columns are keys. Tokens of a word are merged as {@link GroupAggregation}
 * says. With {@link SpecialTokens#RENORMALISE} each row is divided by the sum of what is left; a
 * row of which nothing is left stays 0. Weights are finite. Immutable.
 */
public final class AttentionMap {
  private final List<String> queries;
  private final List<String> keys;
  private final List<Integer> keySegments;
  private final double[][] weights;

  private AttentionMap(
      List<String> queries, List<String> keys, List<Integer> keySegments, double[][] weights) {
    this.queries = List.copyOf(queries);
    this.keys = List.copyOf(keys);
    this.keySegments = List.copyOf(keySegments);
    this.weights = weights;
  }

  /**
   * The mean over all layers and heads.
   *
   * @param explanation whose unit and policy for special tokens are followed
   * @return the map; without rows and columns if the text has no tokens but special ones and those
   *     are dropped
   */
  public static AttentionMap of(Explanation explanation) {
    return of(explanation, OptionalInt.empty(), OptionalInt.empty());
  }

  /**
   * One layer, one head, or the mean over all of them.
   *
   * @param explanation whose unit and policy for special tokens are followed
   * @param layer counted from 0, or empty for the mean over all
   * @param head counted from 0, or empty for the mean over all
   * @return the map
   * @throws io.github.attentive.InvalidInputException if the model has no such layer or head
   */
  public static AttentionMap of(Explanation explanation, OptionalInt layer, OptionalInt head) {
    double[][] matrix = AttentionAggregation.mean(explanation.attention(), layer, head);
    boolean words = explanation.attribution().granularity() != Granularity.TOKEN;
    SpecialTokens policy = explanation.attribution().specialTokens();
    WordSpans spans = WordSpans.of(explanation.positions(), explanation.input());
    List<String> labels = new ArrayList<>();
    List<Integer> segments = new ArrayList<>();
    int[] groupOf = new int[explanation.positions().size()];
    int previousWord = WordSpans.NO_WORD;
    for (int i = 0; i < groupOf.length; i++) {
      Token token = explanation.positions().get(i);
      boolean ofWord = words && spans.indexAt(i) != WordSpans.NO_WORD;
      if (token.special() && policy != SpecialTokens.KEEP) {
        groupOf[i] = GroupAggregation.NO_GROUP;
      } else if (ofWord && spans.indexAt(i) == previousWord) {
        groupOf[i] = labels.size() - 1;
      } else {
        groupOf[i] = labels.size();
        labels.add(ofWord ? spans.wordAt(i).text() : token.text());
        segments.add(token.segment());
      }
      previousWord = spans.indexAt(i);
    }
    boolean oneQuery = explanation.attention().queries() != groupOf.length;
    double[][] merged =
        oneQuery
            ? GroupAggregation.merge(matrix, new int[matrix.length], 1, groupOf, labels.size())
            : GroupAggregation.merge(matrix, groupOf, labels.size(), groupOf, labels.size());
    if (policy == SpecialTokens.RENORMALISE) {
      for (double[] row : merged) {
        TokenWeights.divideBySum(row);
      }
    }
    return new AttentionMap(oneQuery ? List.of("pooling") : labels, labels, segments, merged);
  }

  /**
   * The labels of the rows.
   *
   * @return an unmodifiable list; {@code pooling} alone for attention with one query
   */
  public List<String> queries() {
    return queries;
  }

  /**
   * The labels of the columns.
   *
   * @return an unmodifiable list
   */
  public List<String> keys() {
    return keys;
  }

  /**
   * The segments of the columns, and of the rows unless there is only the one of {@code pooling}.
   *
   * @return an unmodifiable list of 0 for the text and 1 for the pair
   */
  public List<Integer> keySegments() {
    return keySegments;
  }

  /**
   * One weight.
   *
   * @param query the row, counted from 0
   * @param key the column, counted from 0
   * @return how much the query looked at the key
   * @throws IndexOutOfBoundsException if there is no such row or column
   */
  public double at(int query, int key) {
    return weights[query][key];
  }
}
