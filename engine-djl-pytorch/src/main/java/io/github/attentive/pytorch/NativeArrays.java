package io.github.attentive.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.github.attentive.djl.runtime.HostArray;
import java.nio.FloatBuffer;
import java.util.List;

/** Copies numbers between plain arrays and those of a manager. */
final class NativeArrays {
  private NativeArrays() {}

  static NDArray toNative(HostArray array, NDManager manager) {
    Shape shape = new Shape(array.shape());
    if (array instanceof HostArray.Floats floats) {
      return manager.create(floats.values(), shape);
    }
    if (array instanceof HostArray.Longs longs) {
      return manager.create(longs.values(), shape);
    }
    throw new IllegalArgumentException("PyTorch takes no texts, got " + array);
  }

  static HostArray.Floats toHost(NDArray array) {
    // DJL's own way to an array copies the bytes first.
    FloatBuffer source = JniUtils.getByteBuffer((PtNDArray) array, true).asFloatBuffer();
    float[] values = new float[source.remaining()];
    source.get(values);
    return new HostArray.Floats(array.getShape().getShape(), values);
  }

  static List<HostArray.Floats> toHost(NDList arrays) {
    return arrays.stream().map(NativeArrays::toHost).toList();
  }
}
