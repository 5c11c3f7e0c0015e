package io.github.attentive.djl.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {
  private static final Axis BATCH = Axis.named("batch");
  private static final Axis ONE = Axis.fixed(1);

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

  @Test
  void broadcastRepeatsAxesOfOne() {
    assertBroadcast("[2, 3]", Shape.ofSizes(2, 3), Shape.ofSizes(2, 3));
    assertBroadcast("[2, 3]", Shape.ofSizes(2, 3), Shape.ofSizes(3));
    assertBroadcast("[2, 3]", Shape.ofSizes(2, 3), Shape.of());
    assertBroadcast("[2, 3]", Shape.ofSizes(2, 1), Shape.ofSizes(1, 3));
    assertBroadcast("[batch, 4, 3]", Shape.of(BATCH, ONE, Axis.fixed(3)), Shape.ofSizes(4, 1));
    assertBroadcast("[batch, batch]", Shape.of(BATCH, ONE), Shape.of(ONE, BATCH));
    assertBroadcast("[1]", Shape.of(), Shape.ofSizes(1));
    assertBroadcast("[]", Shape.of(), Shape.of());
  }

  private static void assertBroadcast(String expected, Shape one, Shape other) {
    assertThat(one.broadcast(other)).hasToString(expected).isEqualTo(other.broadcast(one));
  }

  @Test
  void broadcastRefusesWhatMayDiffer() {
    for (Shape other :
        List.of(
            Shape.ofSizes(4),
            Shape.ofSizes(2),
            Shape.ofSizes(2, 3, 1),
            Shape.of(BATCH),
            Shape.of(BATCH, Axis.fixed(3)))) {
      assertThat(Shape.ofSizes(2, 3).broadcast(other)).as("%s", other).isNull();
      assertThat(other.broadcast(Shape.ofSizes(2, 3))).as("%s", other).isNull();
    }
    assertThat(Shape.of(BATCH).broadcast(Shape.of(Axis.named("length")))).isNull();
  }

  /** Any two shapes of up to three axes: as counting elements by hand has it. */
  @Test
  void broadcastIsSymmetricIdempotentAndNoSmallerThanItsParts() {
    List<Shape> shapes = new ArrayList<>(List.of(Shape.of()));
    List<Axis> axes = List.of(ONE, Axis.fixed(2), Axis.fixed(3), BATCH);
    for (int from = 0, rank = 1; rank <= 3; rank++) {
      List<Shape> wider = new ArrayList<>();
      for (Shape shape : shapes.subList(from, shapes.size())) {
        axes.forEach(axis -> wider.add(shape.inserted(0, axis)));
      }
      from = shapes.size();
      shapes.addAll(wider);
    }
    assertThat(shapes).hasSize(1 + 4 + 16 + 64);
    int fitting = 0;
    for (Shape one : shapes) {
      assertThat(one.broadcast(one)).isEqualTo(one);
      for (Shape other : shapes) {
        Shape common = one.broadcast(other);
        assertThat(common).isEqualTo(other.broadcast(one));
        if (common != null) {
          fitting++;
          assertThat(common.rank()).isEqualTo(Math.max(one.rank(), other.rank()));
          assertThat(common.broadcast(one)).isEqualTo(common);
          assertThat(common.broadcast(other)).isEqualTo(common);
        }
      }
    }
    // An axis fits an axis in 10 of 16 pairs, and always one that is missing.
    assertThat(fitting)
        .isEqualTo(1 + 2 * (4 + 16 + 64) + 10 * (1 + 2 * (4 + 16)) + 100 * (1 + 2 * 4) + 1000);
  }

  @Test
  void leadingAxes() {
    assertThat(Shape.ofSizes(2, 3, 4).leading(2)).isEqualTo(Shape.ofSizes(2, 3));
    assertThat(Shape.ofSizes(2, 3, 4).leading(0)).isEqualTo(Shape.of());
  }
}
