package io.github.attentive.pytorch;

import io.github.attentive.InferenceException;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.runtime.CompiledGraph;
import io.github.attentive.djl.runtime.ForeignOutput;
import io.github.attentive.djl.runtime.HostArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A foreign module as a graph of this library: the logits first, then a layer after the other. */
final class ForeignGraph implements CompiledGraph {
  private final ForeignModule module;
  private final String method;
  private final ForeignOutputs explained;
  private final ForeignOutputs classified;
  private final boolean probabilities;

  /**
   * Wraps a module.
   *
   * @param module closed with this
   * @param method the one that gives attention, if any does
   * @param probed what was found out about it; where it gives probabilities in place of logits,
   *     their logarithms are logits
   */
  ForeignGraph(ForeignModule module, String method, ForeignProbe.Result probed) {
    this.module = module;
    this.method = method;
    this.explained = probed.explained();
    this.classified = probed.classified();
    this.probabilities = probed.probabilities();
  }

  @Override
  public List<HostArray.Floats> run(String function, List<HostArray> inputs) {
    boolean attention = function.equals(ModelFunctions.EXPLAIN);
    ForeignOutputs outputs = attention ? explained : classified;
    List<ForeignOutput> given =
        module.run(
            attention ? method : ForwardSignature.FORWARD,
            inputs,
            i -> i == outputs.logits() || (attention && outputs.attention().contains(i)));
    long[] shape = inputs.get(0).shape();
    if (!outputs.fit(new ForeignRun(Collections.nCopies((int) shape[0], (int) shape[1]), given))) {
      throw new InferenceException(
          "TorchScript model on %s: expected outputs as when it was opened, %s labels and %s layers"
                  .formatted(inputs, outputs.labels(), outputs.layers())
              + " of "
              + outputs.heads()
              + " heads, got "
              + given);
    }
    List<HostArray.Floats> results = new ArrayList<>();
    HostArray.Floats logits = given.get(outputs.logits()).array();
    results.add(probabilities ? logarithms(logits) : logits);
    if (attention) {
      results.addAll(outputs.layersOf(given));
    }
    return results;
  }

  /** The least positive number stands for 0, so that they are finite. */
  private static HostArray.Floats logarithms(HostArray.Floats probabilities) {
    float[] values = probabilities.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) StrictMath.log(Math.max(values[i], Float.MIN_VALUE));
    }
    return new HostArray.Floats(probabilities.shape(), values);
  }

  @Override
  public void close() {
    module.close();
  }
}
