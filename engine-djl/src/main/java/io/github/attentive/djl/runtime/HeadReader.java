package io.github.attentive.djl.runtime;

import io.github.attentive.AttentionTensor;
import io.github.attentive.ModelInfo;
import io.github.attentive.ProblemType;
import io.github.attentive.QueriesAndKeys;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.spi.ModelOutput;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a graph's first output says of a text. Immutable.
 *
 * @param holds logits or probabilities
 * @param problemType what they mean
 * @param labels how many there are
 */
record HeadReader(HeadOutputs holds, ProblemType problemType, int labels) {
  HeadReader(HeadOutputs holds, ModelInfo info) {
    this(holds, info.problemType(), info.labels().size());
  }

  /**
   * The output of a text.
   *
   * @param head the first output of a batch
   * @param place the text's in the batch
   * @param attention read after the scores, since of damaged weights those say it better
   * @param queriesAndKeys read last
   */
  ModelOutput output(
      EncodedText text,
      HostArray.Floats head,
      int place,
      Supplier<@Nullable AttentionTensor> attention,
      Supplier<@Nullable QueriesAndKeys> queriesAndKeys) {
    float[] own = row(head, place);
    boolean logits = holds == HeadOutputs.LOGITS;
    float[] scores =
        logits ? Scores.of(own, problemType, labels) : Scores.ofProbabilities(own, labels);
    return new ModelOutput(
        text.positions(),
        text.truncated(),
        logits ? own : new float[0],
        scores,
        attention.get(),
        queriesAndKeys.get());
  }

  /** A text's numbers in the first output of a batch. */
  static float[] row(HostArray.Floats head, int place) {
    int units = head.values().length / (int) head.shape()[0];
    return Arrays.copyOfRange(head.values(), place * units, (place + 1) * units);
  }
}
