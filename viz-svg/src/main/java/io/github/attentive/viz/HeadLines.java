package io.github.attentive.viz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which weights of a layer are drawn: for each head and query the strongest that have a share of
 * its weight together.
 *
 * <p>Where those are more than a figure can hold, the share is lowered for all of them alike. Of
 * weights that are equal to a thousandth of the row's highest, those are taken first that spread
 * evenly over the keys, in each row from another key on: so even rows stay even, however few of
 * their lines are left.
 */
final class HeadLines {
  /** The opacities are so many shares of the highest weight, and a lowest one below them. */
  static final int LEVELS = 8;

  private static final double LEAST_OPACITY = 0.1;
  private static final int SHARES = 100;
  private static final int RANKS = 1000;

  /** In parts of 2 to the 32nd. */
  private static final long GOLDEN_RATIO = 0x9E3779B9L;

  private final double[][][] weights;
  private final double[] largest;
  private final double wanted;
  private final int most;
  private final int share;
  private final List<Line> lines;
  private long possible;
  private long missing;

  /**
   * A line.
   *
   * @param head an index of the heads shown
   * @param level its opacity, from 0 to {@link #LEVELS}
   */
  record Line(int head, int query, int key, int level, double weight) {}

  /**
   * Chooses lines.
   *
   * @param weights {@code [heads][queries][keys]}
   * @param mass the share of each row's weight, above 0 and at most 1
   * @param most how many lines there may be
   */
  HeadLines(double[][][] weights, double mass, int most) {
    this.most = most;
    this.weights = weights;
    this.wanted = mass;
    this.largest = new double[weights.length];
    int[] counts = new int[SHARES + 1];
    for (int head = 0; head < weights.length; head++) {
      for (int query = 0; query < weights[head].length; query++) {
        double[] row = weights[head][query];
        for (double weight : row) {
          possible++;
          missing += Double.isNaN(weight) ? 1 : 0;
          largest[head] = Math.max(largest[head], Double.isNaN(weight) ? 0 : weight);
        }
        count(row, order(head, query), counts);
      }
    }
    int affordable = SHARES;
    while (affordable > 1 && counts[affordable] > most) {
      affordable--;
    }
    this.share = affordable;
    this.lines = choose();
  }

  /** Adds how many lines of a row each share of it takes. */
  private void count(double[] row, int[] order, int[] counts) {
    double total = sum(row, order);
    double covered = 0;
    int reached = 0;
    for (int i = 0; i < order.length; i++) {
      covered += row[order[i]];
      while (reached < SHARES
          && (i + 1 == order.length || isCovered(covered, total, reached + 1))) {
        reached++;
        counts[reached] += i + 1;
      }
    }
  }

  private boolean isCovered(double covered, double total, int share) {
    return wanted * share / SHARES < 1 && covered >= total * wanted * share / SHARES;
  }

  private List<Line> choose() {
    double highest = largest();
    List<Line> chosen = new ArrayList<>();
    for (int head = 0; head < weights.length; head++) {
      for (int query = 0; query < weights[head].length; query++) {
        double[] row = weights[head][query];
        int[] order = order(head, query);
        double total = sum(row, order);
        double covered = 0;
        for (int key : order) {
          int level = (int) Math.floor(row[key] / highest * LEVELS + 0.5);
          chosen.add(new Line(head, query, key, level, row[key]));
          covered += row[key];
          if (isCovered(covered, total, share)) {
            break;
          }
        }
      }
    }
    if (chosen.size() > most) {
      chosen.sort(Comparator.comparingDouble(Line::weight).reversed());
      chosen.subList(most, chosen.size()).clear();
    }
    return List.copyOf(chosen);
  }

  /** The keys of a row whose weight is not 0, the strongest first. */
  private int[] order(int head, int query) {
    double[] row = weights[head][query];
    double highest = 0;
    for (double weight : row) {
      highest = Math.max(highest, Double.isNaN(weight) ? 0 : weight);
    }
    int first = firstKey(head, query, row.length);
    int bits = 32 - Integer.numberOfLeadingZeros(row.length);
    long[] ranks = new long[row.length];
    int count = 0;
    for (int key = 0; key < row.length; key++) {
      if (row[key] > 0) {
        long rank = RANKS - (long) Math.floor(row[key] / highest * RANKS);
        int place = (key + first) % row.length;
        // Places in the order of their bits from the last on: each is far from those before it.
        ranks[count++] = rank << 32 | Integer.reverse(place) >>> 32 - bits;
      }
    }
    Arrays.sort(ranks, 0, count);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int place = Integer.reverse((int) ranks[i]) >>> 32 - bits;
      order[i] = Math.floorMod(place - first, row.length);
    }
    return order;
  }

  /** Multiples of the golden ratio, which spread evenly, as a share of the keys. */
  private int firstKey(int head, int query, int keys) {
    long row = (long) query * weights.length + head;
    return (int) ((row * GOLDEN_RATIO & 0xFFFFFFFFL) * keys >>> 32);
  }

  /** In the order in which weights are covered, so that all of them together are the sum. */
  private static double sum(double[] row, int[] order) {
    double sum = 0;
    for (int key : order) {
      sum += row[key];
    }
    return sum;
  }

  /**
   * The opacity of a level: the share of the highest weight, but 0.1 for what is less than half a
   * step, so that it is seen on either page.
   *
   * @return an attribute's value
   */
  static String opacity(int level) {
    return Decimals.significant(Math.max(LEAST_OPACITY, (double) level / LEVELS));
  }

  /** The lines by head, query and falling weight. */
  List<Line> all() {
    return lines;
  }

  /** The highest weight of all; 0 if there is none. */
  double largest() {
    return Arrays.stream(largest).max().orElse(0);
  }

  /** How many weights there are, those of 0 and missing ones included. */
  long possible() {
    return possible;
  }

  /** How many weights are NaN. */
  long missing() {
    return missing;
  }

  /** What is drawn of how much, in words. */
  String shown() {
    String count = Decimals.count(lines.size()) + " of " + Decimals.count(possible) + " lines: ";
    if (isCut()) {
      return count + "the strongest";
    }
    return share == SHARES && wanted == 1
        ? count + "all that are not 0"
        : count + percent(wanted * share / SHARES) + " of each query's weight by head";
  }

  /** What was asked for and is not drawn, in words. */
  Optional<String> loss() {
    return share == SHARES
        ? Optional.empty()
        : Optional.of("There is no room for " + percent(wanted) + " of each query's weight");
  }

  private boolean isCut() {
    return share == 1 && lines.size() == most;
  }

  private static String percent(double share) {
    return Decimals.significant(100 * share) + " %";
  }
}
