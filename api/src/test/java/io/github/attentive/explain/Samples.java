package io.github.attentive.explain;

import io.github.attentive.AttentionTensor;
import io.github.attentive.Classification;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.ModelInfo;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/** Tensors, tokens and explanations to compute with. */
final class Samples {
  static final OptionalInt ALL = OptionalInt.empty();

  private Samples() {}

  /** The 2 layers x 2 heads x 3 tokens of the golden vectors (references/methods.md, 6.1). */
  static AttentionTensor golden() {
    return new AttentionTensor(
        2,
        2,
        3,
        3,
        new float[] {
          0.7f, 0.2f, 0.1f, 0.3f, 0.4f, 0.3f, 0.2f, 0.2f, 0.6f, //
          0.1f, 0.6f, 0.3f, 0.5f, 0.25f, 0.25f, 0.3f, 0.3f, 0.4f, //
          0.2f, 0.5f, 0.3f, 0.1f, 0.8f, 0.1f, 0.6f, 0.3f, 0.1f, //
          0.4f, 0.4f, 0.2f, 0.2f, 0.5f, 0.3f, 0.25f, 0.25f, 0.5f
        });
  }

  /** A tensor of random distributions. */
  static AttentionTensor random(Random random, int layers, int heads, int queries, int keys) {
    float[] values = new float[layers * heads * queries * keys];
    for (int row = 0; row < values.length; row += keys) {
      double[] raw = random.doubles(keys, 0.001, 1).toArray();
      double sum = 0;
      for (double value : raw) {
        sum += value;
      }
      for (int k = 0; k < keys; k++) {
        values[row + k] = (float) (raw[k] / sum);
      }
    }
    return new AttentionTensor(layers, heads, queries, keys, values);
  }

  /** The same tensor, its heads in another order within each layer. */
  static AttentionTensor withHeadsShuffled(AttentionTensor attention, Random random) {
    int matrix = attention.queries() * attention.keys();
    float[] from = attention.toArray();
    float[] to = new float[from.length];
    for (int l = 0; l < attention.layers(); l++) {
      List<Integer> heads = new ArrayList<>();
      for (int h = 0; h < attention.heads(); h++) {
        heads.add(h);
      }
      Collections.shuffle(heads, random);
      for (int h = 0; h < heads.size(); h++) {
        System.arraycopy(
            from,
            (l * heads.size() + heads.get(h)) * matrix,
            to,
            (l * heads.size() + h) * matrix,
            matrix);
      }
    }
    return new AttentionTensor(
        attention.layers(), attention.heads(), attention.queries(), attention.keys(), to);
  }

  static Token special(String text, int position, int segment, float weight) {
    return new Token(text, 1, position, segment, Token.NO_WORD, 0, 0, true, weight);
  }

  static Token piece(
      String text, int position, int segment, int word, int start, int end, float weight) {
    return new Token(text, 9, position, segment, word, start, end, false, weight);
  }

  /** {@code [CLS] good movie [SEP]}, movie in two pieces, of raw weights 0.1 to 0.4 and 0. */
  static List<Token> goodMovie() {
    return List.of(
        special("[CLS]", 0, 0, 0.1f),
        piece("good", 1, 0, 0, 0, 4, 0.2f),
        piece("mov", 2, 0, 1, 5, 8, 0.3f),
        piece("##ie", 3, 0, 1, 8, 10, 0.4f),
        special("[SEP]", 4, 0, 0f));
  }

  static final TextInput GOOD_MOVIE = TextInput.of("good movie");

  static Explanation explanation(
      TextInput input, List<Token> positions, AttentionTensor attention, ExplainOptions options) {
    ModelInfo model =
        new ModelInfo(
            "test", "test", attention.layers(), attention.heads(), 64, List.of("no", "yes"));
    Classification classification =
        new Classification(
            input, model.labels(), new float[] {0, 1}, new float[0], positions.size(), false);
    return new Explanation(
        model,
        classification,
        TokenWeights.attribute(input, positions, "yes", options),
        positions,
        attention);
  }
}
