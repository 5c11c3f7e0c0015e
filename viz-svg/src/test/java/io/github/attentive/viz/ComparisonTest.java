package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionTensor;
import io.github.attentive.Attribution;
import io.github.attentive.Classification;
import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.Method;
import io.github.attentive.ModelInfo;
import io.github.attentive.SpecialTokens;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class ComparisonTest {
  private static final String TEXT = "the film was not a wonderful surprise";
  private static final List<String> WORDS = List.of(TEXT.split(" "));
  private static final int NEUTRAL = Palette.RD_BU.entry(128).rgb();

  /** An explanation of a text by its words, or by pieces of so many letters. */
  private static Explanation explanation(
      String text, String engine, float score, float[] weights, int pieceLength) {
    List<Token> tokens = new ArrayList<>();
    List<Word> words = new ArrayList<>();
    int start = 0;
    for (String word : text.split(" ")) {
      for (int from = 0; from < word.length(); from += pieceLength) {
        int to = Math.min(word.length(), from + pieceLength);
        tokens.add(
            new Token(
                (from == 0 ? "" : "##") + word.substring(from, to),
                1,
                tokens.size(),
                0,
                words.size(),
                start + from,
                start + to,
                false,
                weights[tokens.size() % weights.length]));
      }
      float weight = weights[words.size() % weights.length];
      words.add(new Word(word, 0, start, start + word.length(), weight));
      start += word.length() + 1;
    }
    float[] attention = new float[tokens.size() * tokens.size()];
    Arrays.fill(attention, 1f / tokens.size());
    return new Explanation(
        new ModelInfo(engine, "bert", 1, 1, 64, List.of("bad", "good")),
        new Classification(
            TextInput.of(text),
            List.of("bad", "good"),
            new float[] {1 - score, score},
            new float[0],
            tokens.size(),
            false),
        new Attribution(
            Method.ATTENTION,
            "good",
            pieceLength < 64 ? Granularity.TOKEN : Granularity.WORD,
            SpecialTokens.DROP,
            tokens,
            words,
            0f),
        tokens,
        new AttentionTensor(1, 1, tokens.size(), tokens.size(), attention));
  }

  private static List<Element> bars(Svg svg) {
    String positive = BarsView.POSITIVE.hex();
    String negative = BarsView.NEGATIVE.hex();
    return Documents.elements(svg, "rect").stream()
        .filter(rect -> List.of(positive, negative).contains(rect.getAttribute("fill")))
        .toList();
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  /** Where the cell of a row's difference is, from the text on it. */
  private static double[] cell(Svg svg, String number) {
    return Documents.elements(svg, "text").stream()
        .filter(text -> text.getTextContent().equals(number))
        .filter(text -> text.getAttribute("text-anchor").equals("middle"))
        .filter(text -> !text.hasAttribute("class"))
        .findFirst()
        .map(text -> new double[] {number(text, "x"), number(text, "y")})
        .orElseThrow();
  }

  @Test
  void withAndWithoutAttentionAreOnOneScale() {
    float[] attention = {0.05f, 0.1f, 0.05f, 0.3f, 0.05f, 0.35f, 0.1f};
    float[] even = {1f / 7, 1f / 7, 1f / 7, 1f / 7, 1f / 7, 1f / 7, 1f / 7};
    Svg svg =
        Comparison.of(
                explanation(TEXT, "djl-pytorch", 0.93f, attention, 64),
                explanation(TEXT, "djl-pytorch", 0.41f, even, 64))
            .names("with attention", "without attention")
            .render();
    List<Element> bars = bars(svg);
    assertThat(bars).hasSize(14);
    for (int row = 0; row < 7; row++) {
      assertThat(number(bars.get(row), "width"))
          .isCloseTo(160 * attention[row] / 0.35, within(0.01));
      assertThat(number(bars.get(7 + row), "width"))
          .isCloseTo(160 * even[row] / 0.35, within(0.01));
    }
    assertThat(Documents.texts(svg, "text"))
        .containsAll(WORDS)
        .contains(
            "A: with attention",
            "B: without attention",
            "good (0.930)",
            "bad (0.590)",
            "Weight (attention)",
            "0.300",
            "0.143",
            "-0.157",
            "Predictions agree: no (scores differ by at most 0.52)",
            "Largest |B − A| 0.2071 (“wonderful”), mean 0.1041",
            "Kendall's tau-b undefined: all weights of a side are equal; Jensen-Shannon distance"
                + " 0.33");
    assertThat(svg.data().facts()).containsEntry("A engine", "djl-pytorch");
    assertThat(svg.data().tables().get(0).at(3, 2)).isEqualTo((double) even[3] - attention[3]);
  }

  @Test
  void differencesHaveTheirColoursAndNoneIsNeutral() {
    Svg svg =
        Comparison.of(
                List.of("a", "b", "c", "d"),
                new double[] {0.4, 0.3, 0.1, 0.2},
                new double[] {0.1, 0.4, 0.1, 0.4})
            .render();
    Raster raster = Raster.of(svg, 1);
    ColourScale scale = new ColourScale(Palette.RD_BU, new Range(-0.3, 0.3), Norm.CENTRED);
    for (double difference : new double[] {-0.3, 0.1, 0.2}) {
      double[] at = cell(svg, (difference > 0 ? "+" : "") + Decimals.fixed(difference, 3, 0));
      assertThat(raster.at(at[0] - 30, at[1])).isEqualTo(scale.colour(difference).rgb());
    }
    double[] at = cell(svg, "0");
    assertThat(raster.at(at[0] - 30, at[1])).isEqualTo(NEUTRAL);
  }

  @Test
  void enginesOfEqualWeightsDifferByNoise() {
    Random random = new Random(5);
    float[] a = new float[7];
    float[] b = new float[7];
    for (int i = 0; i < 7; i++) {
      a[i] = random.nextFloat() / 4;
      b[i] = i == 2 ? a[i] : a[i] + 1e-7f * (float) random.nextGaussian();
    }
    Comparison comparison =
        Comparison.of(
                explanation(TEXT, "djl-pytorch", 0.9f, a, 64),
                explanation(TEXT, "djl-tensorflow", 0.9f, b, 64))
            .names("PyTorch", "TensorFlow");
    Svg passed = comparison.threshold(1e-5).render();
    assertThat(passed.data().notes())
        .contains(
            "Predictions agree: yes (all scores are equal)", "Passed: no |B − A| is above 1e-5");
    assertThat(Documents.texts(passed, "text")).contains("× 1e-7", "0");
    Svg failed = comparison.threshold(1e-9).render();
    assertThat(failed.altText()).contains("Failed: 6 of 7 |B − A| are above 1e-9");
  }

  @Test
  void noiseIsSeenOnALogarithmicScale() {
    double[] a = {0.1, 0.2, 0.3, 0.4};
    double[] b = {0.1, 0.2 + 1e-7, 0.3 - 1e-9, 0.4 + 1e-12};
    Svg svg =
        Comparison.of(List.of("a", "b", "c", "d"), a, b).logarithmic().threshold(1e-5).render();
    assertThat(Documents.texts(svg, "text"))
        .contains("|B − A|", "1e-10", "1e-8", "1e-6", "Passed: no |B − A| is above 1e-5");
    Raster raster = Raster.of(svg, 1);
    ColourScale scale = new ColourScale(Palette.YL_OR_RD, new Range(1e-10, 1e-5), Norm.LOGARITHMIC);
    for (int row = 1; row < 4; row++) {
      double difference = Math.abs(b[row] - a[row]);
      double[] at = cell(svg, Decimals.significant(difference));
      assertThat(raster.at(at[0] - 34, at[1])).isEqualTo(scale.colour(difference).rgb());
    }
    double[] at = cell(svg, "0");
    assertThat(raster.at(at[0] - 34, at[1])).isEqualTo(NEUTRAL);
    // With a threshold above it, the scale goes up to that.
    Svg wide =
        Comparison.of(List.of("a"), new double[1], new double[] {1e-7})
            .logarithmic()
            .threshold(0.01)
            .render();
    assertThat(Documents.texts(wide, "text")).contains("1e-3");
  }

  @Test
  void modelsWithOtherTokensHaveGapsAndNoDifference() {
    Explanation threes = explanation(TEXT, "a", 0.9f, new float[] {0.1f, 0.2f}, 3);
    Explanation fours = explanation(TEXT, "b", 0.8f, new float[] {0.2f, 0.1f}, 4);
    Svg svg = Svg.comparison(threes, fours);
    DataTable table = svg.data().tables().get(0);
    // The pieces of "the", "was", "not" and "a" are alike; those of the other words are not.
    assertThat(table.columns()).containsExactly("A", "B");
    List<String> aligned = new ArrayList<>();
    double sumA = 0;
    double sumB = 0;
    for (int row = 0; row < table.rows().size(); row++) {
      if (!Double.isNaN(table.at(row, 0)) && !Double.isNaN(table.at(row, 1))) {
        aligned.add(table.rows().get(row));
      }
      sumA += Double.isNaN(table.at(row, 0)) ? 0 : table.at(row, 0);
      sumB += Double.isNaN(table.at(row, 1)) ? 0 : table.at(row, 1);
    }
    assertThat(aligned).containsExactly("the", "was", "not", "a");
    assertThat(sumA)
        .isCloseTo(threes.tokens().stream().mapToDouble(Token::weight).sum(), within(1e-12));
    assertThat(sumB)
        .isCloseTo(fours.tokens().stream().mapToDouble(Token::weight).sum(), within(1e-12));
    assertThat(Documents.texts(svg, "text")).contains("–").doesNotContain("B − A");
    assertThat(svg.data().notes())
        .contains(
            "No difference is shown: 8 tokens of A have no counterpart in B (“fil”, …); 6 tokens of"
                + " B have no counterpart in A (“film”, …)");
    assertThatThrownBy(() -> Comparison.of(threes, fours).requireAligned())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "comparison: expected the same tokens on both sides, got 8 tokens of A have");
  }

  @Test
  void wordsOfModelsWithOtherTokensAlign() {
    Svg svg =
        Comparison.of(
                explanation(TEXT, "a", 0.9f, new float[] {0.1f, 0.2f}, 64),
                explanation(TEXT, "b", 0.8f, new float[] {0.2f, 0.1f}, 64))
            .requireAligned()
            .render();
    assertThat(svg.data().tables().get(0).columns()).containsExactly("A", "B", "B − A");
  }

  @Test
  void tokensOfOneSpanAlignWhateverTheVocabulary() {
    Explanation plain = Figures.explanation(Granularity.TOKEN, SpecialTokens.KEEP);
    List<Token> others =
        plain.tokens().stream()
            .map(
                token ->
                    new Token(
                        token.text().equals("##ad") ? "[UNK]" : token.text(),
                        token.id(),
                        token.position(),
                        0,
                        token.word(),
                        token.start(),
                        token.end(),
                        token.special(),
                        token.weight()))
            .toList();
    Attribution attribution = plain.attribution();
    Explanation other =
        new Explanation(
            plain.model(),
            plain.classification(),
            new Attribution(
                attribution.method(),
                attribution.target(),
                attribution.granularity(),
                attribution.specialTokens(),
                others,
                attribution.words(),
                attribution.dropped()),
            others,
            plain.attention());
    Svg svg = Comparison.of(plain, other).requireAligned().render();
    assertThat(Documents.texts(svg, "text")).contains("[CLS]", "·ad | [UNK]", "B − A");
  }

  @Test
  void otherTextsAndUnitsAreRefused() {
    Explanation one = explanation(TEXT, "a", 0.9f, new float[] {0.1f}, 64);
    Explanation other = explanation("a dull film", "a", 0.9f, new float[] {0.1f}, 64);
    assertThatThrownBy(() -> Svg.comparison(one, other))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "comparison: expected two explanations of one text, got '"
                + TEXT
                + "' and 'a dull film'");
    Explanation tokens = explanation(TEXT, "a", 0.9f, new float[] {0.1f}, 5);
    assertThatThrownBy(() -> Svg.comparison(one, tokens))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "comparison: expected two explanations by words or two by tokens, got WORD and TOKEN");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY})
  void refusesWhatIsNoNumber(double value) {
    assertThatThrownBy(
            () -> Comparison.of(List.of("a", "b"), new double[] {0, 1}, new double[] {0, value}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("comparison: expected a finite value, got " + value + " in B at index 1 ('b')");
    assertThatThrownBy(
            () -> Comparison.of(List.of("a"), new double[] {0}, new double[] {0}).threshold(value))
        .hasMessage("comparison threshold: expected a finite number above 0, got " + value);
  }

  @Test
  void refusesListsThatDoNotFit() {
    assertThatThrownBy(() -> Comparison.of(List.of("a"), new double[] {1, 2}, new double[] {1}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "comparison: expected at least 1 label and two values for each, got 1 labels, 2 values"
                + " of A, 1 of B");
    double max = Double.MAX_VALUE;
    assertThatThrownBy(() -> Comparison.of(List.of("a"), new double[] {max}, new double[] {-max}))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(
            () ->
                Comparison.ofMatrices(
                    List.of("a"), List.of("b"), new double[][] {{1}}, new double[][] {{1, 2}}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("comparison: expected matrices of 1 x 1 as there are labels, got 1 x 2 for B");
    List<String> many = Collections.nCopies(65, "a");
    double[][] large = new double[65][65];
    assertThatThrownBy(() -> Comparison.ofMatrices(many, many, large, large))
        .hasMessage("comparison: expected matrices of at most 64 x 64, got 65 x 65");
  }

  @Test
  void shownAndRestAreAll() {
    double[] a = Figures.attention(1, 60, 1)[0];
    double[] b = Figures.attention(1, 60, 2)[0];
    Svg svg = Comparison.of(Collections.nCopies(60, "the"), a, b).rows(10).render();
    assertThat(bars(svg)).hasSize(20);
    String note = svg.data().notes().get(svg.data().notes().size() - 1);
    assertThat(note).startsWith("10 of 60 rows shown; the rest sum to ");
    String[] rest = note.replaceAll(".* sum to (\\S+) in A and (\\S+) in B", "$1 $2").split(" ");
    double shownA = sumOfShown(a, a, b);
    double shownB = sumOfShown(b, a, b);
    assertThat(shownA + Double.parseDouble(rest[0])).isCloseTo(1, within(1e-4));
    assertThat(shownB + Double.parseDouble(rest[1])).isCloseTo(1, within(1e-4));
  }

  /** The sum over the ten rows of the largest weight on either side. */
  private static double sumOfShown(double[] side, double[] a, double[] b) {
    return java.util.stream.IntStream.range(0, a.length)
        .boxed()
        .sorted(java.util.Comparator.comparingDouble(i -> -Math.max(a[i], b[i])))
        .limit(10)
        .mapToDouble(i -> side[i])
        .sum();
  }

  @Test
  void matricesShareAScaleAndHaveTheirDifferenceBeside() {
    double[][] a = {{0.5, 0.5}, {0.25, 0.75}};
    double[][] b = {{0.5, 0.5}, {1, 0}};
    Svg svg = Comparison.ofMatrices(List.of("q", "r"), List.of("k", "l"), a, b).render();
    Raster raster = Raster.of(svg, 1);
    ColourScale shared = new ColourScale(Palette.VIRIDIS, new Range(0, 1), Norm.LINEAR);
    ColourScale difference = new ColourScale(Palette.RD_BU, new Range(-0.75, 0.75), Norm.CENTRED);
    double left =
        Documents.elements(svg, "text").stream()
            .filter(text -> text.getTextContent().equals("B − A"))
            .mapToDouble(text -> text.hasAttribute("x") ? number(text, "x") : Double.MAX_VALUE)
            .min()
            .orElseThrow();
    for (int i = 0; i < 4; i++) {
      double x = i % 2 * 40 + 20;
      double y = i / 2 * 40 + 20;
      assertThat(raster.at(x, y)).isEqualTo(shared.colour(a[i / 2][i % 2]).rgb());
      assertThat(raster.at(80 + 24 + x, y)).isEqualTo(shared.colour(b[i / 2][i % 2]).rgb());
      assertThat(raster.at(left + x, y))
          .isEqualTo(difference.colour(b[i / 2][i % 2] - a[i / 2][i % 2]).rgb());
    }
    assertThat(raster.at(left + 20, 20)).isEqualTo(NEUTRAL);
    assertThat(svg.data().notes())
        .contains("Largest |B − A| 0.75 (“r” → “k”), mean 0.375")
        .anyMatch(note -> note.startsWith("Jensen-Shannon distance of rows at most 0.7"));
    assertThat(svg.data().tables()).hasSize(3);
  }
}
