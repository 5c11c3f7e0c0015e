package io.github.attentive.explain;

import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.Token;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How much the two texts of a pair look at themselves and at each other: the blocks of an attention
 * matrix that the segments A (the text) and B (the pair) cut it into. Immutable.
 *
 * <p>Special tokens such as {@code [CLS]}, {@code [SEP]} and {@code [PAD]} belong to neither
 * segment: their rows are left out, and what their columns receive is reported as {@link
 * Row#toSpecial()}. An input without a pair has no B. Attention pooling has one query, which is no
 * token, so both rows are without queries.
 *
 * <p>Weights to a segment are summed, weights from a segment averaged (Clark et al. 2019, "What
 * Does BERT Look At?"), so that each row of this table sums to 1 as a row of attention does.
 *
 * @param a what segment A looks at
 * @param b what segment B looks at
 */
public record SegmentAttention(Row a, Row b) {
  private static final int A = 0;
  private static final int B = 1;
  private static final int SPECIAL = 2;
  private static final int GROUPS = 3;

  /**
   * What the tokens of one segment look at, in the mean. A row sums to 1 within 1e-5; one of a
   * segment without tokens has 0 queries and is all 0. Immutable.
   *
   * @param queries the number of tokens of the segment: the rows of attention this is the mean of
   * @param toA weight to the tokens of segment A together, in [0, 1] up to rounding
   * @param toB weight to the tokens of segment B together, in [0, 1] up to rounding
   * @param toSpecial weight to the special tokens together, in [0, 1] up to rounding
   */
  public record Row(int queries, double toA, double toB, double toSpecial) {

    /**
     * Creates a row.
     *
     * @param queries as above
     * @param toA as above
     * @param toB as above
     * @param toSpecial as above
     * @throws InvalidInputException if the number of queries is negative or a weight is NaN or
     *     infinite
     */
    public Row {
      if (queries < 0 || !Double.isFinite(toA + toB + toSpecial)) {
        throw new InvalidInputException(
            "segment attention: expected 0 or more queries and finite weights, got %s and %s, %s, %s"
                .formatted(queries, toA, toB, toSpecial));
      }
    }
  }

  /**
   * Creates a table.
   *
   * @param a as above
   * @param b as above
   */
  public SegmentAttention {
    Objects.requireNonNull(a, "a");
    Objects.requireNonNull(b, "b");
  }

  /**
   * The mean over all layers and heads.
   *
   * @param explanation whose positions and attention are read, whatever its policy for special
   *     tokens
   * @return the blocks
   */
  public static SegmentAttention of(Explanation explanation) {
    return of(explanation, OptionalInt.empty(), OptionalInt.empty());
  }

  /**
   * One layer, one head, or the mean over all of them. No NaN comes out, since a tensor holds none.
   *
   * @param explanation whose positions and attention are read, whatever its policy for special
   *     tokens
   * @param layer counted from 0, or empty for the mean over all
   * @param head counted from 0, or empty for the mean over all
   * @return the blocks
   * @throws InvalidInputException if the model has no such layer or head
   */
  public static SegmentAttention of(Explanation explanation, OptionalInt layer, OptionalInt head) {
    double[][] matrix = AttentionAggregation.mean(explanation.attention(), layer, head);
    int[] keys = explanation.positions().stream().mapToInt(SegmentAttention::group).toArray();
    int[] queries = keys;
    if (matrix.length != keys.length) {
      queries = new int[matrix.length];
      Arrays.fill(queries, GroupAggregation.NO_GROUP);
    }
    double[][] blocks = GroupAggregation.merge(matrix, queries, GROUPS, keys, GROUPS);
    return new SegmentAttention(row(A, queries, blocks), row(B, queries, blocks));
  }

  private static int group(Token token) {
    if (token.special()) {
      return SPECIAL;
    }
    return token.segment() == 0 ? A : B;
  }

  private static Row row(int segment, int[] queries, double[][] blocks) {
    int members = (int) Arrays.stream(queries).filter(group -> group == segment).count();
    double[] to = blocks[segment];
    return new Row(members, to[A], to[B], to[SPECIAL]);
  }
}
