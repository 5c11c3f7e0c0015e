package io.github.attentive.djl.training;

import io.github.attentive.djl.architecture.CheckpointWeights;
import io.github.attentive.djl.architecture.Weights;
import io.github.attentive.djl.checkpoint.Checkpoint;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The weights that the training of an encoder begins with: those of a checkpoint, and fresh ones
 * where it has none for the head, or none at all.
 *
 * <p>Fresh ones are those of transformers: matrices normal with the deviation of the configuration,
 * the row of padding 0, norms 1, biases 0. Not thread-safe.
 */
final class FirstWeights implements Weights {
  /** What classifies, and the pooler before it, which masked language models lack. */
  private static final Pattern HEAD =
      Pattern.compile("(classifier|pre_classifier|head|pooler)\\..*|\\w+\\.pooler\\..*");

  /** The layer that gives the logits. */
  private static final Pattern LOGITS = Pattern.compile("classifier\\.(out_proj\\.)?(weight|bias)");

  private static final Pattern TOKEN_ROWS =
      Pattern.compile(".*\\.(word_embeddings|tok_embeddings)\\.weight");

  private static final Pattern EMBEDDINGS = Pattern.compile("(\\w+\\.)?embeddings.*");

  /** The number of a layer; ALBERT shares layers, whose groups count. */
  private static final Pattern LAYER =
      Pattern.compile(".*?\\.(layer|layers|albert_layer_groups)\\.(\\d+)\\..*");

  private final @Nullable Checkpoint checkpoint;
  private final @Nullable CheckpointWeights stored;
  private final boolean keepsLabels;
  private final int frozenLayers;
  private final double deviation;
  private final int padId;
  private final SplittableRandom random;
  private final List<String> fresh = new ArrayList<>();
  private final Set<String> asked = new HashSet<>();

  /**
   * Prepares the weights.
   *
   * @param checkpoint where to take them from, or null for fresh ones throughout
   * @param keepsLabels whether the checkpoint's labels are those of the data
   * @param frozenLayers how many layers stay as they are, and the embedding with them
   * @param deviation of fresh matrices
   * @param padId the token whose row is 0
   * @param random for fresh weights
   */
  FirstWeights(
      @Nullable Checkpoint checkpoint,
      boolean keepsLabels,
      int frozenLayers,
      double deviation,
      int padId,
      SplittableRandom random) {
    this.checkpoint = checkpoint;
    this.stored = checkpoint == null ? null : new CheckpointWeights(checkpoint);
    this.keepsLabels = keepsLabels;
    this.frozenLayers = frozenLayers;
    this.deviation = deviation;
    this.padId = padId;
    this.random = random;
  }

  @Override
  public Parameter get(String name, Shape shape) {
    asked.add(name);
    Parameter weight = storedOrFresh(name, shape);
    return isFrozen(name) ? weight.frozen() : weight;
  }

  private Parameter storedOrFresh(String name, Shape shape) {
    if (checkpoint == null || stored == null) {
      return fresh(name, shape);
    }
    boolean ofHead = HEAD.matcher(name).matches();
    if (ofHead && LOGITS.matcher(name).matches() && !keepsLabels) {
      fresh.add(name);
      return fresh(name, shape);
    }
    String bare = name.substring(name.indexOf('.') + 1);
    if (stored.has(name) || (!ofHead && !stored.has(bare))) {
      return stored.get(name, shape);
    }
    if (stored.has(bare)) {
      // An encoder that was saved without a head has no name before those of its weights.
      Parameter weight = stored.get(bare, shape);
      return Parameter.lazy(name, shape, weight::bytes);
    }
    fresh.add(name);
    return fresh(name, shape);
  }

  private boolean isFrozen(String name) {
    if (frozenLayers == 0 || HEAD.matcher(name).matches()) {
      return false;
    }
    Matcher layer = LAYER.matcher(name);
    if (layer.matches()) {
      return Integer.parseInt(layer.group(2)) < frozenLayers;
    }
    return EMBEDDINGS.matcher(name).matches();
  }

  private Parameter fresh(String name, Shape shape) {
    float[] values = new float[Math.toIntExact(shape.elements())];
    if (shape.rank() > 1) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() * deviation);
      }
      if (TOKEN_ROWS.matcher(name).matches()) {
        int width = (int) shape.axis(1).size();
        Arrays.fill(values, padId * width, (padId + 1) * width, 0);
      }
    } else if (name.endsWith(".weight")) {
      Arrays.fill(values, 1);
    }
    return Parameter.of(name, shape, values);
  }

  /**
   * The weights of the head that the checkpoint had none for.
   *
   * @return their names, in the order they were asked for
   */
  List<String> freshOfHead() {
    return List.copyOf(fresh);
  }

  /**
   * Weights among the parameters of a graph, which may have tables beside them.
   *
   * @param parameters of the graph that was written with these
   * @return those that were asked for
   */
  List<Parameter> among(List<Parameter> parameters) {
    return parameters.stream().filter(parameter -> asked.contains(parameter.name())).toList();
  }
}
