package io.github.attentive.internal;

import io.github.attentive.AttentionTensor;
import io.github.attentive.ModelInfo;
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
import java.util.Random;

/**
 * A model of several layers and heads in plain Java: {@code [CLS]}, pieces of at most three
 * characters, {@code [SEP]} after each segment, and {@code [PAD]} up to six positions. All numbers
 * come from the text alone, by a random generator that it seeds.
 */
class StubModel implements EngineModel {
  static final int MAX_LENGTH = 32;
  private static final int PIECE = 3;
  private static final int LEAST = 6;

  private final ModelInfo info;
  private final PositionsRead read;
  private final boolean oneQuery;
  int closed;

  StubModel(int layers, int heads, PositionsRead read, boolean oneQuery) {
    this.info =
        new ModelInfo("stub", "stub", layers, heads, MAX_LENGTH, List.of("low", "middle", "high"));
    this.read = read;
    this.oneQuery = oneQuery;
  }

  /** Two layers, three heads, read through all positions. */
  static StubModel ordinary() {
    return new StubModel(2, 3, PositionsRead.ALL, false);
  }

  static StubModel withoutAttention() {
    return new StubModel(0, 0, PositionsRead.ALL, false);
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public PositionsRead positionsRead() {
    return read;
  }

  @Override
  public List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
    return inputs.stream().map(input -> run(input, detail)).toList();
  }

  private ModelOutput run(TextInput input, Detail detail) {
    List<TokenSpan> positions = new ArrayList<>();
    positions.add(special("[CLS]", 0));
    addPieces(input.text(), 0, positions);
    positions.add(special("[SEP]", 0));
    if (input.pair() != null) {
      addPieces(input.pair(), 1, positions);
      positions.add(special("[SEP]", 1));
    }
    boolean truncated = positions.size() > MAX_LENGTH;
    if (truncated) {
      positions = new ArrayList<>(positions.subList(0, MAX_LENGTH));
    }
    while (positions.size() < LEAST) {
      positions.add(special("[PAD]", 0));
    }
    Random random = new Random(input.hashCode());
    float[] logits = new float[info.labels().size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextGaussian();
    }
    float[] scores = logits.clone();
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) Math.exp(logits[i]);
    }
    divideBySum(scores, 0, scores.length);
    AttentionTensor attention =
        detail.includes(Detail.ATTENTION) ? attention(positions, random) : null;
    return new ModelOutput(
        positions,
        truncated,
        logits,
        scores,
        attention,
        detail.includes(Detail.QUERIES_AND_KEYS) ? queriesAndKeys(attention, random) : null);
  }

  private AttentionTensor attention(List<TokenSpan> positions, Random random) {
    int keys = positions.size();
    int queries = oneQuery ? 1 : keys;
    float[] values = new float[info.layers() * info.heads() * queries * keys];
    for (int from = 0; from < values.length; from += keys) {
      for (int k = 0; k < keys; k++) {
        values[from + k] = 0.01f + random.nextFloat();
      }
      divideBySum(values, from, from + keys);
    }
    return new AttentionTensor(info.layers(), info.heads(), queries, keys, values);
  }

  /** Vectors of two numbers; what makes their products the scores is said to be added to them. */
  private static QueriesAndKeys queriesAndKeys(AttentionTensor attention, Random random) {
    List<float[]> queries = new ArrayList<>();
    List<float[]> keys = new ArrayList<>();
    List<float[]> scores = new ArrayList<>();
    int rows = attention.heads() * attention.queries();
    for (int layer = 0; layer < attention.layers(); layer++) {
      queries.add(vectors(rows, random));
      keys.add(vectors(attention.heads() * attention.keys(), random));
      int from = layer * rows * attention.keys();
      float[] logarithms =
          Arrays.copyOfRange(attention.toArray(), from, from + rows * attention.keys());
      for (int i = 0; i < logarithms.length; i++) {
        logarithms[i] = (float) Math.log(logarithms[i]);
      }
      scores.add(logarithms);
    }
    float[] scales = new float[attention.layers()];
    Arrays.fill(scales, 0.5f);
    return new QueriesAndKeys(
        attention.heads(), attention.queries(), attention.keys(), scales, queries, keys, scores);
  }

  private static float[] vectors(int count, Random random) {
    float[] vectors = new float[2 * count];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = random.nextFloat();
    }
    return vectors;
  }

  private static void divideBySum(float[] values, int from, int end) {
    double sum = 0;
    for (int i = from; i < end; i++) {
      sum += values[i];
    }
    for (int i = from; i < end; i++) {
      values[i] = (float) (values[i] / sum);
    }
  }

  private static TokenSpan special(String text, int segment) {
    return new TokenSpan(text, text.length(), segment, Token.NO_WORD, 0, 0, true);
  }

  private static void addPieces(String text, int segment, List<TokenSpan> positions) {
    int word = -1;
    int wordStart = -1;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        wordStart = -1;
        continue;
      }
      if (wordStart < 0) {
        wordStart = i;
        word++;
      }
      boolean ends = i + 1 == text.length() || Character.isWhitespace(text.charAt(i + 1));
      int length = (i - wordStart) % PIECE + 1;
      if (ends || length == PIECE) {
        int start = i + 1 - length;
        String piece = (start > wordStart ? "##" : "") + text.substring(start, i + 1);
        positions.add(
            new TokenSpan(piece, 100 + piece.hashCode() % 100, segment, word, start, i + 1, false));
      }
    }
  }

  @Override
  public void close() {
    closed++;
  }
}
