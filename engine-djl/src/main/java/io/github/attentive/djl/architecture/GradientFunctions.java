package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Gradients;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Tensor;
import java.util.List;
import java.util.function.Function;

/**
 * Writes {@link ModelFunctions#EMBED}, {@link ModelFunctions#ATTENTION_GRADIENTS} and {@link
 * ModelFunctions#EMBEDDING_GRADIENTS} of any model. Not thread-safe.
 *
 * <p>What is differentiated is the sum over the batch of each output's logit times its weight.
 * Texts of a batch do not depend on each other, so each gets its own gradient of its own sum: of
 * one class, of a contrast of two, or of whatever its weights say.
 */
public final class GradientFunctions {
  private final Function<String, FunctionBuilder> functions;
  private final ModelWriter model;

  /**
   * Starts with a model.
   *
   * @param functions starts a function of a name
   * @param model writes the model, with attention composed of operations that have derivatives
   */
  public GradientFunctions(Function<String, FunctionBuilder> functions, ModelWriter model) {
    this.functions = functions;
    this.model = model;
  }

  /** Writes a model up to its logits. */
  @FunctionalInterface
  public interface ModelWriter {
    /**
     * Writes it.
     *
     * @param function which gets the model's inputs, in the order of its other functions
     * @param words where its word vectors come from
     * @return what is differentiated, and by what
     */
    Written write(FunctionBuilder function, WordVectors words);
  }

  /**
   * A model inside a function.
   *
   * @param logits {@code [batch, outputs]}
   * @param attentions {@code [batch, heads, queries, keys]} each, in order
   */
  public record Written(Tensor logits, List<Tensor> attentions) {
    /**
     * Copies the list.
     *
     * @param logits as above
     * @param attentions as above
     */
    public Written {
      attentions = List.copyOf(attentions);
    }
  }

  /** Writes the gradients by attention weights, for a model that attends. */
  public void byAttention() {
    FunctionBuilder function = functions.apply(ModelFunctions.ATTENTION_GRADIENTS);
    Written written = model.write(function, WordVectors.lookedUp());
    List<Tensor> gradients = gradients(function, written.logits(), written.attentions());
    for (int layer = 0; layer < gradients.size(); layer++) {
      function.output(ModelFunctions.attention(layer), written.attentions().get(layer));
      function.output(ModelFunctions.attentionGradient(layer), gradients.get(layer));
    }
  }

  /**
   * Writes the gradient by word vectors, and the lookup of these, for a model that embeds words.
   */
  public void byEmbeddings() {
    FunctionBuilder function = functions.apply(ModelFunctions.EMBEDDING_GRADIENTS);
    WordVectors words = WordVectors.given();
    Written written = model.write(function, words);
    function.output(
        ModelFunctions.EMBEDDING_GRADIENT,
        gradients(function, written.logits(), List.of(words.vectors())).get(0));

    FunctionBuilder embed = functions.apply(ModelFunctions.EMBED);
    Parameter table = words.table();
    Axis[] positions = words.ids().shape().axes().toArray(Axis[]::new);
    Tensor ids = embed.input(ModelFunctions.INPUT_IDS, ElementType.INT64, positions);
    embed.output(ModelFunctions.EMBEDDINGS, embed.embedding(table, ids));
  }

  private static List<Tensor> gradients(
      FunctionBuilder function, Tensor logits, List<Tensor> wanted) {
    Tensor weights =
        function.input(
            ModelFunctions.OUTPUT_WEIGHTS,
            ElementType.FLOAT32,
            logits.shape().axes().toArray(Axis[]::new));
    function.output(ModelFunctions.LOGITS, logits);
    return Gradients.of(function, logits, weights, wanted);
  }
}
