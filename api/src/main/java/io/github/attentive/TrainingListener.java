package io.github.attentive;

/**
 * Hears how training goes, on the thread that trains. An exception thrown here ends the training;
 * what the last checkpoint holds can be resumed.
 */
@FunctionalInterface
public interface TrainingListener {

  /**
   * An epoch has ended.
   *
   * @param report how it went
   */
  void onEpoch(EpochReport report);

  /**
   * The weights have moved.
   *
   * @param report how it goes
   */
  default void onStep(StepReport report) {}

  /**
   * Something was decided that the options do not say, for one that a checkpoint gets a fresh head.
   *
   * @param text a sentence
   */
  default void onNotice(String text) {}
}
