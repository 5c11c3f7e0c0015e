package io.github.attentive.djl.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The axes of a tensor, outermost first. An axis may be counted from the end: -1 is the last.
 *
 * @param axes none for a single number
 */
public record Shape(List<Axis> axes) {
  private static final Axis ONE = Axis.fixed(1);

  /**
   * Creates a shape.
   *
   * @param axes as above
   */
  public Shape {
    axes = List.copyOf(axes);
  }

  /**
   * A shape of these axes.
   *
   * @param axes outermost first
   * @return the shape
   */
  public static Shape of(Axis... axes) {
    return new Shape(List.of(axes));
  }

  /**
   * A shape of fixed sizes.
   *
   * @param sizes outermost first, each at least 1
   * @return the shape
   * @throws IllegalArgumentException if a size is below 1
   */
  public static Shape ofSizes(long... sizes) {
    return new Shape(Arrays.stream(sizes).mapToObj(Axis::fixed).toList());
  }

  /**
   * The number of axes.
   *
   * @return 0 or more
   */
  public int rank() {
    return axes.size();
  }

  /**
   * One axis.
   *
   * @param index from 0, or from -1 backwards
   * @return the axis
   * @throws IllegalArgumentException if there is none
   */
  public Axis axis(int index) {
    return axes.get(position(index));
  }

  /**
   * An axis index, counted from 0.
   *
   * @param index from 0, or from -1 backwards
   * @return the same axis, from 0
   * @throws IllegalArgumentException if there is none
   */
  public int position(int index) {
    int position = index < 0 ? index + rank() : index;
    if (position < 0 || position >= rank()) {
      throw new IllegalArgumentException("axis " + index + ": there is none in " + this);
    }
    return position;
  }

  /**
   * This shape with another axis in place of one.
   *
   * @param index which, from 0 or from -1 backwards
   * @param axis the new axis
   * @return a new shape
   */
  public Shape with(int index, Axis axis) {
    List<Axis> changed = new ArrayList<>(axes);
    changed.set(position(index), axis);
    return new Shape(changed);
  }

  /**
   * This shape without an axis.
   *
   * @param index which, from 0 or from -1 backwards
   * @return a new shape
   */
  public Shape without(int index) {
    List<Axis> changed = new ArrayList<>(axes);
    changed.remove(position(index));
    return new Shape(changed);
  }

  /**
   * This shape with one more axis.
   *
   * @param index where it will be, from 0
   * @param axis the new axis
   * @return a new shape
   */
  public Shape inserted(int index, Axis axis) {
    List<Axis> changed = new ArrayList<>(axes);
    changed.add(index, axis);
    return new Shape(changed);
  }

  /**
   * The first axes.
   *
   * @param count how many, at most the rank
   * @return a new shape
   */
  public Shape leading(int count) {
    return new Shape(axes.subList(0, count));
  }

  /**
   * The shape of an elementwise operation on this and another: aligned at the last axis, axes of
   * size 1 and missing ones being repeated.
   *
   * @param other the other shape
   * @return the common shape, or null if they do not fit
   */
  public @Nullable Shape broadcast(Shape other) {
    int rank = Math.max(rank(), other.rank());
    List<Axis> common = new ArrayList<>();
    for (int fromEnd = rank; fromEnd >= 1; fromEnd--) {
      Axis mine = fromEnd <= rank() ? axis(-fromEnd) : ONE;
      Axis theirs = fromEnd <= other.rank() ? other.axis(-fromEnd) : ONE;
      if (!mine.equals(theirs) && !mine.equals(ONE) && !theirs.equals(ONE)) {
        return null;
      }
      common.add(mine.equals(ONE) ? theirs : mine);
    }
    return new Shape(common);
  }

  /**
   * The fixed sizes.
   *
   * @return a new array
   * @throws IllegalArgumentException if a size is only known at run time
   */
  public long[] sizes() {
    return axes.stream()
        .mapToLong(
            axis -> {
              if (axis.name() != null) {
                throw new IllegalArgumentException("shape " + this + ": not all sizes are fixed");
              }
              return axis.size();
            })
        .toArray();
  }

  /**
   * The number of elements of a shape of fixed sizes.
   *
   * @return the product of the sizes
   * @throws IllegalArgumentException if a size is only known at run time
   * @throws ArithmeticException if it overflows
   */
  public long elements() {
    return Arrays.stream(sizes()).reduce(1, Math::multiplyExact);
  }

  /** The axes in brackets. */
  @Override
  public String toString() {
    return axes.toString();
  }
}
