package io.github.attentive.djl.checkpoint;

import io.github.attentive.ModelLoadException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * The weights of a model directory as Hugging Face lays it out: one safetensors file, or several
 * with an index. Immutable; the files are mapped, and no one may change them while it is in use.
 */
public final class Checkpoint {
  /** The weights in one file; where it is there, the index is not looked at. */
  public static final String SINGLE = "model.safetensors";

  /** The file that says which file each tensor is in. */
  public static final String INDEX = "model.safetensors.index.json";

  private final Path source;
  private final Map<String, StoredTensor> tensors;

  private Checkpoint(Path source, Map<String, StoredTensor> tensors) {
    this.source = source;
    this.tensors = tensors;
  }

  /**
   * Reads the weights of a directory.
   *
   * @param directory a model directory
   * @return its tensors
   * @throws ModelLoadException if there are none, or only in a format that is not read; if a file
   *     is missing, a Git LFS pointer or not well-formed; if the index names a file outside the
   *     directory or a tensor that is not where it says
   */
  public static Checkpoint read(Path directory) {
    Path single = directory.resolve(SINGLE);
    if (isThere(single)) {
      return new Checkpoint(single, Safetensors.read(single));
    }
    Path index = directory.resolve(INDEX);
    if (isThere(index)) {
      return new Checkpoint(index, ShardIndex.read(index));
    }
    throw OtherWeights.refusal(directory);
  }

  /**
   * Says whether a directory has no weights at all, in this or any other format.
   *
   * @param directory a model directory
   * @return false if {@link #read} gives them, or says which format they are in
   * @throws ModelLoadException if the directory cannot be listed
   */
  public static boolean isAbsent(Path directory) {
    return !isThere(directory.resolve(SINGLE))
        && !isThere(directory.resolve(INDEX))
        && !OtherWeights.areIn(directory);
  }

  /** A link to nothing is there, and the reader will say that its file is missing. */
  private static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Where the weights are.
   *
   * @return the one file, or the index; for messages
   */
  public Path source() {
    return source;
  }

  /**
   * The tensors.
   *
   * @return by name, in the order of the file or the index; unmodifiable
   */
  public Map<String, StoredTensor> tensors() {
    return tensors;
  }

  /**
   * Says whether there is a tensor of a name.
   *
   * @param name the name
   * @return true if {@link #tensor} gives one
   */
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /**
   * A tensor that must be there.
   *
   * @param name its name
   * @return the tensor
   * @throws ModelLoadException if there is none
   */
  public StoredTensor tensor(String name) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new ModelLoadException(
          "%s: tensor '%s': expected among the weights, got none of that name"
              .formatted(source, name));
    }
    return tensor;
  }
}
