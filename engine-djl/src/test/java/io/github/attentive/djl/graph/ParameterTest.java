package io.github.attentive.djl.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
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
}
