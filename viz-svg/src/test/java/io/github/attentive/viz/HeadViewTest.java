package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.SpecialTokens;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadViewTest {
  private static final int ROW = 24;

  private static double[][][] heads(int heads, int tokens) {
    return Figures.model(1, heads, tokens, tokens)[0];
  }

  private static HeadView view(int heads, int tokens) {
    return HeadView.of(heads(heads, tokens), Figures.words(tokens), Figures.words(tokens));
  }

  private static double[][][] even(int heads, int tokens) {
    double[][][] weights = new double[heads][tokens][tokens];
    for (double[][] head : weights) {
      for (double[] row : head) {
        Arrays.fill(row, 1.0 / tokens);
      }
    }
    return weights;
  }

  private static int length(Svg svg) {
    return svg.toString().length();
  }

  @Test
  void everyLineIsAWeightAndEveryWeightThatCountsIsALine() {
    double[][][] weights = heads(9, 12);
    List<String> words = Figures.words(12);
    Svg svg = HeadView.of(weights, words, words).render();
    List<DrawnLine> lines = DrawnLine.all(svg, ROW);
    HeadColours colours = new HeadColours(9);
    double highest =
        Arrays.stream(weights)
            .flatMap(Arrays::stream)
            .flatMapToDouble(Arrays::stream)
            .max()
            .orElseThrow();
    for (int head = 0; head < 9; head++) {
      for (int query = 0; query < 12; query++) {
        double[] row = weights[head][query];
        double shown = 0;
        double weakest = 1;
        double left = 0;
        double strongestLeft = 0;
        for (int key = 0; key < 12; key++) {
          String colour = colours.colour(head).hex();
          String dashes = colours.dashes(head);
          int q = query;
          int k = key;
          List<DrawnLine> drawn =
              lines.stream()
                  .filter(line -> line.query() == q && line.key() == k)
                  .filter(line -> line.colour().equals(colour) && line.dashes().equals(dashes))
                  .toList();
          assertThat(drawn).hasSizeLessThanOrEqualTo(1);
          if (drawn.isEmpty()) {
            left += row[key];
            strongestLeft = Math.max(strongestLeft, row[key]);
          } else {
            shown += row[key];
            weakest = Math.min(weakest, row[key]);
            assertThat(drawn.get(0).opacity())
                .isCloseTo(Math.max(1 / 16.0, row[key] / highest), within(1 / 16.0));
          }
        }
        assertThat(shown + left).isCloseTo(1, within(1e-9));
        assertThat(shown).isGreaterThanOrEqualTo(0.9 - 1e-9);
        assertThat(shown - weakest).isLessThan(0.9 + 0.001);
        assertThat(strongestLeft).isLessThanOrEqualTo(weakest + 0.001);
      }
    }
    assertThat(svg.data().notes())
        .contains(lines.size() + " of 1,296 lines: 90 % of each query's weight by head");
    assertThat(Documents.texts(svg, "text")).contains(Decimals.significant(highest));
  }

  @Test
  void allOfTheMassIsEveryWeightThatIsNotZero() {
    double[][][] weights = {{{0.5, 0.5, 0}, {1, 0, 0}}};
    Svg svg = HeadView.of(weights, List.of("a", "b"), Figures.words(3)).mass(1).render();
    assertThat(svg.data().notes()).containsExactly("3 of 6 lines: all that are not 0");
  }

  /** Hard case 9: more heads do not make a weight paler. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 12, 24})
  void inkDoesNotDependOnTheNumberOfHeads(int count) {
    double[][][] weights = new double[count][][];
    Arrays.fill(weights, new double[][] {{0.75, 0.25}, {0.5, 0.5}});
    List<DrawnLine> lines =
        DrawnLine.all(HeadView.of(weights, Figures.words(2), Figures.words(2)).render(), ROW);
    assertThat(lines).hasSize(4 * count);
    for (DrawnLine line : lines) {
      double weight = line.query() == 1 ? 0.5 : line.key() == 0 ? 0.75 : 0.25;
      assertThat(line.opacity()).isCloseTo(weight / 0.75, within(1 / 16.0));
    }
  }

  /** Hard case 9: a crossing is no darker than the lines that cross. */
  @Test
  void crossingsHaveNoMoreInk() {
    double[][][] crossed = {{{0, 0.5}, {0.5, 0}}, {{1, 0}, {0, 0}}};
    Svg crossing =
        HeadView.of(crossed, Figures.words(2), Figures.words(2)).style(FigureStyle.README).render();
    Raster raster = Raster.of(crossing, 8);
    HeadColours colours = new HeadColours(2);
    int expected = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int channel = colours.colour(0).rgb() >> shift & 0xFF;
      expected |= (channel + 255) / 2 << shift;
    }
    double crossingLeft = DrawnLine.left(crossing);
    // One head of two is two units above the middle of its token.
    int at = raster.at(crossingLeft + 100, ROW - 2);
    assertThat(Raster.distance(at, expected)).isLessThanOrEqualTo(3);
    int off = raster.at(crossingLeft + 50, ROW - 2 - ROW / 4.0);
    assertThat(Raster.distance(off, at)).isLessThanOrEqualTo(3);
  }

  /** Hard case 8: what bertviz draws with an opacity of 0.0013. */
  @Test
  void evenWeightsAreSeenAndWhatIsLeftOutIsSaid() {
    List<String> words = Figures.words(64);
    Svg svg = HeadView.of(even(12, 64), words, words).render();
    List<DrawnLine> lines = DrawnLine.all(svg, 14);
    assertThat(lines).hasSizeBetween(7_000, 8_000);
    assertThat(lines).allMatch(line -> line.opacity() == 1);
    assertThat(svg.data().notes())
        .contains(
            Decimals.count(lines.size())
                + " of 49,152 lines: 15.3 % of each query's weight by head",
            "There is no room for 90 % of each query's weight");
    for (int token = 0; token < 64; token++) {
      int key = token;
      // No key seems to matter more than another.
      assertThat(lines.stream().filter(line -> line.key() == key)).hasSizeBetween(110, 130);
      assertThat(lines.stream().filter(line -> line.query() == key)).hasSize(120);
    }
  }

  /** Hard case 10. */
  @ParameterizedTest
  @ValueSource(ints = {12, 16, 24, 32})
  void noTwoHeadsLookTheSame(int count) {
    Svg svg = view(count, 4).render();
    assertThat(
            DrawnLine.all(svg, ROW).stream().map(line -> line.colour() + line.dashes()).distinct())
        .hasSize(count);
  }

  @Test
  void chosenHeadsKeepTheirIndicesAndColours() {
    Svg svg = view(12, 5).heads(11, 2).render();
    assertThat(Documents.texts(svg, "text"))
        .contains("Layer 0, heads", "2", "11")
        .doesNotContain("0");
    HeadColours colours = new HeadColours(12);
    assertThat(DrawnLine.all(svg, ROW).stream().map(DrawnLine::colour).distinct())
        .containsExactlyInAnyOrder(colours.colour(2).hex(), colours.colour(11).hex());
    assertThat(svg.altText()).contains("Layer 0, heads 2, 11").contains("in head ");
    assertThat(svg.data().tables())
        .extracting(DataTable::name)
        .containsExactly("Head 2", "Head 11");
    assertThat(svg.data().tables().get(1).toArray()).isDeepEqualTo(heads(12, 5)[11]);
  }

  @Test
  void columnsAreNamed() {
    Svg svg = view(1, 3).render();
    assertThat(Documents.texts(svg, "text")).contains("Query", "Key");
    Svg named = view(1, 3).queryTitle("Decoder").keyTitle("Encoder").render();
    assertThat(Documents.texts(named, "text")).contains("Decoder", "Encoder");
  }

  /** Hard case 15. */
  @Test
  void equalTokensStaySeparate() {
    List<String> same = List.of("the", "the", "the", "the");
    Svg svg = HeadView.of(heads(2, 4), same, same).render();
    assertThat(Documents.texts(svg, "text")).filteredOn("the"::equals).hasSize(8);
  }

  @ParameterizedTest
  @CsvSource({
    "ALL, 5, 5",
    "A_TO_A, 3, 3",
    "A_TO_B, 3, 2",
    "B_TO_A, 2, 3",
    "B_TO_B, 2, 2",
  })
  void blocksHoldTheirTextsOnly(HeadView.Block block, int queries, int keys) {
    List<String> tokens = List.of("a", "b", "c", "d", "e");
    Svg svg = HeadView.of(heads(2, 5), tokens, tokens).pairFrom(3, 3).block(block).render();
    assertThat(Documents.texts(svg, "text").stream().filter(tokens::contains))
        .hasSize(queries + keys);
    DataTable table = svg.data().tables().get(0);
    assertThat(table.rows()).hasSize(queries);
    assertThat(table.columns()).hasSize(keys);
    int row = block.name().startsWith("B") ? 3 : 0;
    int column = block.name().endsWith("TO_B") ? 3 : 0;
    assertThat(table.at(0, 0)).isEqualTo(heads(2, 5)[0][row][column]);
    boolean both = block == HeadView.Block.ALL;
    assertThat(Documents.texts(svg, "text").stream().filter(text -> text.startsWith("Text ")))
        .hasSize(both ? 4 : 2);
  }

  @ParameterizedTest
  @EnumSource(SpecialTokens.class)
  void followsTheUnitAndThePolicyOfAnExplanation(SpecialTokens specials) {
    Svg words = Svg.headView(Figures.explanation(Granularity.WORD, specials));
    boolean kept = specials == SpecialTokens.KEEP;
    DataTable table = words.data().tables().get(0);
    assertThat(table.rows())
        .isEqualTo(kept ? List.of("[CLS]", "not", "bad", "[SEP]") : List.of("not", "bad"));
    assertThat(table.at(0, 1))
        .isCloseTo(kept ? 0.2 : specials == SpecialTokens.DROP ? 0.6 : 0.75, within(1e-6));
    assertThat(Documents.texts(words, "text")).contains("Prediction: good (0.930)");
    assertThatThrownBy(
            () ->
                HeadView.of(Figures.explanation(Granularity.WORD, specials))
                    .block(HeadView.Block.A_TO_B)
                    .render())
        .hasMessage(
            "head view block A to B: expected the attention of a pair of texts, got one text");
  }

  @ParameterizedTest
  @EnumSource(SpecialTokens.class)
  void pairsAreCutWhereTheirSegmentsAre(SpecialTokens specials) {
    Explanation pair = Figures.pairExplanation(specials);
    boolean kept = specials == SpecialTokens.KEEP;
    DataTable table =
        HeadView.of(pair).layer(1).block(HeadView.Block.A_TO_B).render().data().tables().get(1);
    assertThat(table.rows())
        .isEqualTo(kept ? List.of("[CLS]", "is", "it", "[SEP]") : List.of("is", "it"));
    assertThat(table.columns())
        .isEqualTo(kept ? List.of("it", "is", "[SEP]") : List.of("it", "is"));
    if (specials != SpecialTokens.RENORMALISE) {
      assertThat(table.at(kept ? 1 : 0, 1)).isEqualTo(pair.attention().at(1, 1, 1, 5));
    }
  }

  @Test
  void aBlockSaysWhatOfTheWeightItHolds() {
    double[][][] weights = {{{0.75, 0.25}, {0.5, 0.5}}};
    Svg svg =
        HeadView.of(weights, List.of("a", "b"), List.of("a", "b"))
            .pairFrom(1, 1)
            .block(HeadView.Block.A_TO_B)
            .render();
    assertThat(svg.altText()).contains("In the mean, its queries give its keys 0.25 of weight.");
    assertThat(svg.data().facts())
        .containsEntry("layer", "0")
        .containsEntry("heads", "0")
        .containsEntry("block", "A to B")
        .containsEntry("mass", "0.9");
  }

  @Test
  void oneQueryAndOtherShapesAreDrawn() {
    Svg pooling =
        HeadView.of(new double[][][] {{{0.6, 0.4}}}, List.of("pooling"), Figures.words(2)).render();
    assertThat(DrawnLine.all(pooling, 48)).hasSize(2);
    Svg wide =
        HeadView.of(Figures.model(1, 2, 3, 9)[0], Figures.words(3), Figures.words(9)).render();
    assertThat(wide.data().tables().get(0).columns()).hasSize(9);
  }

  @Test
  void missingWeightsHaveNoLine() {
    double[][][] weights = {{{0.5, Double.NaN}, {Double.NaN, 0.5}}};
    Svg svg = HeadView.of(weights, Figures.words(2), Figures.words(2)).render();
    assertThat(DrawnLine.all(svg, ROW)).hasSize(2);
    assertThat(svg.data().notes()).contains("2 weights are NaN and have no line");
    Svg none = HeadView.of(new double[][][] {{{0}}}, List.of("a"), List.of("b")).render();
    assertThat(DrawnLine.all(none, ROW)).isEmpty();
    assertThat(none.altText()).contains("No weight is above 0.");
  }

  @Test
  void tooltipsSayWhatATokenLooksAt() {
    double[][][] weights = {{{0.5, 0.375, 0.125}}, {{0.25, 0.5, 0.25}}};
    Svg svg = HeadView.of(weights, List.of("not"), List.of("a", "b", "c")).render();
    assertThat(Documents.texts(svg, "title"))
        .contains(
            "query “not”: looks most at “b” 0.4375, “a” 0.375, “c” 0.1875 (head mean)",
            "key “c”: looked at most by “not” 0.1875 (head mean)",
            "head 0: strongest from “not” to “a” with 0.5");
  }

  /** Hard case 19 and the budget of the figure. */
  @ParameterizedTest
  @CsvSource({"12, 32, 170000", "12, 128, 300000", "12, 512, 200000", "8, 64, 200000"})
  void sizeStaysWithinItsBudget(int heads, int tokens, int limit) {
    Svg svg = view(heads, tokens).render();
    assertThat(length(svg)).isLessThan(limit);
    assertThat(Documents.elements(svg, "path")).hasSizeLessThan(1_950);
    String note = svg.data().notes().get(0);
    long drawn = DrawnLine.all(svg, 2).size();
    assertThat(note).startsWith(Decimals.count(drawn) + " of ");
  }

  @Test
  void laterChangesToAnArrayAreNotDrawn() {
    double[][][] weights = heads(2, 3);
    HeadView view = HeadView.of(weights, Figures.words(3), Figures.words(3));
    Svg before = view.render();
    weights[0][0][0] = 0;
    assertThat(view.render()).isEqualTo(before);
    float[][][] floats = {{{0.25f, 0.75f}}};
    assertThat(HeadView.of(floats, List.of("a"), List.of("b", "c")).render())
        .isEqualTo(
            HeadView.of(new double[][][] {{{0.25, 0.75}}}, List.of("a"), List.of("b", "c"))
                .render());
  }

  @Test
  void animationIsThereOnRequestOnly() {
    assertThat(view(2, 4).render().toString()).doesNotContain("@keyframes");
    String moving = view(2, 4).style(FigureStyle.README.withAnimated(true)).render().toString();
    assertThat(moving).contains("@keyframes", "prefers-reduced-motion:no-preference");
    assertThat(moving).doesNotContain("tabindex", ":has(");
  }

  @Test
  void refusesWhatIsNoAttention() {
    List<String> two = List.of("a", "b");
    assertRefused(
        () -> HeadView.of(new double[0][][], two, two),
        "head view: expected at least 1 layer and 1 head, got 1 and 0");
    assertRefused(
        () -> HeadView.of(new double[1][0][0], List.of(), List.of()),
        "head view: expected at least 1 query and 1 key, got 0 x 0");
    assertRefused(
        () -> HeadView.of(new double[][][] {{{1, 2}}}, two, two),
        "head view layer 0, head 0: expected 2 queries as there are labels, got 1");
    assertRefused(
        () -> HeadView.of(new double[][][] {{{1, 2}, {1}}}, two, two),
        "head view layer 0, head 0, query 1: expected 2 keys as there are labels, got 1");
    for (double value : new double[] {-0.5, Double.POSITIVE_INFINITY}) {
      assertRefused(
          () -> HeadView.of(new double[][][] {{{1, value}}}, List.of("a"), two),
          "head view layer 0, head 0, query 0, key 1: expected a weight of 0 or more, or NaN for none, got "
              + value);
    }
  }

  @Test
  void refusesWhatCannotBeChosen() {
    assertRefused(() -> view(2, 2).heads(), "head view heads: expected at least 1, got none");
    assertRefused(() -> view(2, 2).heads(2), "head view head: expected 0 to 1, got 2");
    assertRefused(() -> view(2, 2).heads(1, 1), "head view heads: expected each once, got 1 twice");
    assertRefused(() -> view(2, 2).layer(1), "head view layer: expected 0 to 0, got 1");
    for (double mass : new double[] {0, -1, 1.5, Double.NaN}) {
      assertRefused(
          () -> view(2, 2).mass(mass),
          "head view mass: expected a share above 0, at most 1, got " + mass);
    }
    assertRefused(
        () -> view(2, 2).block(HeadView.Block.B_TO_A).render(),
        "head view block B to A: expected the attention of a pair of texts, got one text");
    assertRefused(
        () -> view(2, 2).pairFrom(2, 1).block(HeadView.Block.B_TO_A).render(),
        "head view block B to A: expected at least 1 query and 1 key, got 0 x 1");
    assertRefused(
        () -> view(2, 2).pairFrom(0, 2),
        "head view pair: expected a first query of the second text from 0 to 2 and a first key from 1 to 1, got 0 and 2");
    assertRefused(
        () -> HeadView.of(Figures.explanation(Granularity.WORD, SpecialTokens.KEEP)).pairFrom(1, 1),
        "head view pair: expected plain arrays, got an explanation, which has its own texts");
  }

  private static void assertRefused(Runnable action, String message) {
    assertThatThrownBy(action::run).isInstanceOf(InvalidInputException.class).hasMessage(message);
  }

  @Test
  void strongLinesAreOnTop() {
    List<Double> opacities =
        DrawnLine.all(view(4, 12).render(), ROW).stream().map(DrawnLine::opacity).toList();
    assertThat(opacities).isSorted();
    assertThat(IntStream.range(0, opacities.size()).mapToObj(opacities::get).distinct())
        .hasSizeGreaterThan(3);
  }
}
