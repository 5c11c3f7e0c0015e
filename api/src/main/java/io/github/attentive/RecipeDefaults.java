package io.github.attentive;

/**
 * What a recipe does where nothing else is said.
 *
 * @param epochs passes over the data
 * @param batchSize examples of an update
 * @param learningRate the optimiser's step, from fresh weights
 * @param tuningRate the same, from a checkpoint
 * @param maxTokens entries of a vocabulary that is learned
 * @param maxLength positions of a text
 * @param embeddingSize numbers of a word vector
 * @param hiddenSize numbers of a recurrent state
 * @param dropout what training drops before the last layer
 * @param weightDecay share of the rate that weights lose
 * @param warmUp share of the updates in which the rate rises
 * @param longestGradient what gradients are cut to, 0 for no cut
 */
record RecipeDefaults(
    int epochs,
    int batchSize,
    float learningRate,
    float tuningRate,
    int maxTokens,
    int maxLength,
    int embeddingSize,
    int hiddenSize,
    float dropout,
    float weightDecay,
    float warmUp,
    float longestGradient) {

  private static final RecipeDefaults KERAS =
      new RecipeDefaults(100, 32, 1e-3f, 1e-3f, 100, 5, 16, 0, 0, 0, 0, 0);
  private static final RecipeDefaults BIGRU =
      new RecipeDefaults(6, 64, 1e-3f, 1e-3f, 8_000, 128, 100, 256, 0.3f, 0, 0, 0);
  private static final RecipeDefaults BERT =
      new RecipeDefaults(3, 32, 3e-4f, 2e-5f, 8_000, 64, 128, 0, 0, 0.01f, 0.1f, 1);

  static RecipeDefaults of(Recipe recipe) {
    return switch (recipe) {
      case KERAS_ATTENTION, KERAS_POOLING -> KERAS;
      case BIGRU_ATTENTION -> BIGRU;
      case BERT -> BERT;
    };
  }
}
