package io.github.attentive;

import java.util.Locale;

/**
 * What the numbers of a {@link TrustCard} say together about one explanation, from the worst to the
 * best, so that a host can refuse what is below one of them.
 *
 * <p>Nothing is decided by one number. Three signs are read, each of which may speak for the
 * explanation, against it, or neither way:
 *
 * <table>
 *   <caption>The signs</caption>
 *   <tr><th>sign</th><th>for</th><th>against</th></tr>
 *   <tr><td>order: the percentile among random orders</td>
 *       <td>at least {@link #GOOD_PERCENTILE}</td>
 *       <td>below {@link #CHANCE_PERCENTILE}</td></tr>
 *   <tr><td>ranks: Kendall's tau-b with leave-one-out</td>
 *       <td>at least {@link #TAU_DEVIATIONS} standard deviations {@code sqrt(2 (2n + 5) / (9 n (n -
 *       1)))} of tau for n words without any relation</td>
 *       <td>0 or below</td></tr>
 *   <tr><td>size: comprehensiveness and sufficiency</td>
 *       <td>comprehensiveness above 0 and not below sufficiency: the highest words alone keep at
 *       least as much of the prediction as the rest does without them</td>
 *       <td>comprehensiveness 0 or below: removing the highest words costs nothing</td></tr>
 * </table>
 *
 * <p>The first two "for" are each reached by one explanation in ten that is pure chance, and the
 * "against" by one in two: an explanation has to be clearly better than chance to be believed, and
 * no better at all to be rejected. The third looks at the size of the effect, which a rank does not
 * see. Leave-one-out is blind to words that stand in for each other, and removal leads to texts
 * unlike those the model learned from; so each sign can err, and two have to agree.
 *
 * <p>Measured on texts of 5 to 60 words whose evidence adds up in the logit, 300 for each length:
 * random scores are called faithful in 3 to 5 of 100, not faithful in 55 to 59 of 100; the evidence
 * itself faithful in 97 and more, and never not faithful. In fewer words chance hits more often.
 *
 * <p>Entropy and special mass are warnings and decide nothing: flat weights, and weights of which
 * most lie on a special token, can still rank words rightly.
 */
public enum Verdict {
  /** More signs against the explanation than for it. */
  NOT_FAITHFUL,
  /**
   * The signs contradict each other or say nothing; or nothing can be said: fewer than {@link
   * #FEWEST_UNITS} words, no removal that moves the target by {@link #LEAST_EFFECT}, or scores that
   * are all equal, theirs or leave-one-out's.
   */
  UNDECIDED,
  /**
   * Two signs for it and none against it; or three, but a completeness error above {@link
   * #LARGEST_COMPLETENESS_ERROR}, so that the scores are not computed exactly enough.
   */
  PARTLY_FAITHFUL,
  /** All three signs for it. */
  FAITHFUL;

  /** Of three words, chance alone finds the right order once in six times. */
  public static final int FEWEST_UNITS = 4;

  /** Changes of a probability below this are nothing to explain. */
  public static final double LEAST_EFFECT = 0.01;

  /** A percentile from which the order speaks for an explanation. */
  public static final double GOOD_PERCENTILE = 90;

  /** A percentile below which the order speaks against an explanation. */
  public static final double CHANCE_PERCENTILE = 50;

  /** How far tau has to be above 0: what one unrelated ranking in ten reaches. */
  public static final double TAU_DEVIATIONS = 1.2816;

  /** The largest completeness error, in the unit of the target, of a faithful explanation. */
  public static final double LARGEST_COMPLETENESS_ERROR = 0.05;

  /**
   * The name used on the command line and in JSON.
   *
   * @return {@code not-faithful}, {@code undecided}, {@code partly-faithful} or {@code faithful}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Whether this is as good as another or better.
   *
   * @param other the least that is wanted
   * @return true if this does not come before the other
   */
  public boolean atLeast(Verdict other) {
    return compareTo(other) >= 0;
  }
}
