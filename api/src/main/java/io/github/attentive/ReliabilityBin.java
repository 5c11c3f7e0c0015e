package io.github.attentive;

/**
 * The predictions of about one confidence, and how many of them are right: a bar of a reliability
 * diagram. The predicted label's probability is above {@code low} and not above {@code high}; the
 * first bin has probability 0, too.
 *
 * @param low where the bin starts, in [0, 1)
 * @param high where it ends, in (0, 1]
 * @param count number of its predictions
 * @param confidence mean probability of the predicted labels, in [0, 1]; 0 without predictions
 * @param accuracy share of right predictions, in [0, 1]; 0 without predictions
 */
public record ReliabilityBin(
    double low, double high, int count, double confidence, double accuracy) {}
