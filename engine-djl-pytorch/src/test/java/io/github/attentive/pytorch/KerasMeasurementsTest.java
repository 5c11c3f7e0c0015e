package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Classifier;
import io.github.attentive.Dataset;
import io.github.attentive.Trainer;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingOptions;
import io.github.attentive.Word;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings of 100 epochs over the seeds 0 to 9 end where those of Keras end: the medians lie
 * between the least and the most of ten trainings by Keras.
 */
class KerasMeasurementsTest {
  private static final int SEEDS = 10;
  private static final String TEXT = "the movie was boring";

  @TempDir Path folder;

  /** What ten trainings gave: loss and accuracy of the last epoch, and how often what was seen. */
  private static final class Runs {
    private final double[] losses = new double[SEEDS];
    private final double[] accuracies = new double[SEEDS];
    private int negative;
    private int boringOnTop;

    double medianLoss() {
      return median(losses);
    }

    double medianAccuracy() {
      return median(accuracies);
    }

    private static double median(double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      return (sorted[SEEDS / 2 - 1] + sorted[SEEDS / 2]) / 2;
    }
  }

  private Runs train(TrainingOptions.Builder options, String data, boolean attention)
      throws IOException {
    Dataset reviews = Reviews.fixture(data);
    Runs runs = new Runs();
    for (int seed = 0; seed < SEEDS; seed++) {
      Path model = folder.resolve("seed" + seed);
      TrainingHistory history = Trainer.train(options.seed(seed).build(), reviews, model);
      runs.losses[seed] = history.last().loss();
      runs.accuracies[seed] = history.last().accuracy();
      try (Classifier classifier = Classifier.load(model)) {
        runs.negative += classifier.classify(TEXT).label().equals("negative") ? 1 : 0;
      }
      if (attention) {
        runs.boringOnTop += topWord(model).equals("boring") ? 1 : 0;
      }
    }
    return runs;
  }

  private static String topWord(Path model) {
    try (AttentionExplainer explainer = AttentionExplainer.load(model)) {
      return explainer.explain(TEXT).words().stream()
          .max(Comparator.comparingDouble(Word::weight))
          .orElseThrow()
          .text();
    }
  }

  @Test
  void tenReviewsTenTimesWithAttention() throws IOException {
    Runs runs = train(Reviews.attention(100), "reviews_10x10.tsv", true);
    assertThat(runs.medianLoss()).isBetween(0.0318, 0.0402);
    assertThat(runs.medianAccuracy()).isEqualTo(1);
  }

  @Test
  void hundredReviewsWithAttention() throws IOException {
    Runs runs = train(Reviews.attention(100), "reviews_100.tsv", true);
    assertThat(runs.medianLoss()).isBetween(0.350, 0.427);
    assertThat(runs.medianAccuracy()).isBetween(0.79, 0.90);
    assertThat(runs.negative).isGreaterThanOrEqualTo(9);
    assertThat(runs.boringOnTop).isGreaterThanOrEqualTo(9);
  }

  @Test
  void hundredReviewsWithPooling() throws IOException {
    Runs runs = train(Reviews.pooling(100), "reviews_100.tsv", false);
    assertThat(runs.medianLoss()).isBetween(0.420, 0.468);
    assertThat(runs.medianAccuracy()).isBetween(0.82, 0.88);
    assertThat(runs.negative).isGreaterThanOrEqualTo(9);
  }
}
