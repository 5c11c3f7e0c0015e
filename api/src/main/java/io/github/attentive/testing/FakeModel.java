package io.github.attentive.testing;

import io.github.attentive.AttentionTensor;
import io.github.attentive.InvalidInputException;
import io.github.attentive.ModelInfo;
import io.github.attentive.ProblemType;
import io.github.attentive.QueriesAndKeys;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.PositionsRead;
import io.github.attentive.spi.TokenSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A bag-of-words model with attention, in plain Java.
 *
 * <p>The input is {@code [CLS]} and the words between white space, of the pair, too. A word adds
 * its strength to the logit of its label. The scores are the softmax of the logits, of a
 * multi-label fake their sigmoids, of a regression the logits themselves. Every position looks at
 * {@code j} with weight softmax(strength of j), so that strong words stand out: its query is 1, the
 * key of {@code j} its strength. Unknown words and {@code [CLS]} have strength 0.
 */
final class FakeModel implements EngineModel {
  private static final int MAX_LENGTH = 512;

  /** What a word says. */
  record Evidence(int label, float strength) {}

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
  public List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
    if (detail.includes(Detail.ATTENTION) && !info.hasAttention()) {
      throw new InvalidInputException("this fake has no attention");
    }
    return inputs.stream().map(input -> run(input, detail)).toList();
  }

  private ModelOutput run(TextInput input, Detail detail) {
    List<TokenSpan> positions = new ArrayList<>();
    positions.add(new TokenSpan("[CLS]", 1, 0, Token.NO_WORD, 0, 0, true));
    addWords(input.text(), 0, positions);
    if (input.pair() != null) {
      addWords(input.pair(), 1, positions);
    }
    boolean truncated = positions.size() > MAX_LENGTH;
    if (truncated) {
      positions = positions.subList(0, MAX_LENGTH);
    }
    float[] logits = new float[info.labels().size()];
    float[] strengths = new float[positions.size()];
    for (int i = 0; i < strengths.length; i++) {
      Evidence evidence = lexicon.get(positions.get(i).text());
      if (evidence != null && !positions.get(i).special()) {
        logits[evidence.label()] += evidence.strength();
        strengths[i] = evidence.strength();
      }
    }
    return new ModelOutput(
        positions,
        truncated,
        logits,
        scores(logits),
        detail.includes(Detail.ATTENTION) ? attention(softmax(strengths)) : null,
        detail.includes(Detail.QUERIES_AND_KEYS) ? queriesAndKeys(strengths) : null);
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
