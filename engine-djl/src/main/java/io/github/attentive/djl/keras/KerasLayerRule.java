package io.github.attentive.djl.keras;

import java.util.List;

/** How a kind of layer is written. */
@FunctionalInterface
interface KerasLayerRule {

  /**
   * Writes one call.
   *
   * @param scope the layer, what it is called with, and the function
   * @return its results
   */
  List<KerasValue> write(KerasScope scope);
}
