package io.github.attentive.internal;

import io.github.attentive.InferenceException;
import io.github.attentive.Removal;
import io.github.attentive.TextInput;
import io.github.attentive.spi.ErasureModel;
import io.github.attentive.spi.ModelOutput;
import java.util.List;

/**
 * Versions of a text that lack some of its tokens, without being tokenized anew.
 *
 * @param model that reads them
 * @param input the text
 * @param removal what becomes of the tokens
 */
record ErasedTokens(ErasureModel model, TextInput input, Removal removal) implements TextVersions {
  @Override
  public List<float[]> scores(List<boolean[]> kept) {
    List<ModelOutput> outputs = model.run(input, kept, removal);
    if (outputs.size() != kept.size()) {
      throw new InferenceException(
          "texts with tokens left out: expected %s outputs, got %s"
              .formatted(kept.size(), outputs.size()));
    }
    return outputs.stream().map(ModelOutput::scores).toList();
  }
}
