package io.github.attentive.djl.runtime;

import io.github.attentive.AttentionTensor;
import io.github.attentive.ModelInfo;
import io.github.attentive.TextInput;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.PositionsRead;
import java.util.ArrayList;
import java.util.List;

/**
 * A model of this library on any engine: encodes texts, runs the graph in batches, cuts results.
 */
final class GraphModel implements EngineModel {
  private final ModelInfo info;
  private final PositionsRead positionsRead;
  private final TextEncoder encoder;
  private final CompiledGraph graph;
  private final int batchSize;

  GraphModel(
      ModelInfo info,
      PositionsRead positionsRead,
      TextEncoder encoder,
      CompiledGraph graph,
      int batchSize) {
    this.info = info;
    this.positionsRead = positionsRead;
    this.encoder = encoder;
    this.graph = graph;
    this.batchSize = batchSize;
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public PositionsRead positionsRead() {
    return positionsRead;
  }

  @Override
  public List<ModelOutput> run(List<TextInput> inputs, boolean attention) {
    List<ModelOutput> outputs = new ArrayList<>(inputs.size());
    for (int from = 0; from < inputs.size(); from += batchSize) {
      List<EncodedText> batch =
          inputs.subList(from, Math.min(from + batchSize, inputs.size())).stream()
              .map(encoder::encode)
              .toList();
      runBatch(batch, attention, outputs);
    }
    return outputs;
  }

  private void runBatch(List<EncodedText> batch, boolean attention, List<ModelOutput> outputs) {
    List<HostArray.Floats> results =
        graph.run(
            attention ? ModelFunctions.EXPLAIN : ModelFunctions.CLASSIFY,
            List.of(HostArray.Longs.ofRows(batch.stream().map(EncodedText::ids).toList())));
    float[] logits = results.get(0).values();
    int units = logits.length / batch.size();
    for (int i = 0; i < batch.size(); i++) {
      float[] own = new float[units];
      System.arraycopy(logits, i * units, own, 0, units);
      outputs.add(
          new ModelOutput(
              batch.get(i).positions(),
              batch.get(i).truncated(),
              own,
              Scores.of(own),
              attention ? attentionOf(results.subList(1, results.size()), i) : null));
    }
  }

  private static AttentionTensor attentionOf(List<HostArray.Floats> layers, int text) {
    long[] shape = layers.get(0).shape();
    int heads = (int) shape[1];
    int queries = (int) shape[2];
    int keys = (int) shape[3];
    int size = heads * queries * keys;
    float[] values = new float[layers.size() * size];
    for (int l = 0; l < layers.size(); l++) {
      System.arraycopy(layers.get(l).values(), text * size, values, l * size, size);
    }
    return new AttentionTensor(layers.size(), heads, queries, keys, values);
  }

  @Override
  public void close() {
    graph.close();
  }
}
