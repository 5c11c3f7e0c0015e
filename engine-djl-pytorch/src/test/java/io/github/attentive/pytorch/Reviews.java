package io.github.attentive.pytorch;

import io.github.attentive.Dataset;
import io.github.attentive.LabelledText;
import io.github.attentive.Recipe;
import io.github.attentive.TrainingOptions;
import io.github.attentive.djl.SharedFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Data to train on. */
final class Reviews {
  private static final String[] GOOD = {"great", "loved", "superb", "fun", "lovely"};
  private static final String[] BAD = {"boring", "bad", "dull", "awful", "weak"};

  private Reviews() {}

  /** 20 short reviews of two kinds. */
  static Dataset small() {
    List<LabelledText> examples = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      examples.add(LabelledText.of("the movie was " + GOOD[i], "positive"));
      examples.add(LabelledText.of("the movie was " + BAD[i], "negative"));
      examples.add(LabelledText.of(GOOD[i] + " acting and a story", "positive"));
      examples.add(LabelledText.of(BAD[i] + " acting and no story", "negative"));
    }
    return Dataset.of(examples);
  }

  /** 30 texts of three kinds. */
  static Dataset threeKinds() {
    List<LabelledText> examples = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      examples.add(LabelledText.of("the movie was " + GOOD[i], "positive"));
      examples.add(LabelledText.of(GOOD[i] + " acting", "positive"));
      examples.add(LabelledText.of("the movie was " + BAD[i], "negative"));
      examples.add(LabelledText.of(BAD[i] + " acting", "negative"));
      examples.add(LabelledText.of("the train leaves at noon", "neutral"));
      examples.add(LabelledText.of("noon is when it leaves", "neutral"));
    }
    return Dataset.of(examples);
  }

  /** A file of texts and labels, 1 for positive, with a tab between. */
  static Dataset fixture(String name) throws IOException {
    List<LabelledText> examples = new ArrayList<>();
    for (String line : Files.readAllLines(SharedFixtures.path("keras/" + name))) {
      String[] fields = line.split("\t", -1);
      examples.add(LabelledText.of(fields[0], fields[1]));
    }
    return Dataset.of(examples, List.of("0", "1")).withLabelNames(List.of("negative", "positive"));
  }

  static TrainingOptions.Builder attention(int epochs) {
    return TrainingOptions.builder(Recipe.KERAS_ATTENTION).engine("pytorch").epochs(epochs);
  }

  static TrainingOptions.Builder pooling(int epochs) {
    return TrainingOptions.builder(Recipe.KERAS_POOLING).engine("pytorch").epochs(epochs);
  }
}
