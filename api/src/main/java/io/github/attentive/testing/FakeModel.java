package io.github.attentive.testing;

import io.github.attentive.AttentionTensor;
import io.github.attentive.Baseline;
import io.github.attentive.InvalidInputException;
import io.github.attentive.ModelInfo;
import io.github.attentive.ProblemType;
import io.github.attentive.QueriesAndKeys;
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
import java.util.Map;
import java.util.Optional;

/**
 * A bag-of-words model with attention, in plain Java.
 *
 * <p>The input is {@code [CLS]} and the words between white space, of the pair, too. A word adds
 * its strength to the logit of its label. The scores are the softmax of the logits, of a
 * multi-label fake their sigmoids, of a regression the logits themselves. Every position looks at
 * {@code j} with weight softmax(strength of j), so that strong words stand out: its query is 1, the
 * key of {@code j} its strength. Unknown words and {@code [CLS]} have strength 0.
 *
 * <p>For gradients and norms, attention moves vectors of as many numbers as there are labels: at
 * {@code j} its strength divided by its weight, in the place of its label, so that what {@code
 * [CLS]} gathers are the logits. A word vector is what the word adds to each logit. {@code [PAD]}
 * and {@code [MASK]} add nothing. So every method finds what the words were taught to say.
 */
final class FakeModel implements EngineModel, GradientModel, ErasureModel, NormModel {
  private static final int MAX_LENGTH = 512;
  private static final TokenSpan CLS = new TokenSpan("[CLS]", 1, 0, Token.NO_WORD, 0, 0, true);
  private static final long MASK_ID = 2;

  /** What a word says. */
  record Evidence(int label, float strength) {}

  /** What the model reads of a text. */
  private record Reading(List<TokenSpan> positions, boolean truncated) {}

  private final ModelInfo info;
  private final Map<String, Evidence> lexicon;

  FakeModel(
      ProblemType problemType,
      List<String> labels,
      Map<String, Evidence> lexicon,
      boolean attention) {
    int layers = attention ? 1 : 0;
    this.info = new ModelInfo("fake", "fake", layers, layers, MAX_LENGTH, labels, problemType);
    this.lexicon = Map.copyOf(lexicon);
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public PositionsRead positionsRead() {
    return PositionsRead.FIRST;
  }

  @Override
  public Optional<GradientModel> gradients() {
    return Optional.of(this);
  }

  @Override
  public Optional<ErasureModel> erasure() {
    return Optional.of(this);
  }

  @Override
  public Optional<NormModel> norms() {
    return info.hasAttention() ? Optional.of(this) : Optional.empty();
  }

  @Override
  public List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
    if (detail.includes(Detail.ATTENTION)) {
      requireAttention();
    }
    return inputs.stream().map(input -> output(reading(input), detail)).toList();
  }

  private void requireAttention() {
    if (!info.hasAttention()) {
      throw new InvalidInputException("this fake has no attention");
    }
  }

  private static Reading reading(TextInput input) {
    List<TokenSpan> positions = new ArrayList<>();
    positions.add(CLS);
    addWords(input.text(), 0, positions);
    if (input.pair() != null) {
      addWords(input.pair(), 1, positions);
    }
    boolean truncated = positions.size() > MAX_LENGTH;
    return new Reading(truncated ? positions.subList(0, MAX_LENGTH) : positions, truncated);
  }

  private Optional<Evidence> evidence(TokenSpan token) {
    return token.special() ? Optional.empty() : Optional.ofNullable(lexicon.get(token.text()));
  }

  private float[] strengths(List<TokenSpan> positions) {
    float[] strengths = new float[positions.size()];
    for (int i = 0; i < strengths.length; i++) {
      strengths[i] = evidence(positions.get(i)).map(Evidence::strength).orElse(0f);
    }
    return strengths;
  }

  private ModelOutput output(Reading reading, Detail detail) {
    float[] logits = new float[info.labels().size()];
    for (TokenSpan token : reading.positions()) {
      evidence(token).ifPresent(evidence -> logits[evidence.label()] += evidence.strength());
    }
    float[] strengths = strengths(reading.positions());
    return new ModelOutput(
        reading.positions(),
        reading.truncated(),
        logits,
        scores(logits),
        detail.includes(Detail.ATTENTION) ? attention(softmax(strengths)) : null,
        detail.includes(Detail.QUERIES_AND_KEYS) ? queriesAndKeys(strengths) : null);
  }

  @Override
  public List<ModelOutput> run(TextInput input, List<boolean[]> kept, Removal removal) {
    Reading reading = reading(input);
    return kept.stream()
        .map(version -> output(new Reading(left(reading, version, removal), false), Detail.SCORES))
        .toList();
  }

  private static List<TokenSpan> left(Reading reading, boolean[] kept, Removal removal) {
    if (kept.length != reading.positions().size()) {
      throw new InvalidInputException(
          "kept positions: expected %s, got %s".formatted(reading.positions().size(), kept.length));
    }
    List<TokenSpan> left = new ArrayList<>();
    for (int i = 0; i < kept.length; i++) {
      TokenSpan token = reading.positions().get(i);
      if (kept[i] || token.special()) {
        left.add(token);
      } else if (removal == Removal.MASK) {
        left.add(new TokenSpan("[MASK]", MASK_ID, token.segment(), Token.NO_WORD, 0, 0, true));
      }
    }
    return left;
  }

  @Override
  public List<AttentionGradient> byAttention(List<TextInput> inputs, List<float[]> factors) {
    requireAttention();
    List<AttentionGradient> gradients = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      List<TokenSpan> positions = reading(inputs.get(i)).positions();
      float[] row = softmax(strengths(positions));
      float[] vectors = vectors(positions);
      // Only the row of [CLS] reaches the logits.
      float[] gradient = new float[row.length * row.length];
      for (int j = 0; j < row.length; j++) {
        for (int c = 0; c < factors.get(i).length; c++) {
          gradient[j] += factors.get(i)[c] * vectors[j * factors.get(i).length + c] / row[j];
        }
      }
      gradients.add(new AttentionGradient(attention(row), gradient));
    }
    return gradients;
  }

  @Override
  public List<PredictionGradient> byAttention(List<TextInput> inputs) {
    requireAttention();
    List<PredictionGradient> gradients = new ArrayList<>();
    for (TextInput input : inputs) {
      ModelOutput output = output(reading(input), Detail.ATTENTION);
      float[] factors = firstLargest(output.logits());
      gradients.add(
          new PredictionGradient(
              output, factors, byAttention(List.of(input), List.of(factors)).get(0).gradient()));
    }
    return gradients;
  }

  /** 1 for the first of the largest, 0 for every other. */
  private static float[] firstLargest(float[] logits) {
    int largest = 0;
    for (int i = 1; i < logits.length; i++) {
      largest = logits[i] > logits[largest] ? i : largest;
    }
    float[] factors = new float[logits.length];
    factors[largest] = 1;
    return factors;
  }

  @Override
  public boolean isPiecewiseLinearInAttention() {
    return true;
  }

  @Override
  public WordVectors wordVectors(TextInput input, Baseline baseline) {
    float[] vectors = vectors(reading(input).positions());
    return new WordVectors(info.labels().size(), vectors, new float[vectors.length]);
  }

  /** What each position adds to each logit. */
  private float[] vectors(List<TokenSpan> positions) {
    int labels = info.labels().size();
    float[] vectors = new float[positions.size() * labels];
    for (int i = 0; i < positions.size(); i++) {
      int from = i * labels;
      evidence(positions.get(i))
          .ifPresent(evidence -> vectors[from + evidence.label()] = evidence.strength());
    }
    return vectors;
  }

  @Override
  public List<VectorGradient> byWordVectors(
      TextInput input, List<float[]> vectors, float[] factors) {
    int size = reading(input).positions().size() * factors.length;
    List<VectorGradient> gradients = new ArrayList<>();
    for (float[] point : vectors) {
      if (point.length != size) {
        throw new InvalidInputException(
            "word vectors: expected %s numbers, got %s".formatted(size, point.length));
      }
      float[] logits = new float[factors.length];
      float[] gradient = new float[size];
      for (int i = 0; i < size; i++) {
        logits[i % factors.length] += point[i];
        gradient[i] = factors[i % factors.length];
      }
      gradients.add(new VectorGradient(logits, gradient));
    }
    return gradients;
  }

  @Override
  public List<AttentionNorms> norms(List<TextInput> inputs) {
    requireAttention();
    List<AttentionNorms> norms = new ArrayList<>();
    for (TextInput input : inputs) {
      float[] row = strengths(reading(input).positions());
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.abs(row[j]);
      }
      float[] rows = forEachQuery(row);
      norms.add(new AttentionNorms(1, 1, row.length, row.length, rows, rows));
    }
    return norms;
  }

  private float[] scores(float[] logits) {
    return switch (info.problemType()) {
      case SINGLE_LABEL -> softmax(logits);
      case MULTI_LABEL -> sigmoid(logits);
      case REGRESSION -> logits;
    };
  }

  private static float[] sigmoid(float[] x) {
    float[] p = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      p[i] = (float) (1 / (1 + StrictMath.exp(-x[i])));
    }
    return p;
  }

  private static AttentionTensor attention(float[] row) {
    return new AttentionTensor(1, 1, row.length, row.length, forEachQuery(row));
  }

  private static QueriesAndKeys queriesAndKeys(float[] strengths) {
    float[] ones = new float[strengths.length];
    Arrays.fill(ones, 1);
    return new QueriesAndKeys(
        1,
        strengths.length,
        strengths.length,
        new float[] {1},
        List.of(ones),
        List.of(strengths),
        List.of(forEachQuery(strengths)));
  }

  private static float[] forEachQuery(float[] row) {
    float[] values = new float[row.length * row.length];
    for (int q = 0; q < row.length; q++) {
      System.arraycopy(row, 0, values, q * row.length, row.length);
    }
    return values;
  }

  private static void addWords(String text, int segment, List<TokenSpan> positions) {
    int word = 0;
    int start = 0;
    while (start < text.length()) {
      if (Character.isWhitespace(text.charAt(start))) {
        start++;
        continue;
      }
      int end = start;
      while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      String token = text.substring(start, end);
      positions.add(
          new TokenSpan(token, 2 + (token.hashCode() & 0xffff), segment, word, start, end, false));
      word++;
      start = end;
    }
  }

  private static float[] softmax(float[] x) {
    double max = Double.NEGATIVE_INFINITY;
    for (float value : x) {
      max = Math.max(max, value);
    }
    double[] e = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      e[i] = StrictMath.exp(x[i] - max);
    }
    double sum = Arrays.stream(e).sum();
    float[] p = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      p[i] = (float) (e[i] / sum);
    }
    return p;
  }

  @Override
  public void close() {}
}
