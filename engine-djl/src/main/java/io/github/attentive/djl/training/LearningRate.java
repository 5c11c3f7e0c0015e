package io.github.attentive.djl.training;

/**
 * How the optimiser's step changes over a training: it rises in a straight line from 0, and then
 * stays or falls in a straight line to 0, as the schedules of transformers do.
 *
 * @param highest what it rises to
 * @param rising updates until it is there
 * @param falling updates from there to 0, or 0 if it stays
 */
record LearningRate(float highest, long rising, long falling) {

  /**
   * A rate for a number of updates.
   *
   * @param highest what it rises to
   * @param warmUp the share of updates in which it rises
   * @param falls whether it falls afterwards
   * @param updates of the whole training
   */
  static LearningRate of(float highest, float warmUp, boolean falls, long updates) {
    // As written: a tenth of ten is one, though the float is a little more than a tenth.
    long rising = (long) Math.ceil(Double.parseDouble(Float.toString(warmUp)) * updates);
    return new LearningRate(highest, rising, falls ? Math.max(1, updates - rising) : 0);
  }

  /** The rate of an update, counted from 0. */
  float at(long step) {
    if (step < rising) {
      return (float) ((double) highest * step / rising);
    }
    if (falling == 0) {
      return highest;
    }
    return (float) ((double) highest * Math.max(0, falling - (step - rising)) / falling);
  }
}
