package io.github.attentive.tensorflow;

import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.runtime.HostArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.tensorflow.internal.c_api.AbstractTF_Tensor;
import org.tensorflow.internal.c_api.TF_TString;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.layout.DataLayouts;
import org.tensorflow.proto.DataType;

/** Numbers or texts in TensorFlow's memory, freed by {@link #close}. */
final class NativeTensor implements AutoCloseable {
  private final TF_Tensor handle;
  private final String description;

  private NativeTensor(TF_Tensor handle, DataType type, long[] shape) {
    this.handle = handle;
    this.description = type + Arrays.toString(shape);
  }

  private static NativeTensor allocate(DataType type, long[] shape, long bytes) {
    TF_Tensor handle = AbstractTF_Tensor.allocateTensor(type.getNumber(), shape, bytes);
    if (handle == null || handle.isNull()) {
      throw new IllegalStateException(
          "TensorFlow cannot allocate %s bytes for %s".formatted(bytes, Arrays.toString(shape)));
    }
    return new NativeTensor(handle, type, shape);
  }

  /**
   * Whole numbers as a model takes them.
   *
   * @param array the numbers
   * @param type one of the types below
   */
  static NativeTensor of(HostArray.Longs array, DataType type) {
    long[] values = array.values();
    NativeTensor tensor = allocate(type, array.shape(), (long) values.length * size(type));
    ByteBuffer target = bytes(tensor.handle);
    switch (type) {
      case DT_INT64 -> target.asLongBuffer().put(values);
      case DT_INT32 -> {
        for (long value : values) {
          target.putInt(Math.toIntExact(value));
        }
      }
      case DT_FLOAT -> {
        for (long value : values) {
          target.putFloat(value);
        }
      }
      default -> throw new IllegalArgumentException("no whole numbers as " + type);
    }
    return tensor;
  }

  /** Whether {@link #of(HostArray.Longs, DataType)} takes a type. */
  static boolean takes(DataType type) {
    return type == DataType.DT_INT64 || type == DataType.DT_INT32 || type == DataType.DT_FLOAT;
  }

  private static int size(DataType type) {
    return type == DataType.DT_INT64 ? Long.BYTES : Integer.BYTES;
  }

  /** A parameter's value. */
  static NativeTensor of(Parameter parameter) {
    NativeTensor tensor =
        allocate(
            SavedModelFunction.typeOf(parameter.type()),
            parameter.shape().sizes(),
            parameter.byteCount());
    parameter.copyTo(bytes(tensor.handle).order(ByteOrder.LITTLE_ENDIAN));
    return tensor;
  }

  /** Floats. */
  static NativeTensor of(HostArray.Floats array) {
    float[] values = array.values();
    NativeTensor tensor =
        allocate(DataType.DT_FLOAT, array.shape(), (long) values.length * Float.BYTES);
    bytes(tensor.handle).asFloatBuffer().put(values);
    return tensor;
  }

  /** Texts, {@code [texts]} or of a given shape. */
  static NativeTensor ofTexts(List<String> texts, long... shape) {
    long bytes = (long) Loader.sizeof(TF_TString.class) * texts.size();
    NativeTensor tensor = allocate(DataType.DT_STRING, shape, bytes);
    TF_TString all =
        new TF_TString(tensorflow.TF_TensorData(tensor.handle).capacity(bytes))
            .capacity(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      byte[] text = texts.get(i).getBytes(StandardCharsets.UTF_8);
      try (BytePointer copied = new BytePointer(Math.max(1, text.length))) {
        copied.put(text, 0, text.length);
        tensorflow.TF_TString_Copy(all.getPointer(i), copied, text.length);
      }
    }
    return tensor;
  }

  TF_Tensor handle() {
    return handle;
  }

  static DataType type(TF_Tensor tensor) {
    return DataType.forNumber(tensorflow.TF_TensorType(tensor));
  }

  static long[] shape(TF_Tensor tensor) {
    long[] shape = new long[tensorflow.TF_NumDims(tensor)];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = tensorflow.TF_Dim(tensor, i);
    }
    return shape;
  }

  /** Copies floats out. */
  static HostArray.Floats floats(TF_Tensor tensor) {
    long[] shape = shape(tensor);
    float[] values = new float[Math.toIntExact(elements(shape))];
    if (values.length > 0) {
      bytes(tensor).asFloatBuffer().get(values);
    }
    return new HostArray.Floats(shape, values);
  }

  /** Whether {@link #floatsOfAnyWidth} reads a type. */
  static boolean isFloating(DataType type) {
    return switch (type) {
      case DT_FLOAT, DT_DOUBLE, DT_HALF, DT_BFLOAT16 -> true;
      default -> false;
    };
  }

  static boolean isOf16Bits(DataType type) {
    return type == DataType.DT_HALF || type == DataType.DT_BFLOAT16;
  }

  /** Copies floating-point numbers of any width out. */
  static HostArray.Floats floatsOfAnyWidth(TF_Tensor tensor) {
    DataType type = type(tensor);
    if (type == DataType.DT_FLOAT) {
      return floats(tensor);
    }
    long[] shape = shape(tensor);
    float[] values = new float[Math.toIntExact(elements(shape))];
    if (values.length > 0) {
      ByteBuffer stored = bytes(tensor);
      short[] bits = new short[1];
      for (int i = 0; i < values.length; i++) {
        if (type == DataType.DT_DOUBLE) {
          values[i] = (float) stored.getDouble();
        } else {
          bits[0] = stored.getShort();
          values[i] =
              (type == DataType.DT_HALF ? DataLayouts.FLOAT16 : DataLayouts.BFLOAT16)
                  .readObject(DataBuffers.of(bits, true, false), 0);
        }
      }
    }
    return new HostArray.Floats(shape, values);
  }

  /** Copies texts out. */
  static List<String> texts(TF_Tensor tensor) {
    int count = Math.toIntExact(elements(shape(tensor)));
    long size = tensorflow.TF_TensorByteSize(tensor);
    TF_TString all =
        new TF_TString(tensorflow.TF_TensorData(tensor).capacity(size)).capacity(count);
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      TF_TString text = all.getPointer(i);
      byte[] content = new byte[Math.toIntExact(tensorflow.TF_TString_GetSize(text))];
      tensorflow.TF_TString_GetDataPointer(text).capacity(content.length).get(content);
      texts[i] = new String(content, StandardCharsets.UTF_8);
    }
    return List.of(texts);
  }

  private static long elements(long[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  private static ByteBuffer bytes(TF_Tensor tensor) {
    Pointer data = tensorflow.TF_TensorData(tensor);
    return data.capacity(tensorflow.TF_TensorByteSize(tensor))
        .asByteBuffer()
        .order(ByteOrder.nativeOrder());
  }

  @Override
  public String toString() {
    return description;
  }

  @Override
  public void close() {
    handle.close();
  }
}
