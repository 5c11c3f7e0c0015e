package io.github.attentive.djl.runtime;

import io.github.attentive.TextInput;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.spi.AttentionNorms;
import io.github.attentive.spi.NormModel;
import java.util.Arrays;
import java.util.List;

/** Norms of what attention moves, by a function of the graph. As thread-safe as the graph. */
final class GraphNorms implements NormModel {
  private final TextGraph texts;

  GraphNorms(TextGraph texts) {
    this.texts = texts;
  }

  @Override
  public List<AttentionNorms> norms(List<TextInput> inputs) {
    List<EncodedText> encoded = texts.encoder().encodeAll(inputs);
    AttentionNorms[] norms = new AttentionNorms[encoded.size()];
    for (int[] batch : texts.batches().of(encoded)) {
      List<EncodedText> ofBatch = Arrays.stream(batch).mapToObj(encoded::get).toList();
      List<HostArray.Floats> results =
          texts.graph().run(ModelFunctions.NORMS, texts.inputs().of(ofBatch));
      List<HostArray.Floats> ofLayers = AttentionOutputs.everySecond(results, 0);
      List<HostArray.Floats> ofHeads = AttentionOutputs.everySecond(results, 1);
      int heads = (int) ofHeads.get(0).shape()[1];
      for (int i = 0; i < batch.length; i++) {
        int keys = ofBatch.get(i).length();
        int queries = Math.min((int) ofHeads.get(0).shape()[2], keys);
        norms[batch[i]] =
            new AttentionNorms(
                ofHeads.size(),
                heads,
                queries,
                keys,
                AttentionOutputs.values(ofLayers, i, keys),
                AttentionOutputs.values(ofHeads, i, keys));
      }
    }
    return List.of(norms);
  }
}
