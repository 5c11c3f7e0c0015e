package io.github.attentive.spi;

import io.github.attentive.InvalidInputException;

/**
 * Norms of what each query takes from each key of one text.
 *
 * @param layers number of layers
 * @param heads number of heads of a layer
 * @param queries number of queries
 * @param keys number of keys
 * @param ofLayers {@code [layers, queries, keys]}: the norm of the sum over the heads; not copied
 * @param ofHeads {@code [layers, heads, queries, keys]}: the norm for each head; not copied
 */
public record AttentionNorms(
    int layers, int heads, int queries, int keys, float[] ofLayers, float[] ofHeads) {
  /**
   * Creates the norms.
   *
   * @param layers as above
   * @param heads as above
   * @param queries as above
   * @param keys as above
   * @param ofLayers as above
   * @param ofHeads as above
   * @throws InvalidInputException if an array is not as long as its shape says
   */
  public AttentionNorms {
    int layer = queries * keys;
    if (ofLayers.length != layers * layer || ofHeads.length != layers * heads * layer) {
      throw new InvalidInputException(
          "norms of %s layers, %s heads, %s queries, %s keys: got %s and %s numbers"
              .formatted(layers, heads, queries, keys, ofLayers.length, ofHeads.length));
    }
  }
}
