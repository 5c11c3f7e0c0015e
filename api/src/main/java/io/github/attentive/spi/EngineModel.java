package io.github.attentive.spi;

import io.github.attentive.Finding;
import io.github.attentive.ModelInfo;
import io.github.attentive.TextInput;
import java.util.List;
import java.util.Optional;

/**
 * An opened model of an engine: texts in, plain numbers out.
 *
 * <p>Calls come from many threads at once. {@link #close()} comes once, when no call runs and none
 * will follow.
 */
public interface EngineModel extends AutoCloseable {

  /**
   * What is known of the model.
   *
   * @return its description; the same at every call
   */
  ModelInfo info();

  /**
   * Which positions the classification head reads.
   *
   * @return the rows of the attention that the decision looked through
   */
  PositionsRead positionsRead();

  /**
   * Runs the model. The outputs do not depend on how inputs are grouped or ordered.
   *
   * @param inputs at least one input
   * @param detail what is wanted; no more than {@link Detail#SCORES} for a model without attention
   * @return an output for each input, in the same order
   * @throws io.github.attentive.InvalidInputException if the model cannot take an input, or its
   *     attention has no queries and keys and they are wanted
   * @throws io.github.attentive.InferenceException if the model fails
   */
  List<ModelOutput> run(List<TextInput> inputs, Detail detail);

  /**
   * Gradients, if the model has them.
   *
   * @return the same at every call, or empty for a model whose arithmetic is not known
   */
  default Optional<GradientModel> gradients() {
    return Optional.empty();
  }

  /**
   * Texts with tokens left out, if the model can be given them.
   *
   * @return the same at every call, or empty for a model that takes nothing but text
   */
  default Optional<ErasureModel> erasure() {
    return Optional.empty();
  }

  /**
   * Norms of attention, if the model has them.
   *
   * @return the same at every call, or empty for a model without attention, or whose arithmetic is
   *     not known
   */
  default Optional<NormModel> norms() {
    return Optional.empty();
  }

  /**
   * Makes the checks that only the engine can, for {@link io.github.attentive.ModelDoctor}: for
   * instance whether the model tells the texts of a pair apart by their token types.
   *
   * @return what was found, in a stable order; nothing by default
   */
  default List<Finding> examine() {
    return List.of();
  }

  /** Frees everything the model holds. */
  @Override
  void close();
}
