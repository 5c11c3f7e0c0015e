package io.github.attentive.internal;

import io.github.attentive.AttentionTensor;
import io.github.attentive.Classification;
import io.github.attentive.InferenceException;
import io.github.attentive.ModelInfo;
import io.github.attentive.TextInput;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ModelOutput;
import java.util.List;

/**
 * What an engine's model gives, checked for what its contract promises.
 *
 * @param model open
 * @param info of the model
 */
record ModelOutputs(EngineModel model, ModelInfo info) {

  /** An output for each input. */
  List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
    if (inputs.isEmpty()) {
      return List.of();
    }
    List<ModelOutput> outputs = model.run(inputs, detail);
    requireEach("outputs", inputs.size(), outputs.size());
    return outputs;
  }

  /** Turns an output into a result. */
  Classification classification(TextInput input, ModelOutput output) {
    return new Classification(
        input,
        info.problemType(),
        info.labels(),
        output.scores(),
        output.logits(),
        output.positions().size(),
        output.truncated());
  }

  /** Refuses a list that does not have an element for each input. */
  void requireEach(String what, int expected, int found) {
    if (found != expected) {
      throw new InferenceException(
          "engine '%s': expected %s %s, got %s".formatted(info.engine(), expected, what, found));
    }
  }

  /** Refuses attention that does not have a column for each position. */
  void requireColumns(AttentionTensor attention, int positions) {
    if (attention.keys() != positions) {
      throw new InferenceException(
          "engine '%s': expected an attention column for each of %s positions, got %s"
              .formatted(info.engine(), positions, attention.keys()));
    }
  }

  /** Something that was asked for. */
  InferenceException missing(String what) {
    return new InferenceException(
        "engine '%s': expected %s with the output, got none".formatted(info.engine(), what));
  }
}
