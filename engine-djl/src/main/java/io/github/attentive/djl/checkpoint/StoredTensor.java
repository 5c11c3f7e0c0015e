package io.github.attentive.djl.checkpoint;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of a checkpoint as it is stored: any type, any shape that the format allows. Immutable;
 * its bytes are those of the mapped file, which no one may change while the tensor is in use.
 */
public final class StoredTensor {
  /** What one buffer holds; arrays of the JVM end a little before 2 GiB. */
  static final long MAX_BYTES = Integer.MAX_VALUE - 8;

  private final Path file;
  private final String name;
  private final StoredType type;
  private final long[] sizes;
  private final long position;
  private final @Nullable ByteBuffer bytes;

  /** At a position in its file; with null for bytes of more than one buffer can hold. */
  StoredTensor(
      Path file,
      String name,
      StoredType type,
      long[] sizes,
      long position,
      @Nullable ByteBuffer bytes) {
    this.file = file;
    this.name = name;
    this.type = type;
    this.sizes = sizes;
    this.position = position;
    this.bytes = bytes;
  }

  /**
   * The file it is from.
   *
   * @return for messages
   */
  public Path file() {
    return file;
  }

  /**
   * The name.
   *
   * @return as in the file
   */
  public String name() {
    return name;
  }

  /**
   * What its elements are.
   *
   * @return the type in the file
   */
  public StoredType type() {
    return type;
  }

  /**
   * The sizes of its axes.
   *
   * @return a new array, outermost first, each 0 or more; empty for a single number
   */
  public long[] sizes() {
    return sizes.clone();
  }

  /**
   * The number of its elements.
   *
   * @return the product of the sizes
   */
  public long elements() {
    return Arrays.stream(sizes).reduce(1, Math::multiplyExact);
  }

  /**
   * The shape, for a tensor that has elements.
   *
   * @return of fixed sizes
   * @throws ModelLoadException if an axis has size 0
   */
  public Shape shape() {
    if (Arrays.stream(sizes).anyMatch(size -> size == 0)) {
      throw refused("expected sizes of at least 1, got shape " + Arrays.toString(sizes));
    }
    return Shape.ofSizes(sizes);
  }

  /**
   * The stored bytes.
   *
   * @return a new read-only view of the mapped file, little-endian, row-major
   * @throws ModelLoadException if there are more than a buffer holds, 2 GiB
   */
  public ByteBuffer bytes() {
    if (bytes == null) {
      throw tooLarge("", elements() * type.bits() / Byte.SIZE);
    }
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The tensor as a weight of 32-bit floats. F32 shares the mapped bytes. F16, BF16 and F64 are
   * converted whenever the parameter's bytes are asked for: the first two exactly, a NaN with its
   * payload; F64 to the nearest, to infinity what is too large, and every NaN to a NaN.
   *
   * @return a trainable parameter of the tensor's name and shape
   * @throws ModelLoadException if the type is no floating-point type that is read, an axis has size
   *     0, or the bytes, as stored or as 32-bit floats, are more than 2 GiB
   */
  public Parameter parameter() {
    if (!type.isWeight()) {
      throw refused("expected a weight of type F32, F16, BF16 or F64, got " + type);
    }
    Shape shape = shape();
    ByteBuffer stored = bytes();
    long floats = Math.multiplyExact(elements(), (long) Float.BYTES);
    if (floats > MAX_BYTES) {
      throw tooLarge(" as 32-bit floats", floats);
    }
    return Parameter.lazy(name, shape, new StoredFloats(file, name, type, position, stored));
  }

  /**
   * The elements of a tensor of integers.
   *
   * @return a new array in row-major order; 0 and 1 for false and true
   * @throws ModelLoadException if the type is no integer type that is read, or there are more than
   *     2 GiB of bytes
   */
  public long[] integers() {
    if (!type.isInteger()) {
      throw refused("expected integers of type I64, I32, I16, I8, U8 or BOOL, got " + type);
    }
    ByteBuffer source = bytes();
    long[] integers = new long[Math.toIntExact(elements())];
    for (int i = 0; i < integers.length; i++) {
      integers[i] =
          switch (type) {
            case I64 -> source.getLong();
            case I32 -> source.getInt();
            case I16 -> source.getShort();
            case I8 -> source.get();
            case U8 -> Byte.toUnsignedInt(source.get());
            default -> source.get() == 0 ? 0 : 1;
          };
    }
    return integers;
  }

  private ModelLoadException tooLarge(String as, long size) {
    return refused("expected at most %s bytes%s, got %s".formatted(MAX_BYTES, as, size));
  }

  private ModelLoadException refused(String what) {
    return new ModelLoadException("%s: tensor '%s': %s".formatted(file, name, what));
  }

  /** Name, type and shape. */
  @Override
  public String toString() {
    return name + " " + type + Arrays.toString(sizes);
  }
}
