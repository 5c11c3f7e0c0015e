package io.github.attentive.djl.checkpoint;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.Shape;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An HDF5 file in memory: groups, their attributes, and arrays of floats. Links to other places or
 * files are not followed. Not thread-safe.
 */
public final class Hdf5File implements AutoCloseable {
  /** What a scalar and an array of floats are read as. */
  private static final Set<Class<?>> FLOATS =
      Set.of(float.class, double.class, Float.class, Double.class);

  private final Path source;
  private final long size;
  private final HdfFile file;

  private Hdf5File(Path source, long size, HdfFile file) {
    this.source = source;
    this.size = size;
    this.file = file;
  }

  /**
   * Opens a file.
   *
   * @param source to be named in messages
   * @param content its bytes, not copied
   * @return the file
   * @throws ModelLoadException if it is no HDF5 file, or damaged
   */
  public static Hdf5File of(Path source, byte[] content) {
    HdfFile file = guarded(source, "the file", () -> HdfFile.fromBytes(content));
    requireWhole(source, content);
    return new Hdf5File(source, content.length, file);
  }

  /** A file says in its first block where it ends: the block of old files, or of newer ones. */
  private static void requireWhole(Path source, byte[] content) {
    int place = content.length > 9 && content[8] < 2 ? 40 : 28;
    if (content.length < place + Long.BYTES || content[content[8] < 2 ? 13 : 9] != Long.BYTES) {
      return;
    }
    long end = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong(place);
    if (end > content.length) {
      throw new ModelLoadException(
          "%s: expected an HDF5 file of %s bytes, got %s: it was cut short; copy the file again"
              .formatted(source, end, content.length));
    }
  }

  /**
   * An array of floats.
   *
   * @param shape sizes of its axes
   * @param values row-major
   */
  public record Floats(Shape shape, float[] values) {}

  /** Whatever the library does with damaged bytes becomes one kind of failure. */
  private static <T> T guarded(Path source, String what, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ModelLoadException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
      throw new ModelLoadException(
          "%s: %s: expected an HDF5 file that is whole, got: %s; copy the file again"
              .formatted(source, what, Excerpt.of(String.valueOf(e.getMessage()))),
          e);
    }
  }

  /**
   * The names of the members of a group.
   *
   * @param path of the group, names with slashes between
   * @return in file order; none if there is no such group
   * @throws ModelLoadException if the file is damaged
   */
  public List<String> members(String path) {
    return guarded(
        source,
        "'" + path + "'",
        () ->
            node(path)
                .filter(Group.class::isInstance)
                .map(node -> List.copyOf(((Group) node).getChildren().keySet()))
                .orElse(List.of()));
  }

  /**
   * Texts that a group has as an attribute.
   *
   * @param path of the group
   * @param name of the attribute
   * @return its text or texts, or empty if there is no such attribute of texts
   * @throws ModelLoadException if the file is damaged
   */
  public Optional<List<String>> texts(String path, String name) {
    return guarded(
        source,
        "attribute '%s' of '%s'".formatted(name, path),
        () -> {
          Optional<Attribute> attribute = node(path).map(node -> node.getAttributes().get(name));
          if (attribute.isEmpty()) {
            return Optional.empty();
          }
          Object data = attribute.get().isEmpty() ? new String[0] : attribute.get().getData();
          return data instanceof String text
              ? Optional.of(List.of(text))
              : data instanceof String[] texts ? Optional.of(List.of(texts)) : Optional.empty();
        });
  }

  /**
   * An array.
   *
   * @param path of the array
   * @return its numbers as floats, or empty if there is none there
   * @throws ModelLoadException if the file is damaged, or the array no floats
   */
  public Optional<Floats> floats(String path) {
    return guarded(
        source,
        "array '" + path + "'",
        () -> node(path).filter(Dataset.class::isInstance).map(node -> floats((Dataset) node)));
  }

  private Floats floats(Dataset dataset) {
    long[] sizes = dataset.getDimensionsAsLong();
    Class<?> type = dataset.getJavaType();
    if (!FLOATS.contains(type)) {
      throw new ModelLoadException(
          "%s: array '%s': expected 32-bit floats, got %s"
              .formatted(source, dataset.getPath(), type.getSimpleName()));
    }
    long elements = Arrays.stream(sizes).reduce(1, Math::multiplyExact);
    if (elements < 1 || elements > size / Float.BYTES) {
      throw new ModelLoadException(
          "%s: array '%s': expected no more numbers than a file of %s bytes holds, got %s"
              .formatted(source, dataset.getPath(), size, Arrays.toString(sizes)));
    }
    Object data = dataset.isScalar() ? dataset.getData() : dataset.getDataFlat();
    return new Floats(Shape.ofSizes(sizes), values(data));
  }

  private static float[] values(Object data) {
    if (data instanceof float[] floats) {
      return floats;
    }
    if (data instanceof double[] doubles) {
      float[] floats = new float[doubles.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) doubles[i];
      }
      return floats;
    }
    return new float[] {((Number) data).floatValue()};
  }

  private Optional<Node> node(String path) {
    Node node = file;
    for (String name : path.split("/")) {
      if (name.isEmpty()) {
        continue;
      }
      Node child = node instanceof Group group ? group.getChildren().get(name) : null;
      if (child == null) {
        return Optional.empty();
      }
      if (child.isLink()) {
        throw new ModelLoadException(
            "%s: '%s' is a link; expected the member itself".formatted(source, path));
      }
      node = child;
    }
    return Optional.of(node);
  }

  @Override
  public void close() {
    file.close();
  }
}
