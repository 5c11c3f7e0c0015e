package io.github.attentive.djl.runtime;

import io.github.attentive.djl.text.EncodedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many texts run at once. Immutable.
 *
 * @param most texts, at least 1
 * @param mostPositions of all texts of a batch together, but for a single longer text
 * @param pads false where only texts of one length may share a batch
 */
record LengthBatches(int most, int mostPositions, boolean pads) {

  /** Groups texts of like length: the places of each batch's texts. */
  List<int[]> of(List<EncodedText> texts) {
    int[] byLength =
        IntStream.range(0, texts.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> texts.get(i).length()))
            .mapToInt(Integer::intValue)
            .toArray();
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < byLength.length; ) {
      int to = end(from, byLength, texts);
      batches.add(Arrays.copyOfRange(byLength, from, to));
      from = to;
    }
    return batches;
  }

  private int end(int from, int[] byLength, List<EncodedText> texts) {
    int to = Math.min(from + most, byLength.length);
    int shortest = texts.get(byLength[from]).length();
    while (to > from + 1) {
      int longest = texts.get(byLength[to - 1]).length();
      if ((pads || longest == shortest) && (long) longest * (to - from) <= mostPositions) {
        break;
      }
      to--;
    }
    return to;
  }
}
