package io.github.attentive.djl.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

/**
 * A constant tensor of a model: a weight that training changes, or a fixed table such as that of
 * relative positions. Immutable.
 *
 * <p>Its bytes are asked for when a graph is written, not before and not kept: they may be a mapped
 * file, or the result of a conversion.
 */
public final class Parameter {
  private final String name;
  private final ElementType type;
  private final Shape shape;
  private final boolean trainable;
  private final ParameterBytes bytes;

  private Parameter(
      String name, ElementType type, Shape shape, boolean trainable, ParameterBytes bytes) {
    this.name = Objects.requireNonNull(name, "name");
    this.type = type;
    this.shape = shape;
    this.trainable = trainable;
    this.bytes = bytes;
  }

  /**
   * A weight over bytes that no one will change.
   *
   * @param name its name in the checkpoint
   * @param shape of fixed sizes
   * @param bytes little-endian floats in row-major order, shared
   * @return the parameter
   * @throws IllegalArgumentException if the number of bytes does not fit the shape
   */
  public static Parameter ofBytes(String name, Shape shape, ByteBuffer bytes) {
    ByteBuffer shared = bytes.slice().asReadOnlyBuffer();
    return lazy(name, shape, () -> shared).checked();
  }

  /**
   * A weight whose bytes are made when they are asked for.
   *
   * @param name its name in the checkpoint
   * @param shape of fixed sizes
   * @param bytes gives little-endian floats in row-major order
   * @return the parameter
   */
  public static Parameter lazy(String name, Shape shape, ParameterBytes bytes) {
    return new Parameter(name, ElementType.FLOAT32, shape, true, bytes);
  }

  /**
   * Weights one after the other along the first axis.
   *
   * @param name of the whole
   * @param parts at least one, whose shapes differ in the first axis only
   * @return the parameter
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Parameter stacked(String name, List<Parameter> parts) {
    Shape rest = parts.get(0).shape.without(0);
    long rows = 0;
    for (Parameter part : parts) {
      if (part.type != ElementType.FLOAT32 || !part.shape.without(0).equals(rest)) {
        throw new IllegalArgumentException(
            "parameter '%s': expected floats [..., %s], got %s".formatted(name, rest, part));
      }
      rows += part.shape.axis(0).size();
    }
    return lazy(name, rest.inserted(0, Axis.fixed(rows)), new StackedBytes(parts));
  }

  /**
   * The same matrix with its axes exchanged; a copy is made each time its bytes are asked for.
   *
   * @return a matrix of the same name
   * @throws IllegalArgumentException if this is no matrix of floats
   */
  public Parameter transposed() {
    if (type != ElementType.FLOAT32 || shape.rank() != 2) {
      throw new IllegalArgumentException("expected a matrix of floats, got " + this);
    }
    Shape exchanged = Shape.of(shape.axis(1), shape.axis(0));
    return new Parameter(name, type, exchanged, trainable, new TransposedBytes(this));
  }

  /**
   * A weight of these values.
   *
   * @param name its name in the checkpoint
   * @param shape of fixed sizes
   * @param values in row-major order, copied
   * @return the parameter
   * @throws IllegalArgumentException if the number of values does not fit the shape
   */
  public static Parameter of(String name, Shape shape, float[] values) {
    return ofBytes(name, shape, bytes(values));
  }

  /**
   * The same weight, which training leaves as it is.
   *
   * @return a parameter of the same name and bytes
   */
  public Parameter frozen() {
    return new Parameter(name, type, shape, false, bytes);
  }

  /**
   * The same parameter for what is written later: it holds no bytes, and has none to give.
   *
   * @return a parameter of the same name, type and shape
   */
  Parameter outline() {
    // A local variable: the field would hold this parameter.
    String outlined = name;
    return new Parameter(
        outlined,
        type,
        shape,
        trainable,
        () -> {
          throw new IllegalStateException("parameter '" + outlined + "': only its shape is kept");
        });
  }

  /**
   * A fixed table of floats.
   *
   * @param name by which it is found in a written graph
   * @param shape of fixed sizes
   * @param values in row-major order, copied
   * @return the parameter
   * @throws IllegalArgumentException if the number of values does not fit the shape
   */
  public static Parameter table(String name, Shape shape, float[] values) {
    ByteBuffer bytes = bytes(values);
    return new Parameter(name, ElementType.FLOAT32, shape, false, () -> bytes).checked();
  }

  /**
   * A fixed table of integers.
   *
   * @param name by which it is found in a written graph
   * @param shape of fixed sizes
   * @param values in row-major order, copied
   * @return the parameter
   * @throws IllegalArgumentException if the number of values does not fit the shape
   */
  public static Parameter table(String name, Shape shape, long[] values) {
    ByteBuffer bytes = allocate(values.length, ElementType.INT64);
    bytes.asLongBuffer().put(values);
    return new Parameter(name, ElementType.INT64, shape, false, () -> bytes).checked();
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes = allocate(values.length, ElementType.FLOAT32);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static ByteBuffer allocate(int elements, ElementType type) {
    return ByteBuffer.allocate(Math.multiplyExact(elements, type.bytes()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private Parameter checked() {
    bytes();
    return this;
  }

  /**
   * The name.
   *
   * @return as in the checkpoint
   */
  public String name() {
    return name;
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
   * The shape.
   *
   * @return of fixed sizes
   */
  public Shape shape() {
    return shape;
  }

  /**
   * Says whether training changes it.
   *
   * @return true for a weight, false for a fixed table
   */
  public boolean trainable() {
    return trainable;
  }

  /**
   * How many bytes it has.
   *
   * @return elements times the size of one
   */
  public long byteCount() {
    return Math.multiplyExact(shape.elements(), (long) type.bytes());
  }

  /**
   * The values as bytes.
   *
   * @return a new read-only view, little-endian, row-major
   * @throws IllegalArgumentException if there are not as many as the shape has
   */
  public ByteBuffer bytes() {
    ByteBuffer view = bytes.view().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    if (view.remaining() != byteCount()) {
      throw new IllegalArgumentException(
          "parameter '%s' %s: expected %s bytes, got %s"
              .formatted(name, shape, byteCount(), view.remaining()));
    }
    return view;
  }

  /**
   * Copies the values, where it can without a copy in between.
   *
   * @param target little-endian, with room for {@link #byteCount()}; filled from its position on
   */
  public void copyTo(ByteBuffer target) {
    bytes.copyTo(target);
  }

  /**
   * The values of floats.
   *
   * @return a copy in row-major order
   */
  public float[] values() {
    float[] values = new float[Math.toIntExact(shape.elements())];
    bytes().asFloatBuffer().get(values);
    return values;
  }

  /** Name and shape. */
  @Override
  public String toString() {
    return name + shape;
  }
}
