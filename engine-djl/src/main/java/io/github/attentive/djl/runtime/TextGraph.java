package io.github.attentive.djl.runtime;

import io.github.attentive.djl.text.TextEncoder;

/**
 * A loaded graph and how texts get into it.
 *
 * @param encoder of texts
 * @param inputs in the order of the graph's functions
 * @param graph {@link io.github.attentive.djl.architecture.ModelFunctions} says what its functions
 *     give
 * @param batchSize how many texts run at once at most, at least 1
 */
record TextGraph(TextEncoder encoder, BatchInputs inputs, CompiledGraph graph, int batchSize) {
  /** As many texts as there may be. */
  LengthBatches batches() {
    return batches(Integer.MAX_VALUE);
  }

  /** Fewer of long texts. */
  LengthBatches batches(int mostPositions) {
    return new LengthBatches(batchSize, mostPositions, inputs.pads());
  }
}
