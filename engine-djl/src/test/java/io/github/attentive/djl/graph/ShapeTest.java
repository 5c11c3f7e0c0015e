package io.github.attentive.djl.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {
  private static final Axis BATCH = Axis.named("batch");

  @Test
  void axesCountFromBothEnds() {
    Shape shape = Shape.of(BATCH, Axis.fixed(5), Axis.fixed(7));
    assertThat(shape.rank()).isEqualTo(3);
    assertThat(shape.axis(0)).isEqualTo(BATCH);
    assertThat(shape.axis(-3)).isEqualTo(BATCH);
    assertThat(shape.axis(2)).isEqualTo(Axis.fixed(7));
    assertThat(shape.axis(-1)).isEqualTo(Axis.fixed(7));
    assertThat(shape.position(-1)).isEqualTo(2);
    for (int index : new int[] {3, -4}) {
      assertThatThrownBy(() -> shape.axis(index))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("axis " + index + ": there is none in [batch, 5, 7]");
    }
  }

  @Test
  void changesGiveNewShapes() {
    Shape shape = Shape.ofSizes(2, 3);
    assertThat(shape.with(-1, BATCH)).hasToString("[2, batch]");
    assertThat(shape.without(0)).isEqualTo(Shape.ofSizes(3));
    assertThat(shape.inserted(2, Axis.fixed(1))).isEqualTo(Shape.ofSizes(2, 3, 1));
    assertThat(shape.inserted(0, Axis.fixed(1))).isEqualTo(Shape.ofSizes(1, 2, 3));
    assertThat(shape).isEqualTo(Shape.ofSizes(2, 3));
    List<Axis> axes = new ArrayList<>(List.of(BATCH));
    Shape copied = new Shape(axes);
    axes.clear();
    assertThat(copied).isEqualTo(Shape.of(BATCH));
  }

  @Test
  void elementsAreTheProductOfFixedSizes() {
    assertThat(Shape.of().elements()).isEqualTo(1);
    assertThat(Shape.ofSizes(2, 3, 4).elements()).isEqualTo(24);
    assertThat(Shape.ofSizes(2, 3).sizes()).containsExactly(2, 3);
    assertThatThrownBy(() -> Shape.of(BATCH, Axis.fixed(2)).elements())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape [batch, 2]: not all sizes are fixed");
    assertThatThrownBy(() -> Shape.ofSizes(1L << 40, 1L << 40).elements())
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void axesAreEqualByNumberOrName() {
    assertThat(Axis.fixed(5)).isEqualTo(Axis.fixed(5)).isNotEqualTo(Axis.fixed(6));
    assertThat(BATCH).isEqualTo(Axis.named("batch")).isNotEqualTo(Axis.named("length"));
    assertThat(BATCH).hasToString("batch");
    assertThat(Axis.fixed(5)).hasToString("5");
  }

  @Test
  void refusesSizesBelowOne() {
    for (long size : new long[] {0, -1, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> Shape.ofSizes(3, size))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("axis size: expected at least 1, got " + size);
    }
    assertThatThrownBy(() -> new Axis("batch", 3)).isInstanceOf(IllegalArgumentException.class);
  }
}
