package io.github.attentive.djl.training;

/**
 * The Adam optimiser (Kingma and Ba 2015) as Keras 3 has it, for one parameter.
 *
 * <p>The rate is {@code rate sqrt(1 - beta2^t) / (1 - beta1^t)} and epsilon is added to {@code
 * sqrt(v)} as it is. Squares are given apart from the gradient, since Keras squares the gradient of
 * an embedding per occurrence of a word and sums afterwards: for a word that stands in a batch many
 * times {@code v} is the smaller and the step the larger for it. PyTorch's optimisers square the
 * sum.
 */
final class KerasAdam {
  private static final float BETA_1 = 0.9f;
  private static final float BETA_2 = 0.999f;
  private static final float EPSILON = 1e-7f;

  private final float rate;
  private final float[] weights;
  private final float[] mean;
  private final float[] square;
  private long updates;

  KerasAdam(float rate, float[] weights) {
    this.rate = rate;
    this.weights = weights.clone();
    this.mean = new float[weights.length];
    this.square = new float[weights.length];
  }

  /**
   * Moves the weights.
   *
   * @param gradient of the loss by each weight
   * @param squares the gradient's square by each weight
   */
  void update(float[] gradient, float[] squares) {
    updates++;
    float step =
        (float) (rate * Math.sqrt(1 - Math.pow(BETA_2, updates)) / (1 - Math.pow(BETA_1, updates)));
    for (int i = 0; i < weights.length; i++) {
      mean[i] += (gradient[i] - mean[i]) * (1 - BETA_1);
      square[i] += (squares[i] - square[i]) * (1 - BETA_2);
      weights[i] -= mean[i] * step / ((float) Math.sqrt(square[i]) + EPSILON);
    }
  }

  /** Moves the weights of a parameter that is used once: its squares are those of the gradient. */
  void update(float[] gradient) {
    float[] squares = new float[gradient.length];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = gradient[i] * gradient[i];
    }
    update(gradient, squares);
  }

  /** The weights as they are now; not a copy. */
  float[] weights() {
    return weights;
  }

  /** The mean of gradients; not a copy. */
  float[] mean() {
    return mean;
  }

  /** The mean of their squares; not a copy. */
  float[] square() {
    return square;
  }

  /** Goes on from another state. */
  void restore(long updates, float[] weights, float[] mean, float[] square) {
    this.updates = updates;
    System.arraycopy(weights, 0, this.weights, 0, weights.length);
    System.arraycopy(mean, 0, this.mean, 0, mean.length);
    System.arraycopy(square, 0, this.square, 0, square.length);
  }
}
