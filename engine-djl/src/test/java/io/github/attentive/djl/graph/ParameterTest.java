package io.github.attentive.djl.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParameterTest {
  @Test
  void keepsValuesAsLittleEndianBytes() {
    float[] values = {1f, -0f, Float.NaN, Float.MIN_VALUE};
    Parameter parameter = Parameter.of("w", Shape.ofSizes(2, 2), values);
    values[0] = 9;
    assertThat(parameter.values()).containsExactly(1f, -0f, Float.NaN, Float.MIN_VALUE);
    assertThat(parameter.bytes().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(parameter.bytes().getInt(0)).isEqualTo(Float.floatToRawIntBits(1f));
    assertThat(parameter).hasToString("w[2, 2]");
  }

  @Test
  void readsFromWhereTheBytesStand() {
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putFloat(1).putFloat(2).putFloat(3).position(4);
    Parameter parameter = Parameter.ofBytes("w", Shape.ofSizes(2), bytes);
    assertThat(parameter.values()).containsExactly(2f, 3f);
    parameter.bytes().getFloat();
    assertThat(parameter.values()).containsExactly(2f, 3f);
    assertThatThrownBy(() -> parameter.bytes().putFloat(0, 5))
        .isInstanceOf(ReadOnlyBufferException.class);
  }

  @Test
  void refusesAnotherNumberOfValues() {
    assertThatThrownBy(() -> Parameter.of("w", Shape.ofSizes(2, 2), new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameter 'w' [2, 2]: expected 16 bytes, got 12");
    assertThatThrownBy(
            () -> Parameter.ofBytes("w", Shape.of(Axis.named("batch")), ByteBuffer.allocate(4)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTransposedMatrixHasTheSameValuesElsewhere() {
    int rows = 70;
    int columns = 131;
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Parameter turned = Parameter.of("w", Shape.ofSizes(rows, columns), values).transposed();
    assertThat(turned).hasToString("w[131, 70]");
    float[] found = turned.values();
    for (int i = 0; i < values.length; i++) {
      assertThat(found[i % columns * rows + i / columns]).isEqualTo(values[i]);
    }
    assertThat(turned.transposed().values()).containsExactly(values);
    assertThatThrownBy(() -> Parameter.table("t", Shape.ofSizes(1, 2), new long[2]).transposed())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a matrix of floats, got t[1, 2]");
  }

  @Test
  void tablesAreNotTrained() {
    float[] floats = {1, 2};
    Parameter table = Parameter.table("t", Shape.ofSizes(1, 2), floats);
    floats[0] = 9;
    assertThat(table.trainable()).isFalse();
    assertThat(table.type()).isEqualTo(ElementType.FLOAT32);
    assertThat(table.byteCount()).isEqualTo(8);
    assertThat(table.values()).containsExactly(1f, 2f);
    assertThat(Parameter.of("w", Shape.ofSizes(1, 2), floats).trainable()).isTrue();

    long[] integers = {Long.MIN_VALUE, 2, -3};
    Parameter whole = Parameter.table("i", Shape.ofSizes(3), integers);
    integers[0] = 9;
    assertThat(whole.trainable()).isFalse();
    assertThat(whole.type()).isEqualTo(ElementType.INT64);
    assertThat(whole.byteCount()).isEqualTo(24);
    long[] read = new long[3];
    whole.bytes().asLongBuffer().get(read);
    assertThat(read).containsExactly(Long.MIN_VALUE, 2, -3);
    assertThat(whole.bytes().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void tablesOfAnotherNumberOfValuesAreRefused() {
    assertThatThrownBy(() -> Parameter.table("t", Shape.ofSizes(2), new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameter 't' [2]: expected 8 bytes, got 12");
    assertThatThrownBy(() -> Parameter.table("t", Shape.ofSizes(2), new long[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameter 't' [2]: expected 16 bytes, got 8");
  }

  @Test
  void lazyBytesAreAskedForWhenTheyAreUsed() {
    AtomicInteger views = new AtomicInteger();
    Parameter parameter =
        Parameter.lazy(
            "w",
            Shape.ofSizes(2),
            () -> {
              views.incrementAndGet();
              return littleEndian(1, 2);
            });
    assertThat(parameter.byteCount()).isEqualTo(8);
    assertThat(views).hasValue(0);
    assertThat(parameter.values()).containsExactly(1f, 2f);
    assertThat(parameter.values()).containsExactly(1f, 2f);
    assertThat(views).hasValue(2);
    assertThat(parameter.trainable()).isTrue();
  }

  @Test
  void lazyBytesOfAnotherNumberAreRefusedWhenTheyAreUsed() {
    Parameter parameter = Parameter.lazy("w", Shape.ofSizes(2), () -> littleEndian(1, 2, 3));
    assertThatThrownBy(parameter::bytes)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameter 'w' [2]: expected 8 bytes, got 12");
    assertThatThrownBy(parameter::values).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void copiesToWhereTheTargetStands() {
    ByteBuffer target = ByteBuffer.allocateDirect(16).order(ByteOrder.LITTLE_ENDIAN).position(4);
    Parameter parameter = Parameter.of("w", Shape.ofSizes(2), new float[] {1, 2});
    parameter.copyTo(target);
    assertThat(target.position()).isEqualTo(12);
    parameter.copyTo(target.position(4));
    assertThat(floats(target)).containsExactly(0f, 1f, 2f, 0f);
    assertThat(parameter.values()).containsExactly(1f, 2f);
  }

  @Test
  void stackedPartsFollowOneAnother() {
    Parameter first = Parameter.of("a", Shape.ofSizes(1, 2), new float[] {1, 2});
    Parameter second = Parameter.of("b", Shape.ofSizes(2, 2), new float[] {3, 4, 5, 6});
    Parameter stacked = Parameter.stacked("ab", List.of(first, second));
    assertThat(stacked).hasToString("ab[3, 2]");
    assertThat(stacked.trainable()).isTrue();
    assertThat(stacked.values()).containsExactly(1f, 2f, 3f, 4f, 5f, 6f);
    assertThat(stacked.values()).containsExactly(1f, 2f, 3f, 4f, 5f, 6f);
    ByteBuffer target = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).position(4);
    stacked.copyTo(target);
    assertThat(target.position()).isEqualTo(28);
    assertThat(floats(target)).containsExactly(0f, 1f, 2f, 3f, 4f, 5f, 6f, 0f);
    assertThat(Parameter.stacked("of one", List.of(first)).values()).containsExactly(1f, 2f);
    Parameter third = Parameter.of("c", Shape.ofSizes(2), new float[] {7, 8});
    assertThat(Parameter.stacked("cc", List.of(third, third)).values())
        .containsExactly(7f, 8f, 7f, 8f);
  }

  @Test
  void partsThatDifferInMoreThanTheFirstAxisAreRefused() {
    Parameter first = Parameter.of("a", Shape.ofSizes(1, 2), new float[2]);
    for (Parameter other :
        List.of(
            Parameter.of("b", Shape.ofSizes(1, 3), new float[3]),
            Parameter.of("b", Shape.ofSizes(2), new float[2]),
            Parameter.table("b", Shape.ofSizes(1, 2), new long[2]))) {
      assertThatThrownBy(() -> Parameter.stacked("ab", List.of(first, other)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("parameter 'ab': expected floats [..., [2]], got " + other);
    }
  }

  private static ByteBuffer littleEndian(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static float[] floats(ByteBuffer target) {
    float[] values = new float[target.capacity() / Float.BYTES];
    target.duplicate().order(ByteOrder.LITTLE_ENDIAN).clear().asFloatBuffer().get(values);
    return values;
  }
}
