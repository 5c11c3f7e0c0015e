package io.github.attentive.djl.runtime;

/** What the first output of a graph holds for each text. */
public enum HeadOutputs {
  /** What comes before a softmax or logistic function; or the numbers of a regression. */
  LOGITS,
  /** What comes after it. */
  PROBABILITIES
}
