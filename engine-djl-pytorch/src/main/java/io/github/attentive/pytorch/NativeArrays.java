package io.github.attentive.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.attentive.djl.runtime.HostArray;
import java.util.List;

/** Copies numbers between plain arrays and those of a manager. */
final class NativeArrays {
  private NativeArrays() {}

  static NDArray toNative(HostArray array, NDManager manager) {
    Shape shape = new Shape(array.shape());
    if (array instanceof HostArray.Floats floats) {
      return manager.create(floats.values(), shape);
    }
    return manager.create(((HostArray.Longs) array).values(), shape);
  }

  static HostArray.Floats toHost(NDArray array) {
    return new HostArray.Floats(array.getShape().getShape(), array.toFloatArray());
  }

  static List<HostArray.Floats> toHost(NDList arrays) {
    return arrays.stream().map(NativeArrays::toHost).toList();
  }
}
