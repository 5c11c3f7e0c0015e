package io.github.attentive.viz;

import java.util.ArrayList;
import java.util.List;

/** One column of a head view: its tokens and how far down each of them is. */
final class HeadColumn {
  private final List<Label> labels;
  private final int row;
  private final int[] middles;
  private final List<Caption> captions = new ArrayList<>();
  private int height;

  /** The name of a text over its first token. */
  record Caption(String text, int middle) {}

  /**
   * Lays a column out.
   *
   * @param segments 0 or 1 for each label
   * @param paired whether the segments are named, with a gap between them
   * @param row the height of a token
   */
  HeadColumn(List<Label> labels, List<Integer> segments, boolean paired, int row) {
    this.labels = labels;
    this.row = row;
    this.middles = new int[labels.size()];
    int gap = Math.max(row, KeyLabels.LINE);
    for (int i = 0; i < middles.length; i++) {
      if (paired && (i == 0 || !segments.get(i).equals(segments.get(i - 1)))) {
        height += i == 0 ? 0 : gap / 2;
        captions.add(new Caption(segments.get(i) == 0 ? "Text A" : "Text B", height + gap / 2));
        height += gap;
      }
      middles[i] = height + row / 2;
      height += row;
    }
  }

  /** Moves a column that is shorter than the other to the middle of it. */
  void centre(int within) {
    int down = (within - height) / 2;
    for (int i = 0; i < middles.length; i++) {
      middles[i] += down;
    }
    captions.replaceAll(caption -> new Caption(caption.text(), caption.middle() + down));
  }

  int size() {
    return middles.length;
  }

  int row() {
    return row;
  }

  int height() {
    return height;
  }

  Label label(int index) {
    return labels.get(index);
  }

  int middle(int index) {
    return middles[index];
  }

  List<Caption> captions() {
    return captions;
  }

  double widest() {
    return TextMetrics.widest(labels.stream().map(Label::shown).toList(), Figure.LABEL_SIZE);
  }
}
