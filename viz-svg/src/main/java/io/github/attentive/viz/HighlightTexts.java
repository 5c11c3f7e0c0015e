package io.github.attentive.viz;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a highlighted text says of itself: notes below it, its data, and what is to be seen. */
final class HighlightTexts {
  private static final int STRONGEST = 3;

  private final Figure figure;
  private final Highlight options;
  private final List<WeightBox> all;
  private final int[] ranks;

  /**
   * Prepares texts.
   *
   * @param all the boxes that are drawn
   * @param ranks from 1 for the strongest, one for each box
   */
  HighlightTexts(Figure figure, Highlight options, List<WeightBox> all, int[] ranks) {
    this.figure = figure;
    this.options = options;
    this.all = all;
    this.ranks = ranks;
  }

  private void remark() {
    if (all.size() > HighlightView.MOST_PARTS) {
      figure.note(
          "The strongest %s of %s words have tooltips"
              .formatted(HighlightView.FEW_PARTS, all.size()));
    }
    remarkOnEmptySpans();
    int spansShown = all.stream().mapToInt(WeightBox::spans).sum();
    if (spansShown > all.size()) {
      figure.note(
          "Parts that share a character are drawn as one: %s boxes for %s parts"
              .formatted(all.size(), spansShown));
    }
    if (all.stream().anyMatch(box -> isBeyond(box.weight()))) {
      figure.note("Stronger weights look like those at the end of the scale");
    }
    options.remarks().forEach(figure::note);
  }

  private void remarkOnEmptySpans() {
    int empty = 0;
    double sum = 0;
    for (Passage passage : options.passages()) {
      for (Passage.Span span : passage.spans()) {
        if (span.start() == span.end()) {
          empty++;
          sum += span.weight();
        }
      }
    }
    if (sum != 0) {
      figure.note(
          "%s without text, of weight %s, not shown"
              .formatted(empty == 1 ? "1 part" : empty + " parts", Decimals.significant(sum)));
    }
  }

  private boolean isBeyond(double weight) {
    return options.strongest() > 0 && Math.abs(weight) > options.strongest();
  }

  /**
   * Finishes the figure.
   *
   * @param texts what stands in each box
   */
  Svg finish(List<String> texts, double centre) {
    remark();
    int spans = 0;
    for (Passage passage : options.passages()) {
      String name = passage.caption().isEmpty() ? "Weights" : passage.caption();
      options.fact(passage.caption().equals("Pair") ? "pair" : "text", passage.text());
      if (!passage.spans().isEmpty()) {
        figure.table(
            DataTable.ofColumn(
                name, "Word", passage.labels(), options.weightTitle(), passage.weights()));
      }
      spans += passage.spans().size();
    }
    String size = spans + (spans == 1 ? " word" : " words");
    return figure.finish("Weights on the text, ", size, null, centre, finding(texts));
  }

  private String finding(List<String> texts) {
    String strongest =
        IntStream.range(0, all.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> ranks[i]))
            .limit(STRONGEST)
            .map(i -> "“%s” (%s)".formatted(shown(texts.get(i)), number(all.get(i))))
            .collect(Collectors.joining(", "));
    return strongest.isEmpty() ? "No word has a weight." : "The strongest: " + strongest + ".";
  }

  private static String shown(String text) {
    return Label.of(text, Figure.LABEL_SIZE, Figure.LABEL_LIMIT).shown();
  }

  private static String number(WeightBox box) {
    return Decimals.significant(box.weight());
  }
}
