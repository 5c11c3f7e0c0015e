package io.github.attentive;

import org.jspecify.annotations.Nullable;

/**
 * How an epoch of training went.
 *
 * @param epoch counted from 1
 * @param epochs how many there will be
 * @param loss mean over the examples as they were seen during the epoch, before each update
 * @param accuracy share of examples whose label was predicted, likewise
 * @param validation loss and accuracy on the held-out examples after the epoch, or null without
 *     them
 * @param seconds how long the epoch took
 */
public record EpochReport(
    int epoch,
    int epochs,
    double loss,
    double accuracy,
    @Nullable Validation validation,
    double seconds) {

  /**
   * How the model does on held-out examples.
   *
   * @param loss mean over the examples
   * @param accuracy share of examples whose label is predicted
   */
  public record Validation(double loss, double accuracy) {}
}
