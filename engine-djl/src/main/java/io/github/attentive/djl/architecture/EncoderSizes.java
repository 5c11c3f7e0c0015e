package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.Activation;

/**
 * What every family's configuration says.
 *
 * @param vocabulary rows of the token embedding
 * @param hidden numbers of a position's vector
 * @param intermediate numbers inside the feed-forward part
 * @param layers as the configuration counts them
 * @param heads of a layer, a divisor of {@code hidden}
 * @param padId the token that pads
 * @param epsilon of the layer norms
 * @param activation inside the feed-forward part
 * @param labels the model's outputs
 */
record EncoderSizes(
    int vocabulary,
    int hidden,
    int intermediate,
    int layers,
    int heads,
    int padId,
    double epsilon,
    Activation activation,
    int labels) {

  /** What attention scores are multiplied by: one over the root of a head's size. */
  double scale() {
    return 1 / Math.sqrt((double) hidden / heads);
  }
}
