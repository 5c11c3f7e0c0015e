package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionTensor;
import io.github.attentive.Baseline;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explainer;
import io.github.attentive.Method;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.explain.GradientAttention;
import io.github.attentive.explain.HeadFusion;
import io.github.attentive.explain.InputGradient;
import io.github.attentive.explain.IntegratedGradients;
import io.github.attentive.explain.QuadratureRule;
import io.github.attentive.explain.Relevance;
import io.github.attentive.explain.TargetGradient;
import io.github.attentive.spi.AttentionGradient;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.GradientModel;
import io.github.attentive.spi.TokenSpan;
import io.github.attentive.spi.VectorGradient;
import io.github.attentive.spi.WordVectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What comes of the gradients of the fixture {@code hf/bert}, on the engine of the class path, is
 * what PyTorch gave in doubles, within 1e-5.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BertGradientsContract {
  private static final Offset<Double> CLOSE = within(1e-5);
  private static final int STEPS = 50;

  private EngineModel model;
  private GradientModel gradients;
  private List<BertExplainGolden> goldens;

  /** Of each golden, what is read as the reference read its text. */
  private final List<TextInput> inputs = new ArrayList<>();

  @BeforeAll
  void load() throws IOException {
    model = EngineModels.open(SharedFixtures.path("hf/bert"));
    goldens = BertExplainGolden.all();
    assertThat(goldens).hasSize(12);
    for (BertExplainGolden golden : goldens) {
      TextInput input = isRead(golden, golden.input()) ? golden.input() : golden.inputAsCut();
      assertThat(isRead(golden, input)).as(golden.input().text()).isTrue();
      inputs.add(input);
    }
    gradients = model.gradients().orElseThrow();
  }

  @AfterAll
  void free() {
    if (model != null) {
      model.close();
    }
  }

  private boolean isRead(BertExplainGolden golden, TextInput input) {
    double[] ids =
        model.run(List.of(input), Detail.SCORES).get(0).positions().stream()
            .mapToDouble(TokenSpan::id)
            .toArray();
    return Arrays.equals(ids, golden.numbers("ids"));
  }

  private static double[][] vectors(float[] flat, int size) {
    double[][] vectors = new double[flat.length / size][size];
    for (int i = 0; i < flat.length; i++) {
      vectors[i / size][i % size] = flat[i];
    }
    return vectors;
  }

  private static float[] flat(double[][] vectors) {
    float[] flat = new float[vectors.length * vectors[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) vectors[i / vectors[0].length][i % vectors[0].length];
    }
    return flat;
  }

  private TargetGradient target(BertExplainGolden golden, TextInput input) {
    return points ->
        gradients
            .byWordVectors(
                input, points.stream().map(BertGradientsContract::flat).toList(), golden.factors())
            .stream()
            .map(
                found ->
                    new TargetGradient.Slope(
                        found.logits()[golden.predicted()],
                        vectors(found.gradient(), points.get(0)[0].length)))
            .toList();
  }

  @Test
  void inputTimesGradientAndItsNorm() {
    for (int i = 0; i < goldens.size(); i++) {
      BertExplainGolden golden = goldens.get(i);
      WordVectors words = gradients.wordVectors(inputs.get(i), Baseline.PAD);
      VectorGradient found =
          gradients.byWordVectors(inputs.get(i), List.of(words.text()), golden.factors()).get(0);
      double[] logits = new double[found.logits().length];
      Arrays.setAll(logits, k -> found.logits()[k]);
      assertThat(logits).containsExactly(golden.numbers("logits"), CLOSE);
      double[][] slopes = vectors(found.gradient(), words.size());
      double[][] inputs = vectors(words.text(), words.size());
      assertThat(InputGradient.timesInput(inputs, slopes))
          .containsExactly(golden.numbers("input_x_gradient"), CLOSE);
      assertThat(InputGradient.norms(slopes)).containsExactly(golden.numbers("gradient_l2"), CLOSE);
    }
  }

  /** The vectors of a golden's baseline: all padding, or with special tokens kept. */
  private float[] baseline(BertExplainGolden golden, String name, WordVectors words) {
    if (name.equals("pad_keep_special")) {
      return words.baseline();
    }
    // What stands in place of the one word between the two special tokens of this text.
    float[] three = gradients.wordVectors(TextInput.of("movie"), Baseline.PAD).baseline();
    assertThat(three).hasSize(3 * words.size());
    float[] all = new float[words.text().length];
    for (int i = 0; i < all.length; i++) {
      all[i] = three[words.size() + i % words.size()];
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"pad_keep_special", "pad_all"})
  void integratedGradients(String name) {
    for (int i = 0; i < goldens.size(); i++) {
      BertExplainGolden golden = goldens.get(i);
      WordVectors words = gradients.wordVectors(inputs.get(i), Baseline.PAD);
      double[][] input = vectors(words.text(), words.size());
      double[][] baseline = vectors(baseline(golden, name, words), words.size());
      TargetGradient target = target(golden, inputs.get(i));
      IntegratedGradients trapezoid =
          IntegratedGradients.of(
              target, input, baseline, QuadratureRule.TRAPEZOID, STEPS + 1, STEPS + 1);
      assertThat(trapezoid.tokens())
          .as(golden.input().text())
          .containsExactly(golden.integratedGradients(name, "trapezoid"), CLOSE);
      assertThat(trapezoid.completenessError())
          .isCloseTo(golden.completenessError(name, "trapezoid"), CLOSE);
      assertThat(
              IntegratedGradients.of(target, input, baseline, QuadratureRule.MIDDLE, STEPS, STEPS)
                  .tokens())
          .containsExactly(golden.integratedGradients(name, "riemann_middle"), CLOSE);
      assertThat(fromOneSide(target, input, baseline, 0))
          .containsExactly(golden.integratedGradients(name, "riemann_left"), CLOSE);
      assertThat(fromOneSide(target, input, baseline, 1))
          .containsExactly(golden.integratedGradients(name, "riemann_right"), CLOSE);
    }
  }

  /** Rules that the API leaves out, as they are less exact. */
  private static double[] fromOneSide(
      TargetGradient target, double[][] input, double[][] baseline, int first) {
    List<double[][]> points = new ArrayList<>();
    for (int k = first; k < STEPS + first; k++) {
      double[][] point = new double[input.length][input[0].length];
      for (int i = 0; i < input.length; i++) {
        for (int d = 0; d < input[0].length; d++) {
          point[i][d] = baseline[i][d] + (double) k / STEPS * (input[i][d] - baseline[i][d]);
        }
      }
      points.add(point);
    }
    double[] contributions = new double[input.length];
    for (TargetGradient.Slope slope : target.at(points)) {
      for (int i = 0; i < input.length; i++) {
        for (int d = 0; d < input[0].length; d++) {
          contributions[i] += slope.gradient()[i][d] * (input[i][d] - baseline[i][d]) / STEPS;
        }
      }
    }
    return contributions;
  }

  private static double[][][][] layers(AttentionTensor shape, float[] values) {
    int length = shape.keys();
    double[][][][] layers = new double[shape.layers()][shape.heads()][length][length];
    for (int i = 0; i < values.length; i++) {
      int row = i / length;
      layers[row / length / shape.heads()][row / length % shape.heads()][row % length][i % length] =
          values[i];
    }
    return layers;
  }

  private static double[][][][] layers(AttentionTensor attention) {
    return layers(attention, attention.toArray());
  }

  /** All texts in one call. */
  @Test
  void attentionTimesGradientAndRelevance() {
    List<AttentionGradient> found =
        gradients.byAttention(inputs, goldens.stream().map(BertExplainGolden::factors).toList());
    for (int i = 0; i < goldens.size(); i++) {
      AttentionTensor attention = found.get(i).attention();
      double[][][][] weights = layers(attention);
      double[][][][] slopes = layers(attention, found.get(i).gradient());
      int last = weights.length - 1;
      assertThat(GradientAttention.positive(weights[last], slopes[last])[0])
          .containsExactly(goldens.get(i).numbers("grad_x_attention_last_layer_cls_row"), CLOSE);
      assertThat(Relevance.of(weights, slopes)[0])
          .containsExactly(goldens.get(i).cheferRow(), CLOSE);
    }
  }

  /** The same and rollout through the API, as a host asks for them. */
  @Test
  void methodsOfTheApi() {
    try (Explainer explainer = Explainer.load(SharedFixtures.path("hf/bert"))) {
      for (int i = 0; i < goldens.size(); i++) {
        BertExplainGolden golden = goldens.get(i);
        TextInput input = inputs.get(i);
        for (HeadFusion fusion : HeadFusion.values()) {
          assertThat(weights(explainer, input, options(Method.ROLLOUT).fusion(fusion)))
              .containsExactly(golden.rolloutRow(fusion.id()), CLOSE);
        }
        double[] chefer = golden.cheferRow();
        chefer[0] -= 1;
        assertThat(weights(explainer, input, options(Method.RELEVANCE)))
            .containsExactly(chefer, CLOSE);
        assertThat(weights(explainer, input, options(Method.GRAD_ATTENTION)))
            .containsExactly(golden.numbers("grad_x_attention_last_layer_cls_row"), CLOSE);
        assertThat(weights(explainer, input, options(Method.INPUT_GRADIENT)))
            .containsExactly(golden.numbers("input_x_gradient"), CLOSE);
        assertThat(
                weights(
                    explainer,
                    input,
                    options(Method.INTEGRATED_GRADIENTS).rule(QuadratureRule.MIDDLE)))
            .containsExactly(
                golden.integratedGradients("pad_keep_special", "riemann_middle"), CLOSE);
      }
    }
  }

  private static ExplainOptions.Builder options(Method method) {
    return ExplainOptions.builder().method(method);
  }

  private static double[] weights(
      Explainer explainer, TextInput input, ExplainOptions.Builder options) {
    return explainer.explain(input, options.build()).positions().stream()
        .mapToDouble(Token::weight)
        .toArray();
  }
}
