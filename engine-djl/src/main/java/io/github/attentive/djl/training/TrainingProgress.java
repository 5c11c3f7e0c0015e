package io.github.attentive.djl.training;

import io.github.attentive.EpochReport;
import io.github.attentive.TrainingHistory;
import io.github.attentive.djl.graph.Parameter;
import java.util.ArrayList;
import java.util.List;

/** How far a training is: what a checkpoint holds beside the optimiser's state. */
final class TrainingProgress {
  private final List<EpochReport> reports;
  private long updates;
  private int step;
  private double seconds;
  private EpochFigures seen;
  private int keptEpoch;
  private List<Parameter> best;

  /** The beginning. */
  TrainingProgress() {
    this(List.of(), 0, 0, 0, new EpochFigures(), 0, List.of());
  }

  /**
   * A place in the middle.
   *
   * @param reports of the epochs that have ended
   * @param updates made so far
   * @param step updates of the epoch that goes on
   * @param seconds it has taken
   * @param seen its figures so far
   * @param keptEpoch the best of the epochs that have ended, 0 for none
   * @param best its weights, where they are kept
   */
  TrainingProgress(
      List<EpochReport> reports,
      long updates,
      int step,
      double seconds,
      EpochFigures seen,
      int keptEpoch,
      List<Parameter> best) {
    this.reports = new ArrayList<>(reports);
    this.updates = updates;
    this.step = step;
    this.seconds = seconds;
    this.seen = seen;
    this.keptEpoch = keptEpoch;
    this.best = best;
  }

  /** An update was made. */
  void stepDone(double itsSeconds) {
    updates++;
    step++;
    seconds += itsSeconds;
  }

  /** The epoch has ended. */
  void epochDone(EpochReport report) {
    reports.add(report);
    step = 0;
    seconds = 0;
    seen = new EpochFigures();
  }

  /** The epoch that is about to end is better than those before. */
  void keep(List<Parameter> weights) {
    keptEpoch = epoch();
    best = weights;
  }

  /** The epoch that goes on, counted from 1. */
  int epoch() {
    return reports.size() + 1;
  }

  /** Whether an epoch's accuracy on held-out examples is higher than that of those before. */
  boolean isBest(EpochReport.Validation validation) {
    return keptEpoch == 0
        || validation.accuracy() > reports.get(keptEpoch - 1).validation().accuracy();
  }

  /** How many epochs have ended since the best one. */
  int epochsSinceBest() {
    return reports.size() - keptEpoch;
  }

  TrainingHistory history() {
    return new TrainingHistory(reports, keptEpoch == 0 ? reports.size() : keptEpoch);
  }

  List<EpochReport> reports() {
    return reports;
  }

  long updates() {
    return updates;
  }

  int step() {
    return step;
  }

  double seconds() {
    return seconds;
  }

  EpochFigures seen() {
    return seen;
  }

  int keptEpoch() {
    return keptEpoch;
  }

  /** The weights of the best epoch; empty where the last ones are kept. */
  List<Parameter> best() {
    return best;
  }
}
