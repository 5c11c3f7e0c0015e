package io.github.attentive.spi;

/** How much a model is asked to give; each includes the ones before. */
public enum Detail {
  /** Logits and scores. */
  SCORES,

  /** The attention weights, too. */
  ATTENTION,

  /** The queries and keys of the attention, too, and the scores before the softmax. */
  QUERIES_AND_KEYS;

  /**
   * Says whether something is part of this.
   *
   * @param other what may be wanted
   * @return true if a model that is asked for this gives the other, too
   */
  public boolean includes(Detail other) {
    return compareTo(other) >= 0;
  }
}
