package io.github.attentive.djl.architecture;

/**
 * The shares of an encoder's numbers that training drops, by where they are; each at least 0 and
 * below 1.
 *
 * @param embeddings what goes into the first layer
 * @param probabilities the weights of attention
 * @param attended what a layer's attention adds
 * @param fed what a layer's feed-forward part adds
 * @param head what the last dense layer of the head reads
 */
record Dropouts(double embeddings, double probabilities, double attended, double fed, double head) {
  /** As at inference. */
  static final Dropouts NONE = new Dropouts(0, 0, 0, 0, 0);

  private static final double USUAL = 0.1;

  /**
   * By the field names that most families use.
   *
   * @param absent the rate of layers whose configuration names none
   * @param headField the field of the head, whose rate is that of the layers where it is absent
   */
  static Dropouts of(HuggingFaceConfig config, double absent, String headField) {
    double hidden = config.rate("hidden_dropout_prob", absent);
    double probabilities = config.rate("attention_probs_dropout_prob", absent);
    return new Dropouts(hidden, probabilities, hidden, hidden, config.rate(headField, hidden));
  }

  /** BERT's own. */
  static Dropouts of(HuggingFaceConfig config) {
    return of(config, USUAL, "classifier_dropout");
  }
}
