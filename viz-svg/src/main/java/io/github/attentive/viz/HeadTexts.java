package io.github.attentive.viz;

import io.github.attentive.viz.HeadLines.Line;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a head view says of itself in words. */
final class HeadTexts {
  private final HeadView options;
  private final int[] heads;
  private final List<Line> lines;
  private final HeadColumn queries;
  private final HeadColumn keys;
  private final HeadFans means;

  HeadTexts(
      HeadView options, List<Line> lines, HeadColumn queries, HeadColumn keys, HeadFans means) {
    this.options = options;
    this.heads = options.chosenHeads();
    this.lines = lines;
    this.queries = queries;
    this.keys = keys;
    this.means = means;
  }

  String size() {
    String block = options.block() == HeadView.Block.ALL ? "" : ", " + options.block().shown();
    return "Layer %s, %s %s%s"
        .formatted(
            options.chosenLayer(), heads.length == 1 ? "head" : "heads", headNumbers(), block);
  }

  String finding() {
    Line strongest = strongest(-1);
    return strongest == null
        ? "No weight is above 0."
        : "The " + say(strongest) + " in head " + heads[strongest.head()] + "." + blockMass();
  }

  /** What each head looks at most, for its tooltip. */
  String[] ofHeads() {
    String[] texts = new String[heads.length];
    for (int i = 0; i < heads.length; i++) {
      Line strongest = strongest(i);
      texts[i] = "head " + heads[i] + (strongest == null ? ": no weight" : ": " + say(strongest));
    }
    return texts;
  }

  private @Nullable Line strongest(int head) {
    Line strongest = null;
    for (Line line : lines) {
      if ((head < 0 || line.head() == head)
          && (strongest == null || line.weight() > strongest.weight())) {
        strongest = line;
      }
    }
    return strongest;
  }

  private String say(Line line) {
    return "strongest from “%s” to “%s” with %s"
        .formatted(
            queries.label(line.query()).shown(),
            keys.label(line.key()).shown(),
            Decimals.significant(line.weight()));
  }

  /** What of the weight of its queries a block holds, in words. */
  private String blockMass() {
    if (options.block() == HeadView.Block.ALL) {
      return "";
    }
    double sum = 0;
    for (int query = 0; query < queries.size(); query++) {
      for (int key = 0; key < keys.size(); key++) {
        sum += means.mean(query, key);
      }
    }
    return " In the mean, its queries give its keys %s of weight."
        .formatted(Decimals.significant(sum / queries.size()));
  }

  /** The indices of the heads. */
  String headNumbers() {
    int last = heads[heads.length - 1];
    if (heads.length > 2 && last - heads[0] == heads.length - 1) {
      return heads[0] + " to " + last;
    }
    return Arrays.stream(heads).mapToObj(Integer::toString).collect(Collectors.joining(", "));
  }
}
