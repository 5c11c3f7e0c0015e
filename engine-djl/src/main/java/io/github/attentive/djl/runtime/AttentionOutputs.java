package io.github.attentive.djl.runtime;

import io.github.attentive.AttentionTensor;
import io.github.attentive.InferenceException;
import io.github.attentive.QueriesAndKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Takes one text's attention out of a batch, without the rows and columns of padding. */
final class AttentionOutputs {
  private AttentionOutputs() {}

  /** The weights of a text, one array for each layer given. */
  static AttentionTensor attention(List<HostArray.Floats> layers, int text, int length) {
    long[] shape = layers.get(0).shape();
    int heads = (int) shape[1];
    int queries = (int) shape[2];
    int keys = (int) shape[3];
    int rows = Math.min(queries, length);
    if (keys < length || (queries > 1 && queries < length)) {
      throw new InferenceException(
          "attention %s: expected weights for the %s positions of the text; the model reads it in"
                  .formatted(Arrays.toString(shape), length)
              + " another way than its tokens are counted here");
    }
    return new AttentionTensor(layers.size(), heads, rows, length, values(layers, text, length));
  }

  /** The outputs of one kind, where for each layer there is one of either of two. */
  static List<HostArray.Floats> everySecond(List<HostArray.Floats> outputs, int first) {
    return IntStream.range(0, outputs.size() / 2)
        .mapToObj(layer -> outputs.get(2 * layer + first))
        .toList();
  }

  /** The numbers of a text, one for each weight: {@code [layers, heads, queries, keys]}. */
  static float[] values(List<HostArray.Floats> layers, int text, int length) {
    int heads = (int) layers.get(0).shape()[1];
    int rows = Math.min((int) layers.get(0).shape()[2], length);
    float[] values = new float[Math.multiplyExact(layers.size() * heads, rows * length)];
    int to = 0;
    for (HostArray.Floats layer : layers) {
      copyPart(layer, text, rows, length, values, to);
      to += heads * rows * length;
    }
    return values;
  }

  /** Queries, keys and scores of a text, in this order for each layer given. */
  static QueriesAndKeys queriesAndKeys(
      List<HostArray.Floats> parts, float[] scales, int text, int length) {
    List<float[]> queries = new ArrayList<>();
    List<float[]> keys = new ArrayList<>();
    List<float[]> scores = new ArrayList<>();
    int heads = (int) parts.get(0).shape()[1];
    int rows = Math.min((int) parts.get(0).shape()[2], length);
    for (int layer = 0; layer < scales.length; layer++) {
      int size = (int) parts.get(3 * layer).shape()[3];
      queries.add(part(parts.get(3 * layer), text, rows, size));
      keys.add(part(parts.get(3 * layer + 1), text, length, size));
      scores.add(part(parts.get(3 * layer + 2), text, rows, length));
    }
    return new QueriesAndKeys(heads, rows, length, scales, queries, keys, scores);
  }

  private static float[] part(HostArray.Floats layer, int text, int rows, int columns) {
    float[] values = new float[Math.multiplyExact((int) layer.shape()[1], rows * columns)];
    copyPart(layer, text, rows, columns, values, 0);
    return values;
  }

  /** Copies the first rows and columns of each head of a text. */
  private static void copyPart(
      HostArray.Floats layer, int text, int rows, int columns, float[] target, int start) {
    int heads = (int) layer.shape()[1];
    int allRows = (int) layer.shape()[2];
    int allColumns = (int) layer.shape()[3];
    int to = start;
    for (int head = 0; head < heads; head++) {
      for (int row = 0; row < rows; row++, to += columns) {
        int from = ((text * heads + head) * allRows + row) * allColumns;
        System.arraycopy(layer.values(), from, target, to, columns);
      }
    }
  }
}
