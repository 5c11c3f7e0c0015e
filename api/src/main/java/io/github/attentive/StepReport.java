package io.github.attentive;

/**
 * How a training goes, after an update.
 *
 * @param epoch counted from 1
 * @param epochs how many there will be
 * @param step updates of this epoch so far, at least 1
 * @param steps updates that an epoch has
 * @param loss mean over the examples of the epoch as they were seen so far
 * @param rate the optimiser's step in this update
 * @param examplesPerSecond since this training began or was resumed; 0 before there is a measure
 * @param secondsLeft until the last epoch ends, at this speed and without validation
 */
public record StepReport(
    int epoch,
    int epochs,
    int step,
    int steps,
    double loss,
    float rate,
    double examplesPerSecond,
    double secondsLeft) {}
