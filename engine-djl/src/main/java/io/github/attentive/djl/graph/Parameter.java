package io.github.attentive.djl.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * A weight of a model: named 32-bit floats of a fixed shape. Immutable.
 *
 * <p>The bytes are shared, not copied: they may be a mapped file.
 */
public final class Parameter {
  private final String name;
  private final Shape shape;
  private final ByteBuffer bytes;

  private Parameter(String name, Shape shape, ByteBuffer bytes) {
    this.name = Objects.requireNonNull(name, "name");
    this.shape = shape;
    this.bytes = bytes;
    long expected = Math.multiplyExact(shape.elements(), (long) ElementType.FLOAT32.bytes());
    if (bytes.remaining() != expected) {
      throw new IllegalArgumentException(
          "parameter '%s' %s: expected %s bytes, got %s"
              .formatted(name, shape, expected, bytes.remaining()));
    }
  }

  /**
   * A parameter over bytes that no one will change.
   *
   * @param name its name in the checkpoint
   * @param shape of fixed sizes
   * @param bytes little-endian floats in row-major order, shared
   * @return the parameter
   * @throws IllegalArgumentException if the number of bytes does not fit the shape
   */
  public static Parameter ofBytes(String name, Shape shape, ByteBuffer bytes) {
    return new Parameter(name, shape, bytes.slice().asReadOnlyBuffer());
  }

  /**
   * A parameter of these values.
   *
   * @param name its name in the checkpoint
   * @param shape of fixed sizes
   * @param values in row-major order, copied
   * @return the parameter
   * @throws IllegalArgumentException if the number of values does not fit the shape
   */
  public static Parameter of(String name, Shape shape, float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, ElementType.FLOAT32.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return ofBytes(name, shape, bytes);
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
   * The shape.
   *
   * @return of fixed sizes
   */
  public Shape shape() {
    return shape;
  }

  /**
   * The values as bytes.
   *
   * @return a new read-only view, little-endian, row-major
   */
  public ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The values.
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
