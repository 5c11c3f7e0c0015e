package io.github.attentive.viz;

import io.github.attentive.viz.LearningCurve.Series;
import java.util.ArrayList;
import java.util.List;

/** Draws one learning curve: the panel of the loss at the origin, that of the accuracy below. */
final class LearningCurveView {
  private static final int BETWEEN_PANELS = 24;
  private static final int GAP = 8;
  private static final int SAMPLE = 28;
  private static final int BETWEEN_SAMPLES = 24;

  private final LearningCurve options;
  private final LearningCurveTexts texts;
  private final Figure figure;
  private final EpochAxis axis;
  private final CurvePanel loss;
  private final CurvePanel accuracy;
  private final int bottom = 2 * CurvePanel.HEIGHT + BETWEEN_PANELS;

  LearningCurveView(LearningCurve options) {
    this.options = options;
    this.figure = new Figure("learning-curve", options);
    this.texts = new LearningCurveTexts(options);
    this.axis = new EpochAxis(options.epochs(), CurvePanel.WIDTH);
    List<Curve> losses = new ArrayList<>();
    List<Curve> accuracies = new ArrayList<>();
    add(Curve.Style.TRAINING, options.training(), losses, accuracies);
    Series validation = options.validation();
    if (validation != null) {
      add(Curve.Style.VALIDATION, validation, losses, accuracies);
    }
    this.loss = new CurvePanel("Loss", losses, axis, 0, -Double.MAX_VALUE, Double.MAX_VALUE);
    this.accuracy =
        new CurvePanel("Accuracy", accuracies, axis, CurvePanel.HEIGHT + BETWEEN_PANELS, 0, 1);
  }

  private static void add(
      Curve.Style style, Series series, List<Curve> losses, List<Curve> accuracies) {
    losses.add(new Curve(style, series.loss()));
    accuracies.add(new Curve(style, series.accuracy()));
  }

  Svg draw() {
    drawKept();
    loss.draw(figure);
    accuracy.draw(figure);
    double titles = figure.bounds().left() - GAP - Figure.AXIS_TITLE_SIZE / 2;
    loss.drawTitle(figure, titles);
    accuracy.drawTitle(figure, titles);
    axis.draw(figure, bottom);
    drawLegend();
    figure.table(texts.table());
    return figure.finish(
        texts.kind(), texts.size(), texts.title(), CurvePanel.WIDTH / 2.0, texts.finding());
  }

  /** Under the curves, and through both panels. */
  private void drawKept() {
    if (options.kept() == 0) {
      return;
    }
    double x = axis.x(options.kept() - 1);
    figure.rule(new PathData().moveTo(x, -GAP).down(bottom + GAP));
    figure.text(
        "epoch " + options.kept() + " kept",
        Figure.NOTE_SIZE,
        TextPlacement.middleAt(x, -GAP - 1 - Figure.NOTE_SIZE / 2));
  }

  private void drawLegend() {
    double y = figure.nextLine() + GAP;
    double x = 0;
    drawSample(Curve.Style.TRAINING, x, y);
    if (options.validation() != null) {
      x +=
          SAMPLE
              + GAP
              + TextMetrics.width(Curve.Style.TRAINING.label(), Figure.LABEL_SIZE)
              + BETWEEN_SAMPLES;
      drawSample(Curve.Style.VALIDATION, x, y);
    }
  }

  private void drawSample(Curve.Style style, double x, double y) {
    style.drawLine(figure.body(), new PathData().moveTo(x, y).across(SAMPLE));
    style.openPoint(figure.body(), x + SAMPLE / 2.0, y).close();
    figure.text(style.label(), Figure.LABEL_SIZE, TextPlacement.startAt(x + SAMPLE + GAP, y));
  }
}
