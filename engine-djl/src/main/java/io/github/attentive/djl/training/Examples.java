package io.github.attentive.djl.training;

import io.github.attentive.djl.runtime.HostArray;
import java.util.List;

/** Labelled texts as the inputs of a loss function, encoded once. Immutable. */
interface Examples {

  /** How many there are. */
  int size();

  /** The class of an example. */
  int label(int example);

  /** How many positions an example has; those of a batch are padded to its longest. */
  int length(int example);

  /** The loss function's inputs for some of them. */
  List<HostArray> batch(int[] examples);
}
