package io.github.attentive.samples.cli;

import io.github.attentive.EpochReport;
import io.github.attentive.StepReport;
import io.github.attentive.TrainingListener;
import java.util.Locale;

/** Shows how training goes: a bar drawn over on a terminal, else a line now and then. */
final class ProgressLine implements TrainingListener {
  /** Lines of short epochs in all, and seconds between those of long ones. */
  private static final int LINES = 10;

  private static final long PAUSE_NANOS = 10_000_000_000L;

  /** Time between two drawings of the bar. */
  private static final long FRAME_NANOS = 200_000_000L;

  private static final int BAR = 20;

  private final Console console;
  private long lastShown = System.nanoTime();
  private int width;

  ProgressLine(Console console) {
    this.console = console;
  }

  @Override
  public void onNotice(String text) {
    show(text, true);
  }

  @Override
  public void onStep(StepReport report) {
    long pause = console.interactive() ? FRAME_NANOS : PAUSE_NANOS;
    if (System.nanoTime() - lastShown < pause) {
      return;
    }
    double done = report.epoch() - 1 + (double) report.step() / report.steps();
    show(
        bar(done / report.epochs())
            + String.format(
                Locale.ROOT,
                "epoch %s/%s  update %s/%s  loss %.4f  rate %.2g  %.0f examples/s  %s left",
                report.epoch(),
                report.epochs(),
                report.step(),
                report.steps(),
                report.loss(),
                report.rate(),
                report.examplesPerSecond(),
                duration(report.secondsLeft())),
        !console.interactive());
  }

  @Override
  public void onEpoch(EpochReport report) {
    boolean last = report.epoch() == report.epochs();
    boolean due =
        last
            || report.epoch() % Math.max(1, report.epochs() / LINES) == 0
            || System.nanoTime() - lastShown > PAUSE_NANOS;
    if (console.interactive() || due) {
      boolean stays = !console.interactive() || last || report.epochs() <= LINES;
      show(bar((double) report.epoch() / report.epochs()) + figures(report), stays);
    }
  }

  private static String figures(EpochReport report) {
    String figures =
        String.format(
            Locale.ROOT,
            "epoch %s/%s  loss %.4f  accuracy %.4f",
            report.epoch(),
            report.epochs(),
            report.loss(),
            report.accuracy());
    EpochReport.Validation validation = report.validation();
    return validation == null
        ? figures
        : figures
            + String.format(
                Locale.ROOT,
                "  validation loss %.4f  accuracy %.4f",
                validation.loss(),
                validation.accuracy());
  }

  private String bar(double share) {
    if (!console.interactive()) {
      return "";
    }
    int done = (int) (BAR * share);
    return "[" + "=".repeat(done) + " ".repeat(BAR - done) + "] ";
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : whole < 3600
            ? "%s min %s s".formatted(whole / 60, whole % 60)
            : "%s h %s min".formatted(whole / 3600, whole / 60 % 60);
  }

  /** Draws over what stood in the line before. */
  private void show(String line, boolean stays) {
    lastShown = System.nanoTime();
    if (!console.interactive()) {
      console.err().println(line);
      return;
    }
    console.err().print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
    width = line.length();
    if (stays) {
      console.err().print("\n");
      width = 0;
    }
    console.err().flush();
  }
}
