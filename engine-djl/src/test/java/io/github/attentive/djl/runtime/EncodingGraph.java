package io.github.attentive.djl.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * Stands for an engine whose outputs say what its inputs were. Logits of a text: the sum of the ids
 * its mask shows, that of its types, how long it is. Attention of two layers and two heads: layer,
 * head, row and column as the digits of a number, and the first id before them. Queries and keys of
 * two numbers, and scores, are the same numbers and a quarter, two or three more.
 */
final class EncodingGraph implements CompiledGraph {
  private static final int LAYERS = 2;
  private static final int HEADS = 2;
  private static final int SIZE = 2;

  /** The calls so far: function, texts, length. */
  final List<String> calls = new ArrayList<>();

  boolean closed;

  static float attention(long firstId, int layer, int head, int row, int column) {
    return (((firstId * 10 + layer) * 10 + head) * 10 + row) * 10 + column;
  }

  @Override
  public List<HostArray.Floats> run(String function, List<HostArray> inputs) {
    HostArray.Longs ids = (HostArray.Longs) inputs.get(0);
    int texts = (int) ids.shape()[0];
    int length = (int) ids.shape()[1];
    calls.add("%s %s x %s".formatted(function, texts, length));
    List<HostArray.Floats> outputs = new ArrayList<>();
    outputs.add(logits(inputs, texts, length));
    boolean inspects = function.equals("inspect");
    for (int layer = 0; layer < LAYERS && (inspects || function.equals("explain")); layer++) {
      outputs.add(numbers(ids, layer, length, 0));
    }
    for (int layer = 0; layer < LAYERS && inspects; layer++) {
      outputs.add(numbers(ids, layer, SIZE, 0.25f));
      outputs.add(numbers(ids, layer, SIZE, 0.5f));
      outputs.add(numbers(ids, layer, length, 0.75f));
    }
    return outputs;
  }

  private static HostArray.Floats logits(List<HostArray> inputs, int texts, int length) {
    long[] ids = ((HostArray.Longs) inputs.get(0)).values();
    long[] mask = ((HostArray.Longs) inputs.get(1)).values();
    long[] types = ((HostArray.Longs) inputs.get(2)).values();
    float[] logits = new float[texts * 3];
    for (int i = 0; i < ids.length; i++) {
      int text = i / length * 3;
      logits[text] += ids[i] * mask[i];
      logits[text + 1] += types[i];
      logits[text + 2] += mask[i];
    }
    return new HostArray.Floats(new long[] {texts, 3}, logits);
  }

  private static HostArray.Floats numbers(HostArray.Longs ids, int layer, int columns, float more) {
    int texts = (int) ids.shape()[0];
    int length = (int) ids.shape()[1];
    float[] values = new float[texts * HEADS * length * columns];
    int at = 0;
    for (int text = 0; text < texts; text++) {
      for (int head = 0; head < HEADS; head++) {
        for (int row = 0; row < length; row++) {
          for (int column = 0; column < columns; column++) {
            values[at++] = attention(ids.values()[text * length], layer, head, row, column) + more;
          }
        }
      }
    }
    return new HostArray.Floats(new long[] {texts, HEADS, length, columns}, values);
  }

  @Override
  public void close() {
    closed = true;
  }
}
