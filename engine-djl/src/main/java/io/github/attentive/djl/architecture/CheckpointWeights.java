package io.github.attentive.djl.architecture;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.Checkpoint;
import io.github.attentive.djl.checkpoint.StoredTensor;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The weights of a checkpoint, each checked against the shape that the configuration implies. Not
 * thread-safe.
 */
public final class CheckpointWeights implements Weights {
  private static final String HEAD = "classifier.";

  private final Checkpoint checkpoint;
  private final Set<String> used = new HashSet<>();

  /**
   * Wraps a checkpoint.
   *
   * @param checkpoint its tensors
   */
  public CheckpointWeights(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
  }

  /**
   * Says whether there is a weight, of whatever shape.
   *
   * @param name its name, as {@link #get} takes it
   * @return true if the checkpoint has it
   */
  public boolean has(String name) {
    return checkpoint.has(storedName(name));
  }

  @Override
  public Parameter get(String name, Shape shape) {
    String stored = storedName(name);
    if (!checkpoint.has(stored)) {
      boolean headless =
          checkpoint.tensors().keySet().stream().noneMatch(other -> other.startsWith(HEAD));
      throw new ModelLoadException(
          "%s: tensor '%s': expected shape %s, got no such tensor; %s"
              .formatted(
                  checkpoint.source(),
                  name,
                  shape,
                  headless
                      ? HeadlessCheckpoint.REMEDY
                      : "save the whole model again, with save_pretrained"));
    }
    StoredTensor tensor = checkpoint.tensor(stored);
    if (!tensor.shape().equals(shape)) {
      throw new ModelLoadException(
          "%s: tensor '%s': expected shape %s as config.json has it, got %s"
              .formatted(tensor.file(), stored, shape, tensor.shape()));
    }
    used.add(stored);
    return tensor.parameter();
  }

  /** Checkpoints converted from TensorFlow call the two vectors of a norm gamma and beta. */
  private String storedName(String name) {
    if (!checkpoint.has(name)) {
      String old =
          name.replaceFirst("LayerNorm\\.weight$", "LayerNorm.gamma")
              .replaceFirst("LayerNorm\\.bias$", "LayerNorm.beta");
      return checkpoint.has(old) ? old : name;
    }
    return name;
  }

  /**
   * The tensors that no one has asked for so far.
   *
   * @return their names in file order
   */
  public List<String> unused() {
    List<String> names = new ArrayList<>(checkpoint.tensors().keySet());
    names.removeAll(used);
    return names;
  }
}
