package io.github.attentive.explain;

import io.github.attentive.InvalidInputException;

/**
 * Scores of tokens from one gradient with respect to their embeddings. Nothing is normalised.
 * Stateless.
 */
public final class InputGradient {
  private InputGradient() {}

  /**
   * Input times gradient: the first-order estimate of what a token adds, {@code sum over dimensions
   * of e_td * dy/de_td}, signed.
   *
   * @param embeddings {@code [tokens][dimensions]}, finite
   * @param gradient the target's gradient, of the same shape, finite
   * @return a score for each token; none for no tokens
   * @throws InvalidInputException if shapes differ or a number is not finite
   */
  public static double[] timesInput(double[][] embeddings, double[][] gradient) {
    checkSameShape(embeddings, gradient);
    double[][] products = new double[embeddings.length][];
    for (int t = 0; t < embeddings.length; t++) {
      products[t] = embeddings[t].clone();
      for (int d = 0; d < products[t].length; d++) {
        products[t][d] *= gradient[t][d];
      }
    }
    return sums(products);
  }

  /**
   * The Euclidean length of each token's gradient: how much the target changes with it, whatever
   * the direction.
   *
   * @param gradient {@code [tokens][dimensions]}, finite
   * @return a score for each token, 0 or above; none for no tokens
   * @throws InvalidInputException if the gradient is ragged or a number is not finite
   */
  public static double[] norms(double[][] gradient) {
    checkSameShape(gradient, gradient);
    double[] norms = new double[gradient.length];
    for (int t = 0; t < norms.length; t++) {
      norms[t] = norm(gradient[t]);
    }
    return norms;
  }

  /** Refuses two arrays that are not one rectangle each of the same sizes. */
  static void checkSameShape(double[][] embeddings, double[][] gradient) {
    int dimensions = embeddings.length == 0 ? 0 : embeddings[0].length;
    MatrixChecks.matrix("embeddings", embeddings, embeddings.length, dimensions);
    MatrixChecks.matrix("gradient of the embeddings", gradient, embeddings.length, dimensions);
  }

  /** The signed sum over the dimensions of each token. */
  static double[] sums(double[][] values) {
    double[] sums = new double[values.length];
    for (int t = 0; t < sums.length; t++) {
      for (double value : values[t]) {
        sums[t] += value;
      }
    }
    return sums;
  }

  static double norm(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}
