package io.github.attentive.internal;

import io.github.attentive.AttentionTensor;
import io.github.attentive.Baseline;
import io.github.attentive.ModelInfo;
import io.github.attentive.Removal;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.spi.AttentionGradient;
import io.github.attentive.spi.AttentionNorms;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ErasureModel;
import io.github.attentive.spi.GradientModel;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.NormModel;
import io.github.attentive.spi.PositionsRead;
import io.github.attentive.spi.PredictionGradient;
import io.github.attentive.spi.TokenSpan;
import io.github.attentive.spi.VectorGradient;
import io.github.attentive.spi.WordVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A model of {@code no} and {@code yes} with one sigmoid, whose logit is the sum of its tokens'
 * values. It reads one text, {@code good movie}, in the pieces {@code [CLS] good mov ##ie} unless a
 * test says otherwise; what it gives is what the test sets.
 */
class PlainModel implements EngineModel, GradientModel, ErasureModel, NormModel {
  static final TextInput TEXT = TextInput.of("good movie");

  List<TokenSpan> spans =
      List.of(
          new TokenSpan("[CLS]", 1, 0, Token.NO_WORD, 0, 0, true),
          new TokenSpan("good", 2, 0, 0, 0, 4, false),
          new TokenSpan("mov", 3, 0, 1, 5, 8, false),
          new TokenSpan("##ie", 4, 0, 1, 8, 10, false));

  PositionsRead read = PositionsRead.FIRST;
  AttentionTensor attention = even(4);

  /** As the attention is laid out, for a factor of 1. */
  float[] gradient = new float[16];

  AttentionNorms norms = new AttentionNorms(1, 1, 4, 4, new float[16], new float[16]);
  float[] logits = {0};

  /** What each token adds to the logit, and to the first number of its word vector. */
  float[] values = {0.25f, 1, 0.5f, -2};

  /** What integrated gradients meet on the way; 1 for a linear model. */
  double power = 1;

  boolean capable = true;
  boolean linear = true;
  final List<float[]> factors = new ArrayList<>();
  final List<Removal> removals = new ArrayList<>();
  int versions;
  int runs;

  static AttentionTensor even(int queries) {
    float[] weights = new float[queries * 4];
    Arrays.fill(weights, 0.25f);
    return new AttentionTensor(1, 1, queries, 4, weights);
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo(
        "plain", "plain", attention.layers(), attention.heads(), 8, List.of("no", "yes"));
  }

  @Override
  public PositionsRead positionsRead() {
    return read;
  }

  @Override
  public Optional<GradientModel> gradients() {
    return capable ? Optional.of(this) : Optional.empty();
  }

  @Override
  public Optional<ErasureModel> erasure() {
    return capable ? Optional.of(this) : Optional.empty();
  }

  @Override
  public Optional<NormModel> norms() {
    return capable ? Optional.of(this) : Optional.empty();
  }

  /** Without erasure, what is read of a text is which of the pieces stand in it. */
  @Override
  public List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
    runs++;
    return outputs(inputs, detail);
  }

  private List<ModelOutput> outputs(List<TextInput> inputs, Detail detail) {
    List<ModelOutput> outputs = new ArrayList<>();
    for (TextInput input : inputs) {
      boolean[] there = new boolean[spans.size()];
      for (int i = 0; i < there.length; i++) {
        there[i] = input.text().contains(spans.get(i).text().replace("##", ""));
      }
      outputs.add(output(there, detail.includes(Detail.ATTENTION)));
    }
    return outputs;
  }

  @Override
  public List<ModelOutput> run(TextInput input, List<boolean[]> kept, Removal removal) {
    versions += kept.size();
    removals.add(removal);
    return kept.stream().map(version -> output(version, false)).toList();
  }

  private ModelOutput output(boolean[] there, boolean withAttention) {
    float logit = 0;
    for (int i = 0; i < values.length; i++) {
      logit += there[i] || spans.get(i).special() ? values[i] : 0;
    }
    float yes = (float) probability(logit);
    return new ModelOutput(
        spans,
        false,
        logits.length == 1 ? new float[] {logit} : logits,
        new float[] {1 - yes, yes},
        withAttention ? attention : null);
  }

  @Override
  public boolean isPiecewiseLinearInAttention() {
    return linear;
  }

  static double probability(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  @Override
  public List<AttentionGradient> byAttention(List<TextInput> inputs, List<float[]> factors) {
    this.factors.addAll(factors);
    return factors.stream()
        .map(
            factor -> {
              float[] scaled = gradient.clone();
              for (int i = 0; i < scaled.length; i++) {
                scaled[i] *= factor[0];
              }
              return new AttentionGradient(attention, scaled);
            })
        .toList();
  }

  /** Of one logit, which is always the largest; or of the first of several. */
  @Override
  public List<PredictionGradient> byAttention(List<TextInput> inputs) {
    return outputs(inputs, Detail.ATTENTION).stream()
        .map(
            output -> {
              float[] factors = new float[output.logits().length];
              factors[0] = 1;
              return new PredictionGradient(output, factors, gradient);
            })
        .toList();
  }

  @Override
  public WordVectors wordVectors(TextInput input, Baseline baseline) {
    float[] text = new float[2 * values.length];
    float[] from = new float[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      text[2 * i] = values[i];
      from[2 * i] = spans.get(i).special() ? values[i] : baseline == Baseline.PAD ? 0 : 0.125f;
    }
    return new WordVectors(2, text, from);
  }

  @Override
  public List<VectorGradient> byWordVectors(
      TextInput input, List<float[]> vectors, float[] factors) {
    this.factors.add(factors);
    return vectors.stream()
        .map(
            point -> {
              float[] logit = new float[1];
              float[] slope = new float[point.length];
              for (int i = 0; i < point.length; i += 2) {
                logit[0] += (float) Math.pow(Math.abs(point[i]), power) * Math.signum(point[i]);
                slope[i] = factors[0] * (float) (power * Math.pow(Math.abs(point[i]), power - 1));
              }
              return new VectorGradient(logit, slope);
            })
        .toList();
  }

  @Override
  public List<AttentionNorms> norms(List<TextInput> inputs) {
    return inputs.stream().map(input -> norms).toList();
  }

  @Override
  public void close() {}
}
