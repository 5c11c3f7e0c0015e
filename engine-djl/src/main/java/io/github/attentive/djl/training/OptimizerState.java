package io.github.attentive.djl.training;

import io.github.attentive.djl.graph.Parameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Supplier;

/** How what an optimiser needs to go on is named in a checkpoint, a tensor for each weight. */
enum OptimizerState {
  WEIGHT,
  MEAN,
  SQUARE,
  /** The weights of the best epoch so far. */
  BEST;

  /** The name of a weight's tensor. */
  String of(Parameter weight) {
    return name().toLowerCase(java.util.Locale.ROOT) + "/" + weight.name();
  }

  /** A weight's tensor, whose values are asked for when it is written. */
  Parameter tensor(Parameter weight, Supplier<float[]> values) {
    return Parameter.lazy(of(weight), weight.shape(), () -> bytes(values.get()));
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }
}
