package io.github.attentive.djl.training;

import java.util.List;

/** Puts examples into batches for one epoch after the other. */
@FunctionalInterface
interface BatchOrder {

  /** The batches of the next epoch; the list may change with the epoch after it. */
  List<int[]> next();
}
