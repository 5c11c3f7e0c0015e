package io.github.attentive.djl.runtime;

import io.github.attentive.TextInput;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.spi.PooledText;
import io.github.attentive.spi.PoolingHead;
import io.github.attentive.spi.PoolingModel;
import java.util.Arrays;
import java.util.List;

/** What is pooled by attention, by a function of the graph. As thread-safe as the graph. */
final class GraphPooling implements PoolingModel {
  /** Weights and states; then come the weight and the bias of each layer of the head. */
  private static final int OF_TEXTS = 2;

  private static final float[] NONE = {};

  private final TextGraph texts;

  GraphPooling(TextGraph texts) {
    this.texts = texts;
  }

  @Override
  public List<PooledText> pooled(List<TextInput> inputs) {
    List<EncodedText> encoded = texts.encoder().encodeAll(inputs);
    PooledText[] pooled = new PooledText[encoded.size()];
    for (int[] batch : texts.batches().of(encoded)) {
      List<EncodedText> ofBatch = Arrays.stream(batch).mapToObj(encoded::get).toList();
      List<HostArray.Floats> results =
          texts.graph().run(ModelFunctions.POOLING, texts.inputs().of(ofBatch));
      int size = (int) results.get(1).shape()[2];
      PoolingHead head = head(size, results.subList(OF_TEXTS, results.size()));
      for (int i = 0; i < batch.length; i++) {
        int length = ofBatch.get(i).length();
        pooled[batch[i]] =
            new PooledText(
                first(results.get(0), i, length), first(results.get(1), i, length * size), head);
      }
    }
    return List.of(pooled);
  }

  /** The first numbers of a text: those of padding come after. */
  private static float[] first(HostArray.Floats array, int text, int count) {
    int from = text * (array.values().length / (int) array.shape()[0]);
    return Arrays.copyOfRange(array.values(), from, from + count);
  }

  private static PoolingHead head(int size, List<HostArray.Floats> layers) {
    float[] weights = layers.get(layers.size() - 2).values();
    float[] bias = layers.get(layers.size() - 1).values();
    boolean isDeep = layers.size() > 2;
    float[] hidden = isDeep ? layers.get(0).values() : NONE;
    float[] hiddenBias = isDeep ? layers.get(1).values() : NONE;
    return new PoolingHead(size, hiddenBias.length, bias.length, hidden, hiddenBias, weights, bias);
  }
}
