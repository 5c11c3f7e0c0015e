package io.github.attentive.viz;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The mean over the heads, one shape for each token: what it looks at, or what looks at it, drawn
 * as wedges that are the wider at the far end the higher their weight is, relative to the token's
 * highest.
 */
final class HeadFans {
  /** Of one token; the others would be thinner than a line. */
  private static final int MOST_WEDGES = 8;

  private static final double WIDEST = 6;

  /** Seen on either page, and no head's. */
  static final Colour COLOUR = new Colour(0x7D8590);

  private final double[][] means;

  /**
   * Takes the mean.
   *
   * @param weights {@code [heads][queries][keys]}; a missing one counts as 0
   */
  HeadFans(double[][][] weights) {
    this.means = new double[weights[0].length][weights[0][0].length];
    for (double[][] head : weights) {
      for (int query = 0; query < means.length; query++) {
        for (int key = 0; key < means[query].length; key++) {
          double weight = head[query][key];
          means[query][key] += Double.isNaN(weight) ? 0 : weight / weights.length;
        }
      }
    }
  }

  double mean(int query, int key) {
    return means[query][key];
  }

  /** The keys that a query looks at, the strongest first, without those it does not. */
  List<Integer> keysOf(int query) {
    return strongest(IntStream.range(0, means[query].length), key -> means[query][key]);
  }

  /** The queries that look at a key, the strongest first, without those that do not. */
  List<Integer> queriesOf(int key) {
    return strongest(IntStream.range(0, means.length), query -> means[query][key]);
  }

  private interface Weight {
    double of(int index);
  }

  private static List<Integer> strongest(IntStream indices, Weight weight) {
    return indices
        .filter(index -> weight.of(index) > 0)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer index) -> weight.of(index)).reversed())
        .limit(MOST_WEDGES)
        .toList();
  }

  /** Draws the wedges of a query, for when it is pointed at. */
  void drawQuery(SvgWriter svg, int query, int left, HeadColumn queries, HeadColumn keys) {
    PathData wedges = new PathData();
    List<Integer> looked = keysOf(query);
    for (int key : looked) {
      int right = left + HeadLineShapes.WIDTH;
      double share = means[query][key] / means[query][looked.get(0)];
      wedge(wedges, left, queries.middle(query), right, keys.middle(key), share);
    }
    draw(svg, wedges);
  }

  /** Draws the wedges of a key, for when it is pointed at. */
  void drawKey(SvgWriter svg, int key, int left, HeadColumn queries, HeadColumn keys) {
    PathData wedges = new PathData();
    List<Integer> looking = queriesOf(key);
    for (int query : looking) {
      int right = left + HeadLineShapes.WIDTH;
      double share = means[query][key] / means[looking.get(0)][key];
      wedge(wedges, right, keys.middle(key), left, queries.middle(query), share);
    }
    draw(svg, wedges);
  }

  private void wedge(PathData path, int x, int y, int toX, int toY, double share) {
    double width = Math.floor(WIDEST * share * 10 + 0.5) / 10;
    if (width > 0) {
      path.moveTo(x, y).lineTo(toX, toY - Math.floor(5 * width) / 10).down(width).close();
    }
  }

  private static void draw(SvgWriter svg, PathData wedges) {
    if (!wedges.isEmpty()) {
      svg.open(SvgElement.PATH)
          .setName(SvgAttribute.CLASS, HeadParts.OWN_LINES)
          .set(SvgAttribute.DISPLAY, "none")
          .set(SvgAttribute.FILL, COLOUR)
          .set(SvgAttribute.POINTER_EVENTS, "none")
          .set(SvgAttribute.PATH_DATA, wedges.toString())
          .close();
    }
  }
}
