package io.github.attentive.pytorch;

import io.github.attentive.djl.runtime.HostArray;
import java.util.Arrays;

/**
 * A tensor that a foreign model gave.
 *
 * @param name its key where the model gives a dictionary, else empty
 * @param floating false if its numbers are no floats
 * @param array its shape, and its numbers if they are floats and were asked for
 */
record ForeignOutput(String name, boolean floating, HostArray.Floats array) {
  long[] shape() {
    return array.shape();
  }

  float[] values() {
    return array.values();
  }

  /** The size of an axis; 0 if there is no such axis. */
  int size(int axis) {
    return axis < shape().length ? Math.toIntExact(shape()[axis]) : 0;
  }

  @Override
  public String toString() {
    return (name.isEmpty() ? "" : "'" + name + "' ")
        + Arrays.toString(shape())
        + (floating ? "" : " of other numbers than floats");
  }
}
