package io.github.attentive.djl.graph;

import org.jspecify.annotations.Nullable;

/**
 * One axis of a shape: of a fixed size, or of a size that has a name and is known at run time.
 *
 * <p>Two axes are the same size for certain if they are equal: the same number or the same name.
 *
 * @param name the size's name, or null for a fixed size
 * @param size the fixed size, at least 1; -1 with a name
 */
public record Axis(@Nullable String name, long size) {

  /**
   * Creates an axis; use {@link #fixed} and {@link #named}.
   *
   * @param name as above
   * @param size as above
   */
  public Axis {
    if (name == null ? size < 1 : size != -1) {
      throw new IllegalArgumentException("axis size: expected at least 1, got " + size);
    }
  }

  /**
   * An axis of a fixed size.
   *
   * @param size at least 1
   * @return the axis
   * @throws IllegalArgumentException if less than 1
   */
  public static Axis fixed(long size) {
    return new Axis(null, size);
  }

  /**
   * An axis whose size is known at run time.
   *
   * @param name for instance {@code batch}
   * @return the axis
   */
  public static Axis named(String name) {
    return new Axis(name, -1);
  }

  /** The size or its name. */
  @Override
  public String toString() {
    return name == null ? Long.toString(size) : name;
  }
}
