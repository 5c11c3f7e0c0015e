package io.github.attentive.djl.graph;

/**
 * A value inside a function of a graph: not numbers, but what they will be. Compared by identity.
 */
public final class Tensor {
  private final int index;
  private final ElementType type;
  private final Shape shape;

  Tensor(int index, ElementType type, Shape shape) {
    this.index = index;
    this.type = type;
    this.shape = shape;
  }

  /**
   * Its number within the function, by which writers name it.
   *
   * @return counted from 0
   */
  public int index() {
    return index;
  }

  /**
   * What its elements are.
   *
   * @return the type
   */
  public ElementType type() {
    return type;
  }

  /**
   * Its axes.
   *
   * @return the shape
   */
  public Shape shape() {
    return shape;
  }

  /** Number, type and shape. */
  @Override
  public String toString() {
    return "tensor " + index + " " + type + shape;
  }
}
