package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.EpochReport;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TrainingHistory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class LearningCurveTest {
  private static final double NAN = Double.NaN;
  private static final double[] LOSS = {0.7, 0.5, 0.4};
  private static final double[] ACCURACY = {0.5, 0.75, 0.875};

  private static LearningCurve curve() {
    return LearningCurve.of(LOSS, ACCURACY)
        .validation(new double[] {0.65, 0.55, 0.6}, new double[] {0.6, 0.7, 0.65})
        .kept(2);
  }

  /** The paths with a tooltip. */
  private static List<Element> points(Svg svg) {
    return Documents.elements(svg, "path").stream()
        .filter(path -> path.getElementsByTagName("title").getLength() == 1)
        .toList();
  }

  private static List<String> lines(Svg svg) {
    return Documents.elements(svg, "path").stream()
        .filter(path -> path.hasAttribute("stroke-width"))
        .map(path -> path.getAttribute("d"))
        .toList();
  }

  @Test
  void aHistoryIsDrawnAsItsNumbers() {
    List<EpochReport> reports =
        List.of(
            new EpochReport(1, 3, 0.7, 0.5, new EpochReport.Validation(0.65, 0.6), 9),
            new EpochReport(2, 3, 0.5, 0.75, new EpochReport.Validation(0.55, 0.7), 9),
            new EpochReport(3, 3, 0.4, 0.875, new EpochReport.Validation(0.6, 0.65), 9));
    assertThat(Svg.learningCurve(new TrainingHistory(reports, 2))).isEqualTo(curve().render());
  }

  @Test
  void aHistoryMayLackValidationWhollyOrInPart() {
    EpochReport without = new EpochReport(1, 2, 0.7, 0.5, null, 9);
    EpochReport with = new EpochReport(2, 2, 0.5, 0.75, new EpochReport.Validation(0.6, 0.7), 9);
    assertThat(Svg.learningCurve(new TrainingHistory(List.of(without, without), 2)))
        .isEqualTo(
            LearningCurve.of(new double[] {0.7, 0.7}, new double[] {0.5, 0.5}).kept(2).render());
    assertThat(Svg.learningCurve(new TrainingHistory(List.of(without, with), 2)))
        .isEqualTo(
            LearningCurve.of(new double[] {0.7, 0.5}, new double[] {0.5, 0.75})
                .validation(new double[] {NAN, 0.6}, new double[] {NAN, 0.7})
                .kept(2)
                .render());
  }

  @Test
  void titleAndAltTextStateTheFinding() {
    Svg svg = curve().render();
    assertThat(svg.altText())
        .isEqualTo(
            "Learning curve: epoch 2 of 3 kept, validation accuracy 0.700. 3 epochs."
                + " Training: loss from 0.7 to 0.4, accuracy from 0.500 to 0.875."
                + " Validation: loss from 0.65 to 0.6, accuracy from 0.600 to 0.650."
                + " The highest validation accuracy is 0.700, in epoch 2."
                + " The weights of epoch 2 were kept.");
    assertThat(Documents.texts(svg, "text"))
        .contains("Learning curve: epoch 2 of 3 kept, validation accuracy 0.700")
        .contains("Loss", "Accuracy", "Epoch", "training", "validation", "epoch 2 kept");
    assertThat(Documents.texts(svg, "title"))
        .contains("epoch 1, training: 0.7", "epoch 3, validation: 0.65");
  }

  @Test
  void withoutValidationOrKeptEpochNothingIsSaidOfThem() {
    Svg svg = LearningCurve.of(LOSS, ACCURACY).render();
    assertThat(svg.altText())
        .isEqualTo(
            "Learning curve of 3 epochs. 3 epochs. Training: loss from 0.7 to 0.4, accuracy from"
                + " 0.500 to 0.875. The highest training accuracy is 0.875, in epoch 3.");
    assertThat(Documents.texts(svg, "text")).doesNotContain("validation");
    assertThat(svg.toString()).doesNotContain("kept").doesNotContain("stroke-dasharray");
  }

  @Test
  void unknownNumbersAreSaidToBeUnknown() {
    Svg svg = LearningCurve.of(new double[] {NAN, NAN}, new double[] {NAN, 0.5}).kept(1).render();
    assertThat(svg.altText())
        .startsWith("Learning curve: epoch 1 of 2 kept. 2 epochs.")
        .contains("Training: loss unknown, accuracy 0.500.");
    assertThat(points(svg)).hasSize(1);
  }

  /** The ticks give the scale; by it every point is at its value. */
  @Test
  void pointsStandAtTheirValues() {
    Svg svg = curve().render();
    List<Element> points = points(svg);
    double[] values = {0.7, 0.5, 0.4, 0.65, 0.55, 0.6, 0.5, 0.75, 0.875, 0.6, 0.7, 0.65};
    assertThat(points).hasSize(values.length);
    Raster raster = Raster.of(svg, 1);
    for (int i = 0; i < values.length; i++) {
      TextBox shape = box(points.get(i));
      double y = (shape.top() + shape.bottom()) / 2;
      double x = (shape.left() + shape.right()) / 2;
      double panel = i < 6 ? 0 : 1;
      assertThat(valueAt(svg, y, panel)).isCloseTo(values[i], within(0.001));
      assertThat(x).isCloseTo(12 + i % 3 * 198, within(0.01));
      Colour colour = i % 6 < 3 ? BarsView.POSITIVE : BarsView.NEGATIVE;
      assertThat(raster.at(x - 1, y)).isEqualTo(colour.rgb());
    }
  }

  private static TextBox box(Element path) {
    String[] steps = path.getAttribute("d").substring(1).split("[a-z ]");
    double x = Double.parseDouble(steps[0]);
    double y = Double.parseDouble(steps[1]);
    boolean square = path.getAttribute("d").contains("h");
    double half = square ? Double.parseDouble(steps[2]) / 2 : Double.parseDouble(steps[2]);
    double left = square ? x : x - half;
    return new TextBox("", new java.awt.geom.Rectangle2D.Double(left, y, 2 * half, 2 * half));
  }

  private static double valueAt(Svg svg, double y, double panel) {
    List<Element> ticks =
        Documents.elements(svg, "text").stream()
            .filter(text -> text.getAttribute("text-anchor").equals("end"))
            .filter(text -> (Double.parseDouble(text.getAttribute("y")) > 160 ? 1 : 0) == panel)
            .toList();
    Element first = ticks.get(0);
    Element last = ticks.get(ticks.size() - 1);
    double from = Double.parseDouble(first.getAttribute("y"));
    double to = Double.parseDouble(last.getAttribute("y"));
    double low = Double.parseDouble(first.getTextContent());
    double high = Double.parseDouble(last.getTextContent());
    return low + (y - from) / (to - from) * (high - low);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 210", "2, 1, 12", "2, 2, 408", "3, 2, 210"})
  void theKeptEpochHasALineThroughBothPanels(int epochs, int kept, int x) {
    double[] values = Figures.noise(1, epochs, 1)[0];
    Svg svg = LearningCurve.of(values, values).kept(kept).render();
    assertThat(Documents.elements(svg, "path"))
        .anyMatch(path -> path.getAttribute("d").equals("M" + x + " -8v332"));
  }

  @Test
  void anEpochWithoutValueIsAGap() {
    double[] values = {0.1, 0.2, NAN, 0.4, NAN, 0.6};
    double[] complete = {0, 0.2, 0.4, 0.6, 0.8, 1};
    Svg svg = LearningCurve.of(values, complete).render();
    assertThat(lines(svg).get(0).chars().filter(c -> c == 'M').count()).isEqualTo(3);
    assertThat(points(svg)).hasSize(4 + 6);
  }

  @Test
  void manyEpochsAreLinesAlone() {
    double[] values = Figures.noise(1, 200, 1)[0];
    values[100] = NAN;
    values[102] = NAN;
    Svg svg = LearningCurve.of(values, Figures.noise(1, 200, 2)[0]).render();
    assertThat(points(svg)).singleElement();
    assertThat(Documents.texts(svg, "title").get(1)).startsWith("epoch 102, training: ");
    assertThat(lines(svg).get(1).chars().filter(c -> c == 'L').count()).isEqualTo(199);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "2, 1 2",
    "12, 1 2 3 4 5 6 7 8 9 10 11 12",
    "13, 2 4 6 8 10 12",
    "25, 1 5 10 15 20 25",
    "200, 1 20 40 60 80 100 120 140 160 180 200"
  })
  void epochsAreNamedInRoundSteps(int epochs, String expected) {
    double[] values = Figures.noise(1, epochs, 1)[0];
    Svg svg = LearningCurve.of(values, values).render();
    List<String> named =
        Documents.elements(svg, "text").stream()
            .filter(text -> text.getAttribute("y").equals("339"))
            .map(Element::getTextContent)
            .toList();
    assertThat(String.join(" ", named)).isEqualTo(expected);
  }

  @Test
  void extremesNameTheirPowerOfTenAtTheAxis() {
    Svg svg = LearningCurve.of(new double[] {3e-12, 1e-12, 2e-12}, ACCURACY).render();
    assertThat(Documents.texts(svg, "text")).contains("Loss (× 1e-12)", "1.0", "3.0");
  }

  @Test
  void linesAreSeenOnWhiteAndOnADarkPage() {
    for (Colour colour : List.of(BarsView.POSITIVE, BarsView.NEGATIVE)) {
      assertThat(colour.contrast(Colour.WHITE)).isGreaterThanOrEqualTo(3);
      assertThat(colour.contrast(new Colour(0x0D1117))).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void laterChangesToAnArrayAreNotDrawn() {
    double[] loss = LOSS.clone();
    LearningCurve curve = LearningCurve.of(loss, ACCURACY);
    Svg before = curve.render();
    loss[0] = 99;
    assertThat(curve.render()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.001, 1.001, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesWhatIsNoAccuracy(double accuracy) {
    assertThatThrownBy(() -> LearningCurve.of(new double[] {1, 1}, new double[] {1, accuracy}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "learning curve, training, epoch 2: expected an accuracy from 0 to 1, or NaN for none,"
                + " got %s",
            accuracy);
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> LearningCurve.of(new double[0], new double[0]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("learning curve: expected at least 1 epoch, got none");
    assertThatThrownBy(() -> LearningCurve.of(LOSS, new double[2]))
        .hasMessage(
            "learning curve, training: expected a loss and an accuracy for each of 3 epochs, got 3"
                + " and 2");
    assertThatThrownBy(() -> curve().validation(new double[4], new double[3]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("validation: expected a loss and an accuracy for each of 3 epochs");
    assertThatThrownBy(() -> curve().validation(new double[] {1, 1, 1 / 0.0}, ACCURACY))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "learning curve, validation, epoch 3: expected a finite loss, or NaN for none, got"
                + " Infinity");
    for (int epoch : new int[] {0, 4}) {
      assertThatThrownBy(() -> curve().kept(epoch))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("learning curve, kept epoch: expected 1 to 3, got %s", epoch);
    }
  }
}
