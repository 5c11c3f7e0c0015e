package io.github.attentive.viz;

import io.github.attentive.AttentionTensor;
import io.github.attentive.Attribution;
import io.github.attentive.Classification;
import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.Method;
import io.github.attentive.ModelInfo;
import io.github.attentive.ProblemType;
import io.github.attentive.QueriesAndKeys;
import io.github.attentive.SpecialTokens;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/** Figures and matrices that several tests look at. */
final class Figures {
  static final String URL =
      "https://example.org/a/rather/long/path/that/goes/on?and=on&until=it#has-80-letters!";
  static final List<String> HOSTILE =
      List.of(
          "]]></style><script>alert(1)</script>",
          "\" onload=\"x",
          "' onload='x",
          "&lt;",
          "&#0;",
          "javascript:alert(1)",
          "<!--",
          "<![CDATA[",
          "url(https://example.org)",
          "a\nb\tc\rd",
          "  two  spaces  ",
          "");

  private Figures() {}

  /** Weights like those of attention: near the diagonal and on the first token. */
  static double[][] attention(int rows, int columns, long seed) {
    Random random = new Random(seed);
    double[][] weights = new double[rows][columns];
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      for (int column = 0; column < columns; column++) {
        double logit = 1.5 * random.nextGaussian() - 0.15 * Math.abs(row - column);
        weights[row][column] = Math.exp(logit + (column == 0 ? 2.5 : 0));
        sum += weights[row][column];
      }
      for (int column = 0; column < columns; column++) {
        weights[row][column] /= sum;
      }
    }
    return weights;
  }

  static double[][] noise(int rows, int columns, long seed) {
    Random random = new Random(seed);
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int column = 0; column < columns; column++) {
        row[column] = random.nextDouble();
      }
    }
    return values;
  }

  static double[][] constant(int rows, int columns, double value) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      Arrays.fill(row, value);
    }
    return values;
  }

  /** One on the diagonal, else zero: few shapes, whatever the size. */
  static double[][] identity(int size) {
    double[][] values = new double[size][size];
    for (int i = 0; i < size; i++) {
      values[i][i] = 1;
    }
    return values;
  }

  /** {@code [CLS] not bad [SEP]} of which a model with one layer and head says "good". */
  static Explanation explanation(Granularity granularity, SpecialTokens specials) {
    TextInput input = TextInput.of("not bad");
    List<Token> positions =
        List.of(
            new Token("[CLS]", 1, 0, 0, Token.NO_WORD, 0, 0, true, 0.1f),
            new Token("not", 2, 1, 0, 0, 0, 3, false, 0.2f),
            new Token("b", 3, 2, 0, 1, 4, 5, false, 0.3f),
            new Token("##ad", 4, 3, 0, 1, 5, 7, false, 0.3f),
            new Token("[SEP]", 5, 4, 0, Token.NO_WORD, 7, 7, true, 0.1f));
    float[] attention = new float[25];
    for (int i = 0; i < 25; i++) {
      attention[i] = positions.get(i % 5).weight();
    }
    List<Token> shown =
        specials == SpecialTokens.KEEP
            ? positions
            : positions.stream().filter(token -> !token.special()).toList();
    return new Explanation(
        new ModelInfo("fake", "bert", 1, 1, 16, List.of("bad", "good")),
        new Classification(
            input, List.of("bad", "good"), new float[] {0.07f, 0.93f}, new float[0], 5, false),
        new Attribution(
            Method.ATTENTION,
            "good",
            granularity,
            specials,
            shown,
            List.of(new Word("not", 0, 0, 3, 0.2f), new Word("bad", 0, 4, 7, 0.6f)),
            0.2f),
        positions,
        new AttentionTensor(1, 1, 5, 5, attention));
  }

  /** {@code [CLS] is it [SEP] it is [SEP]}, a pair, with two layers of two heads. */
  static Explanation pairExplanation(SpecialTokens specials) {
    TextInput input = TextInput.of("is it", "it is");
    List<Token> positions =
        List.of(
            new Token("[CLS]", 1, 0, 0, Token.NO_WORD, 0, 0, true, 0),
            new Token("is", 2, 1, 0, 0, 0, 2, false, 0.5f),
            new Token("it", 3, 2, 0, 1, 3, 5, false, 0),
            new Token("[SEP]", 4, 3, 0, Token.NO_WORD, 5, 5, true, 0),
            new Token("it", 3, 4, 1, 0, 0, 2, false, 0.5f),
            new Token("is", 2, 5, 1, 1, 3, 5, false, 0),
            new Token("[SEP]", 4, 6, 1, Token.NO_WORD, 5, 5, true, 0));
    float[] attention = new float[2 * 2 * 49];
    for (int matrix = 0; matrix < 4; matrix++) {
      double[][] weights = attention(7, 7, matrix);
      for (int i = 0; i < 49; i++) {
        attention[49 * matrix + i] = (float) weights[i / 7][i % 7];
      }
    }
    boolean kept = specials == SpecialTokens.KEEP;
    return new Explanation(
        new ModelInfo("fake", "bert", 2, 2, 16, List.of("no", "yes")),
        new Classification(
            input, List.of("no", "yes"), new float[] {0.25f, 0.75f}, new float[0], 7, false),
        new Attribution(
            Method.ATTENTION,
            "yes",
            Granularity.TOKEN,
            specials,
            positions.stream().filter(token -> kept || !token.special()).toList(),
            List.of(),
            0),
        positions,
        new AttentionTensor(2, 2, 7, 7, attention));
  }

  /** The figure whose bytes are kept in the test resources. */
  static Svg goldenHeatmap() {
    return Heatmap.of(new double[][] {{0.7, 0.3, 0}, {0.125, Double.NaN, 0.875}})
        .queries(List.of("not", "bad\u0007"))
        .keys(List.of("été", "映画", URL))
        .title("Golden & <heatmap>")
        .palette(Palette.CIVIDIS)
        .range(0.1, 0.8)
        .render();
  }

  /** The figure whose bytes are kept in the test resources. */
  static Svg goldenBars() {
    return Bars.of(List.of("the", "the", "not"), new double[] {0.0015, -0.25, 1.0 / 3})
        .title("Golden bars")
        .render();
  }

  /** The figure whose bytes are kept in the test resources. */
  static Svg goldenConfusionMatrix() {
    return ConfusionMatrix.of(
            List.of("negative", "中立", "positive & <more>"),
            new int[][] {{40, 7, 3}, {12, 1800, 6}, {0, 0, 0}})
        .render();
  }

  /** The figure whose bytes are kept in the test resources. */
  static Svg goldenLearningCurve() {
    return LearningCurve.of(
            new double[] {0.693, 0.52, 0.41, 1.0 / 3}, new double[] {0.51, 0.74, 0.83, 0.875})
        .validation(
            new double[] {0.66, 0.55, Double.NaN, 0.57}, new double[] {0.6, 0.72, Double.NaN, 0.71})
        .kept(2)
        .render();
  }

  /** The figure whose bytes are kept in the test resources. */
  static Svg goldenHighlight() {
    return Highlight.of(
            "I loved it, but,\nthe plot is  très 退屈 <&>.",
            new int[] {0, 2, 12, 21, 30, 35},
            new int[] {1, 7, 15, 25, 34, 37},
            new double[] {0, 0.8, -0.25, 0.01, 1.0 / 3, -0.7})
        .title("Golden highlight")
        .width(150)
        .render();
  }

  /** The figure whose bytes are kept in the test resources. */
  static Svg goldenProbabilities() {
    return Probabilities.of(
            List.of("negative", "中立", "positive & <more>"), new double[] {0.9996, 0.0003, 0.0001})
        .target("中立")
        .title("Golden probabilities")
        .render();
  }

  /** The figure whose bytes are kept in the test resources. */
  static Svg goldenEvolution() {
    return Evolution.of(List.of("[CLS]", "act", "##ing"), attention(2, 3, 1)).lines(2).render();
  }

  /** The figure whose bytes are kept in the test resources. */
  static Svg goldenHeadView() {
    List<String> tokens = List.of("not", "bad & <b>", "été");
    double[][][] weights = new double[9][][];
    Arrays.setAll(weights, head -> attention(3, 3, head));
    weights[4][1][2] = Double.NaN;
    return HeadView.of(weights, tokens, tokens).heads(0, 4, 8).title("Golden heads").render();
  }

  /** The figure whose bytes are kept in the test resources. */
  static Svg goldenModelView() {
    List<String> tokens = List.of("not", "bad & <b>", "été");
    double[][][][] weights = model(2, 3, 3, 3);
    weights[1][2][0][1] = Double.NaN;
    return ModelView.of(weights, tokens, tokens)
        .heads(0, 2)
        .palette(Palette.BLUES)
        .title("Golden model")
        .render();
  }

  /** The attention of several layers and heads. */
  static double[][][][] model(int layers, int heads, int queries, int keys) {
    double[][][][] weights = new double[layers][heads][][];
    for (int layer = 0; layer < layers; layer++) {
      for (int head = 0; head < heads; head++) {
        weights[layer][head] = attention(queries, keys, 100L * layer + head);
      }
    }
    return weights;
  }

  /** So many labels, some of which are equal. */
  static List<String> words(int count) {
    String[] words = "[CLS] the film is not at all bad , but the end was dull [SEP]".split(" ");
    return IntStream.range(0, count).mapToObj(i -> words[i % words.length]).toList();
  }

  /** The figure whose bytes are kept in the test resources. */
  static Svg goldenNeuronView() {
    double[][] keys = {{1, 0.5, -2, 0}, {-1, 2, 0.25, 1}, {0.5, 0, 1, -1}};
    return NeuronView.of(new double[] {0.5, 2, -1, 0.25}, keys, 0.5)
        .queryLabel("[CLS]")
        .keyLabels(List.of("[CLS]", "été", "[PAD]"))
        .added(new double[] {0, 0.25, Double.NEGATIVE_INFINITY})
        .weights(new double[] {0.4378235, 0.5621765, 0})
        .title("Golden & <head>")
        .render();
  }

  /** The figure whose bytes are kept in the test resources. */
  static Svg goldenComparison() {
    return Comparison.of(
            List.of("not", "映画", "bad"),
            new double[] {0.25, 0.25, 0.5},
            new double[] {0.5, 0.25, 0.25})
        .names("with <attention>", "without")
        .threshold(0.125)
        .title("Golden comparison")
        .render();
  }

  /**
   * {@code [CLS] not bad [SEP]} as {@link #explanation} has it, with the queries and keys of a
   * model of 2 layers and 3 heads.
   *
   * @param queries 5, or 1 for pooling
   * @param added to the score of a query and key
   */
  static Explanation explanationWithVectors(
      int queries, ToDoubleBiFunction<Integer, Integer> added) {
    Explanation plain = explanation(Granularity.WORD, SpecialTokens.DROP);
    Random random = new Random(11);
    int size = 8;
    float scale = 0.35355338f;
    List<float[]> allQueries = new ArrayList<>();
    List<float[]> allKeys = new ArrayList<>();
    List<float[]> allScores = new ArrayList<>();
    float[] weights = new float[2 * 3 * queries * 5];
    for (int layer = 0; layer < 2; layer++) {
      float[] query = gaussian(3 * queries * size, random);
      float[] key = gaussian(3 * 5 * size, random);
      float[] scores = new float[3 * queries * 5];
      for (int row = 0; row < 3 * queries; row++) {
        double sum = 0;
        for (int column = 0; column < 5; column++) {
          float dot = 0;
          for (int i = 0; i < size; i++) {
            dot += query[row * size + i] * key[(row / queries * 5 + column) * size + i];
          }
          scores[row * 5 + column] =
              (float) (scale * dot + added.applyAsDouble(row % queries, column));
          sum += Math.exp(scores[row * 5 + column]);
        }
        for (int column = 0; column < 5; column++) {
          weights[(layer * 3 * queries + row) * 5 + column] =
              (float) (Math.exp(scores[row * 5 + column]) / sum);
        }
      }
      allQueries.add(query);
      allKeys.add(key);
      allScores.add(scores);
    }
    return new Explanation(
        plain.model(),
        plain.classification(),
        plain.attribution(),
        plain.positions(),
        new AttentionTensor(2, 3, queries, 5, weights),
        plain.positionsRead(),
        new QueriesAndKeys(
            3, queries, 5, new float[] {scale, scale}, allQueries, allKeys, allScores));
  }

  private static float[] gaussian(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /**
   * The figures whose bytes are kept in the test resources, by the names of those files: one of
   * each kind. They are also the ones that other viewers are held against each other with.
   */
  static Map<String, Svg> goldens() {
    Map<String, Svg> figures = new LinkedHashMap<>();
    figures.put("heatmap", goldenHeatmap());
    figures.put("bars", goldenBars());
    figures.put("confusion-matrix", goldenConfusionMatrix());
    figures.put("learning-curve", goldenLearningCurve());
    figures.put("highlight", goldenHighlight());
    figures.put("probabilities", goldenProbabilities());
    figures.put("evolution", goldenEvolution());
    figures.put("head-view", goldenHeadView());
    figures.put("model-view", goldenModelView());
    figures.put("neuron-view", goldenNeuronView());
    figures.put("comparison", goldenComparison());
    return figures;
  }

  /** One figure of each kind and extreme. */
  static Map<String, Svg> all() {
    Map<String, Svg> figures = new LinkedHashMap<>();
    goldens().forEach((name, figure) -> figures.put("golden " + name, figure));
    for (Granularity granularity : Granularity.values()) {
      for (SpecialTokens specials : SpecialTokens.values()) {
        Explanation explanation = explanation(granularity, specials);
        figures.put("heatmap " + granularity + specials, Svg.heatmap(explanation));
        figures.put("bars " + granularity + specials, Svg.bars(explanation));
        figures.put("heads " + granularity + specials, Svg.headView(explanation));
        figures.put("model " + granularity + specials, Svg.modelView(explanation));
      }
    }
    for (double value :
        new double[] {
          0, -0.0, 1, -1, 0.25, 1e-300, -1e-300, Double.MIN_VALUE, Double.MAX_VALUE, 1e17, -123456.5
        }) {
      figures.put("constant " + value, Heatmap.of(constant(2, 3, value)).render());
      figures.put("bar " + value, Bars.of(List.of("a"), new double[] {value}).render());
    }
    figures.put("all missing", Heatmap.of(constant(2, 2, Double.NaN)).render());
    figures.put(
        "widest range",
        Heatmap.of(new double[][] {{-Double.MAX_VALUE, 0, Double.MAX_VALUE}}).render());
    figures.put("neighbours", Heatmap.of(new double[][] {{1, Math.nextUp(1)}}).render());
    figures.put(
        "bars of neighbours",
        Bars.of(List.of("a", "b"), new double[] {-Double.MAX_VALUE, Double.MAX_VALUE}).render());
    int[][] shapes = {{1, 1}, {1, 13}, {13, 1}, {3, 40}, {20, 20}, {49, 49}, {70, 30}, {150, 150}};
    for (int[] shape : shapes) {
      figures.put(
          "attention " + shape[0] + " x " + shape[1],
          Heatmap.of(attention(shape[0], shape[1], 7)).render());
      figures.put(
          "noise " + shape[0] + " x " + shape[1],
          Heatmap.of(noise(shape[0], shape[1], 7)).palette(Palette.MAGMA).render());
    }
    hostile().forEach((kind, draw) -> figures.put("hostile " + kind, draw.apply(HOSTILE)));
    putManyCells(figures);
    putScales(figures);
    for (int count : new int[] {4, 12, 30, 60, 64, 65, 200}) {
      List<String> urls =
          IntStream.range(0, count).mapToObj(i -> i % 3 == 0 ? URL : "Wort" + i).toList();
      figures.put(
          "long labels " + count,
          Heatmap.of(attention(count, count, 5)).queries(urls).keys(urls).title(URL).render());
    }
    figures.put(
        "long everything",
        Heatmap.of(attention(2, 2, 5))
            .title(URL.repeat(3))
            .queryTitle(URL)
            .keyTitle(URL.repeat(20))
            .colourBarTitle(URL)
            .description(URL)
            .cellValues(CellValues.SHOWN)
            .range(-1, 0.01)
            .render());
    for (FigureStyle style :
        List.of(
            FigureStyle.DARK,
            FigureStyle.README.withAnimated(true),
            FigureStyle.PAPER,
            FigureStyle.INTERACTIVE.withTheme(Theme.LIGHT))) {
      figures.put(
          "style " + style, Heatmap.of(attention(3, 3, 1)).title("Style").style(style).render());
      figures.put(
          "bars in style " + style,
          Bars.of(List.of("a"), new double[] {1}).title("Style").style(style).render());
    }
    figures.put(
        "wide on paper",
        Heatmap.of(attention(12, 60, 1))
            .style(FigureStyle.PAPER)
            .cellValues(CellValues.SHOWN)
            .render());
    putConfusionMatrices(figures);
    putLearningCurves(figures);
    putBars(figures);
    putHighlights(figures);
    putProbabilities(figures);
    putEvolutions(figures);
    putHeadViews(figures);
    putModelViews(figures);
    putNeuronViews(figures);
    putComparisons(figures);
    return figures;
  }

  private static void putNeuronViews(Map<String, Svg> figures) {
    figures.put("head", Svg.neuronView(explanationWithVectors(5, (query, key) -> 0)));
    figures.put(
        "masked head",
        NeuronView.of(explanationWithVectors(5, (query, key) -> key > 2 ? -1e30 : 0.1 * key))
            .query(2)
            .style(FigureStyle.DARK)
            .render());
    figures.put("pooling head", Svg.neuronView(explanationWithVectors(1, (query, key) -> 0)));
    figures.put("one neuron", NeuronView.of(new double[] {0}, new double[][] {{0}}, 1).render());
    figures.put(
        "extreme neurons",
        NeuronView.of(
                new double[] {1e-200, -3e-200}, new double[][] {{1e-90, 2}, {1, -1e100}}, 1e90)
            .added(new double[] {-1e300, 0})
            .render());
    figures.put(
        "many neurons",
        NeuronView.of(noise(1, 200, 1)[0], noise(60, 200, 2), 0.02)
            .style(FigureStyle.PAPER)
            .render());
  }

  static Svg hostileNeuronView(List<String> texts) {
    return NeuronView.of(noise(1, 4, 1)[0], noise(texts.size(), 4, 2), 0.5)
        .keyLabels(texts)
        .queryLabel(texts.get(0))
        .title(String.join("|", texts))
        .description(String.join("|", texts))
        .render();
  }

  private static void putComparisons(Map<String, Svg> figures) {
    Explanation words = explanation(Granularity.WORD, SpecialTokens.DROP);
    figures.put("same twice", Svg.comparison(words, words));
    figures.put(
        "gaps",
        Svg.comparison(
            explanation(Granularity.TOKEN, SpecialTokens.KEEP),
            explanation(Granularity.TOKEN, SpecialTokens.DROP)));
    double max = Double.MAX_VALUE / 2;
    for (double value : new double[] {0, 1e-300, Double.MIN_VALUE, max}) {
      figures.put(
          "comparison of " + value,
          Comparison.of(
                  List.of("a", "b"), new double[] {value, -value}, new double[] {-value, value})
              .threshold(1e-300)
              .style(FigureStyle.DARK)
              .render());
    }
    figures.put(
        "long comparison",
        Comparison.of(
                Collections.nCopies(120, URL), attention(1, 120, 1)[0], attention(1, 120, 2)[0])
            .names(URL, URL)
            .valueTitle(URL)
            .render());
    figures.put(
        "engines",
        Comparison.of(
                List.of("a", "b", "c"),
                new double[] {0.1, 0.2, 0.3},
                new double[] {0.1, 0.2 + 1e-7, 0.3 + 1e-13})
            .names("PyTorch", "TensorFlow")
            .logarithmic()
            .threshold(1e-5)
            .render());
    List<String> keys = List.of("not", URL, "bad");
    figures.put(
        "comparison of matrices",
        Comparison.ofMatrices(
                List.of("映画", "b"),
                keys,
                new double[][] {{0.5, 0.25, 0.25}, {Double.NaN, 1, 0}},
                new double[][] {{0.5, 0.5, 0}, {0, 0.5, 0.5}})
            .names(URL, "B")
            .threshold(0.3)
            .render());
    figures.put(
        "comparison of large matrices",
        Comparison.ofMatrices(
                Collections.nCopies(30, "a"),
                Collections.nCopies(30, "b"),
                attention(30, 30, 1),
                attention(30, 30, 2))
            .render());
  }

  static Svg hostileComparison(List<String> texts) {
    return Comparison.of(texts, noise(1, texts.size(), 1)[0], noise(1, texts.size(), 2)[0])
        .names(texts.get(0), texts.get(texts.size() - 1))
        .valueTitle(texts.get(0))
        .title(String.join("|", texts))
        .description(String.join("|", texts))
        .render();
  }

  private static void putManyCells(Map<String, Svg> figures) {
    double[][] holes = noise(160, 150, 7);
    holes[3][2] = Double.NaN;
    figures.put("image with masks", Heatmap.of(holes).mask(causal(160, 150)).render());
    figures.put("masks", masks());
    figures.put(
        "numbers on paths",
        Heatmap.of(attention(40, 40, 7))
            .mask(causal(40, 40))
            .cellValues(CellValues.SHOWN)
            .render());
  }

  /** True above the diagonal, where a model that reads in one direction must not look. */
  static boolean[][] causal(int rows, int columns) {
    boolean[][] mask = new boolean[rows][columns];
    for (int row = 0; row < rows; row++) {
      for (int column = row + 1; column < columns; column++) {
        mask[row][column] = true;
      }
    }
    return mask;
  }

  /** A mask, a missing value and an exact 0 beside each other. */
  static Svg masks() {
    return Heatmap.of(new double[][] {{0.4, 0.9, 0.3}, {0, 0.75, 0.7}, {0.25, Double.NaN, 0.5}})
        .mask(causal(3, 3))
        .queries(List.of("not", "so", "bad"))
        .keys(List.of("not", "so", "bad"))
        .render();
  }

  private static void putScales(Map<String, Svg> figures) {
    double[][] powers = new double[6][10];
    for (int i = 0; i < 60; i++) {
      powers[i / 10][i % 10] = Math.pow(10, -9 + 9 * i / 59.0);
    }
    powers[0][0] = 0;
    figures.put("logarithmic", Heatmap.of(powers).norm(Norm.LOGARITHMIC).render());
    double[][] signed = noise(12, 12, 3);
    for (double[] row : signed) {
      for (int column = 0; column < row.length; column++) {
        row[column] = row[column] * 1.5 - 1;
      }
    }
    signed[3][4] = 0;
    figures.put("centred", Heatmap.of(signed).norm(Norm.CENTRED).render());
    double[][] outliers = noise(20, 20, 3);
    outliers[5][5] = 1e6;
    outliers[6][6] = -1e6;
    figures.put("robust", Heatmap.of(outliers).robustRange().render());
    for (double[] values :
        new double[][] {
          {0, 0}, {-1, -2}, {1, 1}, {Double.MIN_VALUE, 1}, {1e-300, 1e300}, {2.1, 4.9}, {1.1, 9.9}
        }) {
      String suffix = " of " + values[0] + ", " + values[1];
      Heatmap heatmap = Heatmap.of(new double[][] {values});
      figures.put("centred" + suffix, heatmap.norm(Norm.CENTRED).render());
      figures.put("logarithmic" + suffix, heatmap.norm(Norm.LOGARITHMIC).render());
      figures.put("robust" + suffix, heatmap.robustRange().render());
    }
  }

  private static void putHeadViews(Map<String, Svg> figures) {
    double[][][] heads = model(1, 12, 12, 12)[0];
    List<String> words = words(12);
    figures.put("12 heads", HeadView.of(heads, words, words).render());
    figures.put(
        "block of heads in the dark",
        HeadView.of(heads, words, words)
            .heads(3)
            .pairFrom(6, 6)
            .block(HeadView.Block.A_TO_B)
            .style(FigureStyle.DARK)
            .render());
    figures.put(
        "animated heads",
        HeadView.of(heads, words, words)
            .pairFrom(6, 7)
            .heads(0, 1)
            .style(FigureStyle.README.withAnimated(true))
            .render());
    figures.put(
        "heads of many tokens",
        HeadView.of(model(1, 2, 70, 180)[0], words(70), words(180)).render());
    figures.put(
        "many labelled tokens",
        HeadView.of(model(1, 12, 60, 100)[0], words(60), words(100))
            .style(FigureStyle.INTERACTIVE.withAnimated(true))
            .render());
    figures.put(
        "heads on paper",
        HeadView.of(
                new double[][][] {{{0, 0}, {0, Double.NaN}}}, List.of("", URL), List.of("a", ""))
            .queryTitle(URL)
            .keyTitle(URL)
            .style(FigureStyle.PAPER)
            .render());
    figures.put(
        "tiny weights",
        HeadView.of(new double[][][] {{{Double.MIN_VALUE, 1e-300}}}, List.of("a"), words(2))
            .render());
    figures.put(
        "heads of a pair",
        HeadView.of(pairExplanation(SpecialTokens.KEEP)).block(HeadView.Block.B_TO_A).render());
  }

  private static void putModelViews(Map<String, Svg> figures) {
    figures.put("model", ModelView.of(model(3, 4, 6, 6), words(6), words(6)).render());
    figures.put(
        "model of lines in the dark",
        ModelView.of(model(2, 2, 5, 8), words(5), words(8))
            .thumbnails(ModelView.Thumbnails.LINES)
            .style(FigureStyle.DARK)
            .render());
    figures.put(
        "model with an image",
        ModelView.of(model(4, 4, 70, 70), words(70), words(70)).range(0.01, 0.3).render());
    figures.put(
        "model without weights",
        ModelView.of(new double[][][][] {{{{0}}, {{Double.NaN}}}}, List.of(""), List.of(URL))
            .style(FigureStyle.PAPER)
            .render());
  }

  private static void putConfusionMatrices(Map<String, Svg> figures) {
    for (int count : new int[] {1, 2, 3, 12, 30, 31, 41}) {
      List<String> urls =
          IntStream.range(0, count).mapToObj(i -> i % 3 == 0 ? URL : "Wort" + i).toList();
      figures.put("confusion " + count, ConfusionMatrix.of(urls, counts(count, 5)).render());
    }
    int most = Integer.MAX_VALUE;
    figures.put(
        "most examples",
        ConfusionMatrix.of(List.of("a", "a"), new int[][] {{most, most}, {most, most}}).render());
  }

  private static void putLearningCurves(Map<String, Svg> figures) {
    for (int epochs : new int[] {1, 2, 10, 13, 40, 41, 100, 101, 200, 12_345}) {
      double[] shares = noise(1, epochs, epochs)[0];
      double[] others = noise(1, epochs, -epochs)[0];
      for (int kept : new int[] {1, epochs}) {
        figures.put(
            "learning curve " + epochs + ", " + kept,
            LearningCurve.of(shares, others).validation(others, shares).kept(kept).render());
      }
    }
    double max = Double.MAX_VALUE;
    double min = Double.MIN_VALUE;
    for (double[] loss :
        new double[][] {
          {0, 0},
          {-0.0, 0.0},
          {1, 1},
          {-3, -3},
          {min, min},
          {min, 2 * min},
          {max, max},
          {-max, max},
          {-max, -max},
          {1, Math.nextUp(1)},
          {1e-300, 1e-301},
          {123456789, 123456790},
          {Double.NaN, Double.NaN},
          {Double.NaN, 3}
        }) {
      figures.put(
          "loss " + loss[0] + ", " + loss[1],
          LearningCurve.of(loss, new double[] {0, 1}).kept(1).render());
    }
    for (double accuracy : new double[] {0, -0.0, min, 0.5, Math.nextDown(1.0), 1, Double.NaN}) {
      double[] constant = {accuracy, accuracy};
      figures.put("accuracy " + accuracy, LearningCurve.of(constant, constant).kept(2).render());
    }
  }

  /** Counts like those of a model that is right more often than not. */
  static int[][] counts(int labels, long seed) {
    Random random = new Random(seed);
    int[][] counts = new int[labels][labels];
    for (int row = 0; row < labels; row++) {
      for (int column = 0; column < labels; column++) {
        counts[row][column] = random.nextInt(row == column ? 1000 : 50);
      }
    }
    counts[0][0]++;
    return counts;
  }

  /** For each kind of figure, one that puts texts into every field it has. */
  static Map<String, Function<List<String>, Svg>> hostile() {
    Map<String, Function<List<String>, Svg>> kinds = new LinkedHashMap<>();
    kinds.put("heatmap", Figures::hostileHeatmap);
    kinds.put("bars", Figures::hostileBars);
    kinds.put("confusion matrix", Figures::hostileConfusionMatrix);
    kinds.put("learning curve", Figures::hostileLearningCurve);
    kinds.put("highlight", Figures::hostileHighlight);
    kinds.put("head view", Figures::hostileHeadView);
    kinds.put("model view", Figures::hostileModelView);
    kinds.put("neuron view", Figures::hostileNeuronView);
    kinds.put("comparison", Figures::hostileComparison);
    kinds.put("probabilities", t -> hostileProbabilities(t, ProblemType.SINGLE_LABEL));
    kinds.put("evolution", Figures::hostileEvolution);
    return kinds;
  }

  static Svg hostileHeatmap(List<String> texts) {
    return Heatmap.of(identity(texts.size()))
        .queries(texts)
        .keys(texts)
        .title(String.join("|", texts))
        .description(String.join("|", texts))
        .queryTitle(texts.get(0))
        .keyTitle(texts.get(0))
        .colourBarTitle(texts.get(0))
        .render();
  }

  static Svg hostileBars(List<String> texts) {
    List<String> copies = new ArrayList<>(texts);
    return Bars.of(
            copies,
            Collections.nCopies(texts.size(), 0.5).stream()
                .mapToDouble(Double::doubleValue)
                .toArray())
        .title(String.join("|", texts))
        .description(String.join("|", texts))
        .valueTitle(texts.get(0))
        .render();
  }

  static Svg hostileHeadView(List<String> texts) {
    double[][] weights = identity(texts.size());
    return HeadView.of(new double[][][] {weights, weights}, texts, texts)
        .pairFrom(1, 1)
        .title(String.join("|", texts))
        .description(String.join("|", texts))
        .queryTitle(texts.get(0))
        .keyTitle(texts.get(0))
        .render();
  }

  static Svg hostileModelView(List<String> texts) {
    return ModelView.of(model(1, 2, texts.size(), texts.size()), texts, texts)
        .title(String.join("|", texts))
        .description(String.join("|", texts))
        .render();
  }

  static Svg hostileConfusionMatrix(List<String> texts) {
    int[][] counts = new int[texts.size()][texts.size()];
    counts[0][0] = 1;
    return ConfusionMatrix.of(texts, counts)
        .title(String.join("|", texts))
        .description(String.join("|", texts))
        .render();
  }

  static Svg hostileLearningCurve(List<String> texts) {
    return LearningCurve.of(new double[] {2, 1}, new double[] {0.5, 0.75})
        .title(String.join("|", texts))
        .description(String.join("|", texts))
        .render();
  }

  private static void putBars(Map<String, Svg> figures) {
    double[] values = noise(1, 30, 4)[0];
    double[] signed = values.clone();
    IntStream.range(0, 30).filter(i -> i % 3 == 0).forEach(i -> signed[i] *= -1);
    List<String> urls = IntStream.range(0, 30).mapToObj(i -> i % 3 == 0 ? URL : "Wort").toList();
    Bars bars = Bars.of(urls, signed).sorted().top(12).signs().errors(values);
    figures.put("bars with everything", bars.render());
    figures.put("dark bars with everything", bars.style(FigureStyle.DARK).render());
    double max = Double.MAX_VALUE;
    figures.put(
        "widest error",
        Bars.of(List.of("a"), new double[] {0})
            .errors(new double[] {-max}, new double[] {max})
            .render());
  }

  private static void putHighlights(Map<String, Svg> figures) {
    for (Granularity granularity : Granularity.values()) {
      figures.put(
          "highlight " + granularity,
          Svg.highlight(explanation(granularity, SpecialTokens.RENORMALISE)));
    }
    List<String> many =
        IntStream.range(0, 512).mapToObj(i -> i % 40 == 0 ? URL + '\n' : " Wort" + i).toList();
    double[] signed = noise(1, 512, 4)[0];
    IntStream.range(0, 512).filter(i -> i % 3 == 0).forEach(i -> signed[i] *= -1);
    figures.put("highlight of 512", Highlight.of(many, signed).render());
    List<String> scripts =
        List.of(
            "أحببت",
            " ",
            "التمثيل",
            "\n",
            "\u202Eevil",
            "退屈だった。",
            " ",
            "  ",
            "👩‍👩‍👧",
            "🇩🇪",
            "กำลัง",
            "",
            "z\u0351\u0352\u0353algo",
            "\r\n",
            "\t",
            "un",
            "believ",
            "able");
    double[] weights = IntStream.range(0, 18).mapToDouble(i -> (i - 7) / 10.0).toArray();
    Highlight all = Highlight.of(scripts, weights).width(200);
    figures.put("highlight of scripts", all.render());
    figures.put("dark highlight", all.style(FigureStyle.DARK).rightToLeft().render());
    figures.put("highlight without weight", Highlight.of(List.of("a"), new double[1]).render());
    figures.put("highlight without text", Highlight.of(List.of(""), new double[1]).render());
    double max = Double.MAX_VALUE;
    figures.put(
        "widest highlight",
        Highlight.of(List.of(URL, URL), new double[] {max, -max})
            .weightTitle(URL.repeat(3))
            .width(100)
            .render());
    figures.put(
        "paper highlight",
        Highlight.of(many.subList(0, 30), noise(1, 30, 4)[0]).style(FigureStyle.PAPER).render());
  }

  private static void putProbabilities(Map<String, Svg> figures) {
    figures.put(
        "probabilities of an explanation",
        Svg.probabilities(explanation(Granularity.WORD, SpecialTokens.KEEP)));
    for (ProblemType type : ProblemType.values()) {
      figures.put("hostile probabilities " + type, hostileProbabilities(HOSTILE, type));
    }
    double[] few = noise(1, 150, 4)[0];
    List<String> urls =
        IntStream.range(0, 150).mapToObj(i -> i % 3 == 0 ? URL : "Wort" + i).toList();
    for (double[] each : List.of(few, new double[150])) {
      figures.put("150 probabilities " + each[0], Probabilities.of(urls, each).render());
    }
  }

  private static void putEvolutions(Map<String, Svg> figures) {
    figures.put(
        "evolution of an explanation",
        Svg.evolution(explanation(Granularity.TOKEN, SpecialTokens.DROP)));
    List<String> urls =
        IntStream.range(0, 512).mapToObj(i -> i % 3 == 0 ? URL : "Wort" + i).toList();
    for (int[] shape : new int[][] {{1, 1}, {24, 20}, {12, 65}, {24, 512}, {200, 2}}) {
      figures.put(
          "evolution " + shape[0] + " x " + shape[1],
          Evolution.of(urls.subList(0, shape[1]), attention(shape[0], shape[1], 4))
              .lines(5)
              .render());
    }
    for (double value : new double[] {0, Double.MAX_VALUE, -Double.MIN_VALUE}) {
      figures.put(
          "evolution of " + value,
          Evolution.of(List.of("a", "b"), constant(2, 2, value)).lines(1).render());
    }
  }

  static Svg hostileHighlight(List<String> texts) {
    return Highlight.of(texts, noise(1, texts.size(), 4)[0])
        .title(String.join("|", texts))
        .description(String.join("|", texts))
        .weightTitle(texts.get(0))
        .render();
  }

  private static Svg hostileProbabilities(List<String> texts, ProblemType type) {
    return Probabilities.of(type, texts, noise(1, texts.size(), 4)[0])
        .title(String.join("|", texts))
        .description(String.join("|", texts))
        .render();
  }

  private static Svg hostileEvolution(List<String> texts) {
    double[][] weights = attention(3, texts.size(), 4);
    weights[1][1] = -0.5;
    return Evolution.of(texts, weights)
        .layers(texts.subList(0, 3))
        .weightTitle(texts.get(0))
        .title(String.join("|", texts))
        .description(String.join("|", texts))
        .lines(5)
        .render();
  }
}
