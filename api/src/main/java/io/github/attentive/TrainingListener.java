package io.github.attentive;

/** Hears how training goes, on the thread that trains. */
@FunctionalInterface
public interface TrainingListener {

  /**
   * An epoch has ended. An exception thrown here ends the training; nothing is saved.
   *
   * @param report how it went
   */
  void onEpoch(EpochReport report);
}
