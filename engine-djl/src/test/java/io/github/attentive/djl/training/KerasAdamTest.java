package io.github.attentive.djl.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KerasAdamTest {
  /**
   * By hand, rate 0.1 and gradients 1, -2, 0: m = 0.1, -0.11, -0.099; v = 0.001, 0.004999,
   * 0.004994001; steps m * rate * sqrt(1 - 0.999^t) / (1 - 0.9^t) / sqrt(v) = 0.1, -0.0366103,
   * -0.0283003.
   */
  @Test
  void followsASequenceComputedByHand() {
    KerasAdam adam = new KerasAdam(0.1f, new float[] {1});
    adam.update(new float[] {1});
    assertThat(adam.weights()[0]).isCloseTo(0.9f, within(2e-6f));
    adam.update(new float[] {-2});
    assertThat(adam.weights()[0]).isCloseTo(0.9366103f, within(3e-6f));
    adam.update(new float[] {0});
    assertThat(adam.weights()[0]).isCloseTo(0.9649106f, within(4e-6f));
  }

  @Test
  void epsilonIsAddedToTheRootAsItIs() {
    // With a gradient of 1e-6 the root of v is 3.2e-8, a third of epsilon.
    KerasAdam adam = new KerasAdam(1, new float[] {0});
    adam.update(new float[] {1e-6f});
    double root = Math.sqrt(0.001) * 1e-6;
    double step = Math.sqrt(0.001) / 0.1 * 1e-7 / (root + 1e-7);
    assertThat((double) adam.weights()[0]).isCloseTo(-step, within(1e-5));
  }

  @Test
  void squaresCanBeGivenApartFromTheGradient() {
    // Two occurrences with gradients 3 and -1: their sum is 2, their squares sum to 10, not 4.
    KerasAdam adam = new KerasAdam(0.1f, new float[] {0});
    adam.update(new float[] {2}, new float[] {10});
    assertThat((double) adam.weights()[0]).isCloseTo(-0.1 * 2 / Math.sqrt(10), within(1e-6));
  }

  @Test
  void followsTheSameInDoublePrecision() {
    SplittableRandom random = new SplittableRandom(5);
    int size = 40;
    float rate = 0.01f;
    float[] start = new float[size];
    double[] weights = new double[size];
    double[] m = new double[size];
    double[] v = new double[size];
    for (int i = 0; i < size; i++) {
      start[i] = (float) random.nextDouble();
      weights[i] = start[i];
    }
    KerasAdam adam = new KerasAdam(rate, start);
    for (int t = 1; t <= 500; t++) {
      float[] gradient = new float[size];
      float[] squares = new float[size];
      for (int i = 0; i < size; i++) {
        // Some weights stand still for most of the time, as those of rare words do.
        boolean still = i % 4 == 3 && t % 50 != 0;
        gradient[i] = still ? 0 : (float) ((random.nextDouble() - 0.4) * Math.pow(10, -i % 5));
        squares[i] = gradient[i] * gradient[i] * (1 + i % 2);
        m[i] = 0.9 * m[i] + 0.1 * gradient[i];
        v[i] = 0.999 * v[i] + 0.001 * squares[i];
        double alpha = rate * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
        weights[i] -= alpha * m[i] / (Math.sqrt(v[i]) + 1e-7);
      }
      adam.update(gradient, squares);
    }
    for (int i = 0; i < size; i++) {
      // The path is up to 500 steps of about 0.01 long.
      assertThat((double) adam.weights()[i]).as("weight %d", i).isCloseTo(weights[i], within(2e-5));
      assertThat(Math.abs(weights[i] - start[i])).isGreaterThan(1e-3);
    }
  }

  @Test
  void theFirstWeightsAreCopied() {
    float[] first = {1, 2};
    KerasAdam adam = new KerasAdam(0.1f, first);
    adam.update(new float[] {1, 1});
    assertThat(first).containsExactly(1, 2);
  }
}
