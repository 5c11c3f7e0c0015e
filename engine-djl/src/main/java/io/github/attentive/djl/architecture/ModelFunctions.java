package io.github.attentive.djl.architecture;

/**
 * The functions of every model's graph, and the names of their inputs and outputs.
 *
 * <ul>
 *   <li>{@code classify}: {@code input_ids [batch, length]} (or {@code features}), and for encoders
 *       {@code attention_mask} and {@code token_type_ids} of the same shape, to {@code logits
 *       [batch, outputs]}
 *   <li>{@code explain}: the same inputs to {@code logits} and {@code attention_0 [batch, heads,
 *       queries, keys]} and so on, one for each layer; only for models with attention
 *   <li>{@code inspect}: the same inputs to what {@code explain} gives, and then for each layer
 *       {@code queries_0 [batch, heads, queries, d]}, {@code keys_0 [batch, heads, keys, d]} and
 *       {@code scores_0 [batch, heads, queries, keys]}, what the softmax sees, and so on; only for
 *       models whose attention compares queries with keys, and seldom called
 *   <li>{@code norms}: the same inputs to, one after the other for each layer, {@code layer_norms_0
 *       [batch, 1, queries, keys]} and {@code head_norms_0 [batch, heads, queries, keys]}: the norm
 *       of what the query takes from the key, of all heads together and of each; only for models
 *       whose attention moves vectors that are known, and seldom called
 *   <li>{@code embed}: {@code input_ids} to {@code embeddings [batch, length, d]}, the word vectors
 *       alone, before positions, types and norms; this and what follows for models that embed words
 *       in one way, and seldom called
 *   <li>{@code attention_gradients}: the inputs of {@code classify} and {@code output_weights
 *       [batch, outputs]} and {@code largest_weights [batch, outputs]} to {@code logits}, {@code
 *       factors [batch, outputs]}, which are {@code output_weights} and, for the first of a text's
 *       largest logits, its {@code largest_weights} besides, and then, one after the other for each
 *       layer, {@code attention_0} and {@code attention_gradient_0} of the same shape: the gradient
 *       of the sum of {@code factors * logits}; only for models with attention, and seldom called
 *   <li>{@code embedding_gradients}: the inputs of {@code classify}, {@code embeddings} in place of
 *       the word vectors of {@code input_ids}, and {@code output_weights}, to {@code logits} and
 *       {@code embedding_gradient [batch, length, d]}
 *   <li>{@code loss}: the same inputs and {@code targets} to {@code mean_loss}, one number, and
 *       {@code logits}, with dropout where the model has it; Keras-style models also take {@code
 *       occurrences [batch, length, d]} that are added to the word vectors (zeros, to differentiate
 *       by)
 *   <li>{@code validation_loss}: the same without dropout, only for models that have it
 * </ul>
 *
 * <p>What is exported has no losses and nothing that is seldom called.
 */
public final class ModelFunctions {
  /** The function that classifies. */
  public static final String CLASSIFY = "classify";

  /** The function that gives attention, too. */
  public static final String EXPLAIN = "explain";

  /** The function that gives queries, keys and scores of the attention, too. */
  public static final String INSPECT = "inspect";

  /** The function that gives the norms of what attention moves. */
  public static final String NORMS = "norms";

  /** The function that looks up word vectors. */
  public static final String EMBED = "embed";

  /** The function that gives gradients by attention weights. */
  public static final String ATTENTION_GRADIENTS = "attention_gradients";

  /** The function that gives gradients by word vectors. */
  public static final String EMBEDDING_GRADIENTS = "embedding_gradients";

  /** The function to train by. */
  public static final String LOSS = "loss";

  /** The function to validate by, for models with dropout. */
  public static final String VALIDATION_LOSS = "validation_loss";

  /** Token numbers, {@code [batch, length]}. */
  public static final String INPUT_IDS = "input_ids";

  /** A number for each word of the vocabulary, {@code [batch, features]}, in place of tokens. */
  public static final String FEATURES = "features";

  /** 1 for tokens, 0 for padding, {@code [batch, length]}. */
  public static final String ATTENTION_MASK = "attention_mask";

  /** 0 for tokens of the first text, 1 for those of the second, {@code [batch, length]}. */
  public static final String TOKEN_TYPE_IDS = "token_type_ids";

  /** Word vectors, {@code [batch, length, d]}. */
  public static final String EMBEDDINGS = "embeddings";

  /** What each logit counts in the sum that is differentiated, {@code [batch, outputs]}. */
  public static final String OUTPUT_WEIGHTS = "output_weights";

  /** What each logit counts besides if it is its text's largest, {@code [batch, outputs]}. */
  public static final String LARGEST_WEIGHTS = "largest_weights";

  /** What each logit did count in the sum that is differentiated, {@code [batch, outputs]}. */
  public static final String FACTORS = "factors";

  /** The gradient by word vectors, {@code [batch, length, d]}. */
  public static final String EMBEDDING_GRADIENT = "embedding_gradient";

  /** What is added to the word vector of each occurrence of a word, {@code [batch, length, d]}. */
  public static final String OCCURRENCES = "occurrences";

  /** True classes: {@code [batch, 1]} floats for two classes, else {@code [batch]} numbers. */
  public static final String TARGETS = "targets";

  /** Raw outputs, {@code [batch, outputs]}. */
  public static final String LOGITS = "logits";

  /** The mean loss of a batch. */
  public static final String MEAN_LOSS = "mean_loss";

  private ModelFunctions() {}

  /**
   * The attention weights of a layer, {@code [batch, heads, queries, keys]}.
   *
   * @param layer counted from 0
   * @return the output's name
   */
  public static String attention(int layer) {
    return "attention_" + layer;
  }

  /**
   * The gradient by the attention weights of a layer, of their shape.
   *
   * @param layer counted from 0
   * @return the output's name
   */
  public static String attentionGradient(int layer) {
    return "attention_gradient_" + layer;
  }

  /**
   * The queries of a layer, {@code [batch, heads, queries, d]}.
   *
   * @param layer counted from 0
   * @return the output's name
   */
  public static String queries(int layer) {
    return "queries_" + layer;
  }

  /**
   * The keys of a layer, {@code [batch, heads, keys, d]}.
   *
   * @param layer counted from 0
   * @return the output's name
   */
  public static String keys(int layer) {
    return "keys_" + layer;
  }

  /**
   * What the softmax of a layer sees, {@code [batch, heads, queries, keys]}.
   *
   * @param layer counted from 0
   * @return the output's name
   */
  public static String scores(int layer) {
    return "scores_" + layer;
  }

  /**
   * The norms of what the heads of a layer move together, {@code [batch, 1, queries, keys]}.
   *
   * @param layer counted from 0
   * @return the output's name
   */
  public static String layerNorms(int layer) {
    return "layer_norms_" + layer;
  }

  /**
   * The norms of what each head of a layer moves, {@code [batch, heads, queries, keys]}.
   *
   * @param layer counted from 0
   * @return the output's name
   */
  public static String headNorms(int layer) {
    return "head_norms_" + layer;
  }
}
