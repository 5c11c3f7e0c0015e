package io.github.attentive.samples.cli;

import io.github.attentive.EpochReport;
import io.github.attentive.TrainingListener;
import java.util.Locale;

/** Shows how training goes: a line drawn over on a terminal, else ten lines in all. */
final class ProgressLine implements TrainingListener {
  private static final int LINES = 10;
  private static final int BAR = 20;

  private final Console console;

  ProgressLine(Console console) {
    this.console = console;
  }

  @Override
  public void onEpoch(EpochReport report) {
    boolean last = report.epoch() == report.epochs();
    String figures =
        String.format(
            Locale.ROOT,
            "epoch %s/%s  loss %.4f  accuracy %.4f",
            report.epoch(),
            report.epochs(),
            report.loss(),
            report.accuracy());
    EpochReport.Validation validation = report.validation();
    if (validation != null) {
      figures +=
          String.format(
              Locale.ROOT,
              "  validation loss %.4f  accuracy %.4f",
              validation.loss(),
              validation.accuracy());
    }
    if (console.interactive()) {
      int done = BAR * report.epoch() / report.epochs();
      console
          .err()
          .print(
              "\r["
                  + "=".repeat(done)
                  + " ".repeat(BAR - done)
                  + "] "
                  + figures
                  + (last ? "\n" : ""));
      console.err().flush();
    } else if (last || report.epoch() % Math.max(1, report.epochs() / LINES) == 0) {
      console.err().println(figures);
    }
  }
}
