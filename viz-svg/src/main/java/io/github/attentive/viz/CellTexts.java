package io.github.attentive.viz;

import java.util.List;

/** What a heatmap says of its cells, in numbers and in words. */
interface CellTexts {
  /**
   * The numbers that stand in the cells.
   *
   * @param exponent the power of ten that the colour bar leaves out
   * @return a text for each cell in row-major order, empty for none
   */
  List<String> numbers(int exponent);

  /** The value of a cell in its tooltip. */
  String tooltip(int cell);

  /** What the figure is, up to its size, for a figure without a title. */
  String kind();

  /** How large it is. */
  String size();

  /** What can be seen, in sentences. */
  String finding(List<Label> queries, List<Label> keys);
}
