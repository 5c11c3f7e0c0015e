package io.github.attentive.djl.training;

import io.github.attentive.Dataset;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LabelledText;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.runtime.HostArray;
import io.github.attentive.djl.text.KerasTextEncoder;
import java.util.ArrayList;
import java.util.List;

/** Examples as the inputs of a Keras-style loss function, encoded once. */
final class KerasExamples implements Examples {
  /** The place of the token ids among the inputs. */
  static final int IDS = 0;

  /** The place of the zeros that are added to each occurrence's word vector. */
  static final int OCCURRENCES = 1;

  private final List<long[]> ids = new ArrayList<>();
  private final int[] labels;
  private final KerasConfig config;

  KerasExamples(Dataset data, KerasTextEncoder encoder, KerasConfig config) {
    this.config = config;
    this.labels = new int[data.size()];
    for (int i = 0; i < labels.length; i++) {
      LabelledText example = data.examples().get(i);
      if (example.input().pair() != null) {
        throw new InvalidInputException(
            "example %s: expected one text, got a pair; this recipe reads single texts"
                .formatted(i + 1));
      }
      ids.add(encoder.encode(example.input()).ids());
      labels[i] = data.labelIndex(i);
    }
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int label(int example) {
    return labels[example];
  }

  @Override
  public int length(int example) {
    return config.sequenceLength();
  }

  @Override
  public List<HostArray> batch(int[] examples) {
    List<long[]> rows = new ArrayList<>();
    for (int example : examples) {
      rows.add(ids.get(example));
    }
    long[] shape = {examples.length, config.sequenceLength(), config.embeddingDim()};
    float[] zeros = new float[examples.length * config.sequenceLength() * config.embeddingDim()];
    return List.of(
        HostArray.Longs.ofRows(rows), new HostArray.Floats(shape, zeros), targets(examples));
  }

  private HostArray targets(int[] examples) {
    if (config.units() == 1) {
      float[] targets = new float[examples.length];
      for (int i = 0; i < targets.length; i++) {
        targets[i] = labels[examples[i]];
      }
      return new HostArray.Floats(new long[] {targets.length, 1}, targets);
    }
    long[] targets = new long[examples.length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = labels[examples[i]];
    }
    return new HostArray.Longs(new long[] {targets.length}, targets);
  }
}
