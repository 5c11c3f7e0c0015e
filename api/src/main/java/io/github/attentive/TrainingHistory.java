package io.github.attentive;

import java.util.List;

/**
 * How a training went.
 *
 * @param epochs a report for each epoch, in order
 * @param kept the epoch whose weights were saved, counted from 1
 */
public record TrainingHistory(List<EpochReport> epochs, int kept) {

  /**
   * Creates a history.
   *
   * @param epochs as above
   * @param kept as above
   * @throws InvalidInputException if {@code kept} is not an epoch
   */
  public TrainingHistory {
    epochs = List.copyOf(epochs);
    if (kept < 1 || kept > epochs.size()) {
      throw new InvalidInputException(
          "kept epoch: expected 1 to %s, got %s".formatted(epochs.size(), kept));
    }
  }

  /**
   * The last epoch.
   *
   * @return its report
   */
  public EpochReport last() {
    return epochs.get(epochs.size() - 1);
  }
}
