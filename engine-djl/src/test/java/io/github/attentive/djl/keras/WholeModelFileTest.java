package io.github.attentive.djl.keras;

import static io.github.attentive.djl.keras.WholeModelFile.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.attentive.ModelLoadException;
import io.github.attentive.ProblemType;
import io.github.attentive.TextInput;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ModelOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whole-model {@code .h5} files, of Keras 2. */
class WholeModelFileTest extends KerasCase {
  private static final float[][] KERNEL = {{0.5f}, {-0.25f}};
  private static final float[] BIAS = {0.125f};

  private static WholeModelFile ended(WholeModelFile file, String input) {
    return file.layer(
        "Dense",
        "head",
        "\"units\":1,\"activation\":\"sigmoid\",\"use_bias\":true,\"dtype\":\"float32\"",
        node(input, ""),
        KERNEL,
        BIAS);
  }

  private static double head(double[] x) {
    return 0.5 * x[0] - 0.25 * x[1] + 0.125;
  }

  private ModelOutput output(String text) {
    try (EngineModel model = open(folder)) {
      return model
          .run(
              List.of(TextInput.of(text)),
              model.info().hasAttention() ? Detail.ATTENTION : Detail.SCORES)
          .get(0);
    }
  }

  @Test
  void callsAreListsOfResults() throws IOException {
    WholeModelFile file = WholeModelFile.ofTokens(true);
    file.layer(
        "Attention",
        "attention",
        "\"use_scale\":false",
        "[[\"words\",0,0,{\"return_attention_scores\":true}],[\"words\",0,0,{}]]");
    file.layer("GlobalAveragePooling1D", "pool", "", node("attention", ""));
    file.write(folder, ended(file, "pool").functional("head"));
    double[][] x = Matrix.embedded(2, 3);
    double[][] scores = Matrix.times(x, Matrix.transposed(x));
    double[] one = Matrix.softmax(scores[0], new boolean[] {true, true});
    double[] other = Matrix.softmax(scores[1], new boolean[] {true, true});
    double[] pooled = Matrix.plus(Matrix.times(one, x), Matrix.times(other, x));
    ModelOutput output = output("sun rain");
    assertThat((double) output.logits()[0])
        .isCloseTo(head(new double[] {pooled[0] / 2, pooled[1] / 2}), CLOSE);
    assertThat((double) output.attention().orElseThrow().at(0, 0, 0, 1)).isCloseTo(one[1], CLOSE);
  }

  /** A named argument may be a result, as the value of a multi-head attention. */
  @Test
  void namedResultsAndWeightsByTheirNumber() throws IOException {
    float[][][] identity = {{{1, 0}}, {{0, 1}}};
    float[][] none = {{0, 0}};
    WholeModelFile file = WholeModelFile.ofTokens(false);
    file.layer(
        "MultiHeadAttention",
        "mha",
        "\"num_heads\":1,\"key_dim\":2,\"value_dim\":2,\"use_bias\":true",
        node("words", "\"value\":[\"words\",0,0],\"training\":null"),
        identity,
        none,
        identity,
        none,
        identity,
        none,
        new float[][][] {{{1, 0}, {0, 1}}},
        new float[] {0.5f, 0});
    file.layer("GlobalMaxPooling1D", "pool", "", node("mha", ""));
    file.write(folder, ended(file, "pool").functional("head"));
    double[][] x = Matrix.embedded(2, 5, 0);
    double[] largest = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (double[] query : x) {
      double[] scores = Matrix.times(query, Matrix.transposed(x));
      for (int i = 0; i < 3; i++) {
        scores[i] /= Math.sqrt(2);
      }
      double[] mixed = Matrix.times(Matrix.softmax(scores, new boolean[] {true, true, true}), x);
      largest[0] = Math.max(largest[0], mixed[0] + 0.5);
      largest[1] = Math.max(largest[1], mixed[1]);
    }
    assertThat((double) output("sun snow").logits()[0]).isCloseTo(head(largest), CLOSE);
  }

  @Test
  void sequencesMayBeginWithoutAnInput() throws IOException {
    WholeModelFile file = new WholeModelFile();
    float[][] table = new float[KerasArchive.WORDS.size()][2];
    for (int i = 0; i < table.length; i++) {
      table[i][0] = i;
    }
    file.layer(
        "Embedding",
        "words",
        "\"batch_input_shape\":[null,2],\"input_dim\":6,\"output_dim\":2,\"mask_zero\":false",
        "",
        (Object) table);
    file.layer("Flatten", "flat", "", "");
    file.layer(
        "Dense",
        "head",
        "\"units\":1,\"activation\":\"linear\",\"use_bias\":false",
        "",
        (Object) new float[][] {{1}, {0}, {10}, {0}});
    file.training("{\"loss\":\"mean_squared_error\"}").write(folder, file.sequential());
    try (EngineModel model = open(folder)) {
      assertThat(model.info().problemType()).isEqualTo(ProblemType.REGRESSION);
      assertThat(model.info().maxLength()).isEqualTo(2);
      assertThat(model.run(List.of(TextInput.of("rain snow sun")), Detail.SCORES).get(0).logits())
          .containsExactly(53);
    }
  }

  @Test
  void bothDirectionsHaveTheirWeightsInOneList() throws IOException {
    WholeModelFile file = WholeModelFile.ofTokens(true);
    float[][] forward = {{0.5f}, {1}};
    float[][] backward = {{-1}, {0.75f}};
    float[][] recurrent = {{0.25f}};
    file.layer(
        "Bidirectional",
        "both",
        "\"merge_mode\":\"concat\",\"layer\":{\"class_name\":\"SimpleRNN\",\"config\":{\"units\":1,"
            + "\"activation\":\"linear\",\"use_bias\":true,\"time_major\":false}}",
        node("words", ""),
        forward,
        recurrent,
        new float[] {0},
        backward,
        recurrent,
        new float[] {1});
    file.write(folder, ended(file, "both").functional("head"));
    double[] sun = embedded(2);
    double[] rain = embedded(3);
    double there = 0.5 * rain[0] + rain[1] + 0.25 * (0.5 * sun[0] + sun[1]);
    double back = -sun[0] + 0.75 * sun[1] + 1 + 0.25 * (-rain[0] + 0.75 * rain[1] + 1);
    assertThat((double) output("sun rain").logits()[0])
        .isCloseTo(head(new double[] {there, back}), CLOSE);
  }

  /** The inner layer is called what an outer one is called, too. */
  @Test
  void aModelAmongTheLayersHasTheirWeightsInItsGroup() throws IOException {
    WholeModelFile file = WholeModelFile.ofTokens(true);
    file.layer("GlobalAveragePooling1D", "pool", "", node("words", ""));
    file.inner(
        "block",
        "Sequential",
        """
        "layers":[{"class_name":"Dense","config":{"name":"head","units":2,"activation":"linear",
        "batch_input_shape":[null,2]}}]""",
        node("pool", ""),
        "head",
        new float[][] {{0, 2}, {3, 0}},
        new float[] {1, 0});
    file.write(folder, ended(file, "block").functional("head"));
    double[] sun = embedded(2);
    assertThat((double) output("sun").logits()[0])
        .isCloseTo(head(new double[] {3 * sun[1] + 1, 2 * sun[0]}), CLOSE);
  }

  @Test
  void weightsAloneAreRefused() throws IOException {
    Path file = WholeModelFile.ofTokens(false).write(folder, "");
    String message =
        file
            + ": expected a whole model, got weights alone; save it with model.save('model.keras')";
    assertRefused(file).isEqualTo(message);
    assertRefused(folder).isEqualTo(message);
  }

  @Test
  void whatIsMissingOrWrongIsNamed() throws IOException {
    WholeModelFile file = WholeModelFile.ofTokens(false);
    file.layer("GlobalAveragePooling1D", "pool", "", node("words", ""));
    file.layer(
        "Dense",
        "head",
        "\"units\":1,\"activation\":\"sigmoid\"",
        node("pool", ""),
        (Object) KERNEL);
    Path path = file.write(folder, file.functional("head"));
    assertRefused(folder)
        .isEqualTo(
            path
                + ": layer 'head' (Dense, 4 of 4): weight 'bias': expected shape [1], got none;"
                + " save the whole model");
    file.write(folder, "[]");
    assertRefused(folder).isEqualTo(path + ": expected one JSON object, got BEGIN_ARRAY");
    file.write(folder, file.functional("head").replace("[[\"pool\",0,0,{}]]", "[[7,0]]"));
    assertRefused(folder).startsWith(path + ": the connections of the layers cannot be read: ");
    Files.writeString(path, "HDF");
    assertRefused(folder).startsWith(path + ": the file: expected an HDF5 file that is whole, got");
  }

  @Test
  void damageIsAFailureThatIsSaid() throws IOException {
    WholeModelFile file = WholeModelFile.ofTokens(true);
    file.layer("GlobalAveragePooling1D", "pool", "", node("words", ""));
    Path path = file.write(folder, ended(file, "pool").functional("head"));
    byte[] whole = Files.readAllBytes(path);
    Random random = new Random(31);
    int refused = 0;
    for (int round = 0; round < 200; round++) {
      byte[] damaged = whole.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Files.write(path, damaged);
      refused +=
          assertTimeoutPreemptively(
              Duration.ofSeconds(10),
              () -> {
                try (EngineModel model = open(folder)) {
                  return model.info().labels().isEmpty() ? 1 : 0;
                } catch (ModelLoadException e) {
                  assertThat(e.getMessage()).doesNotContain("\n");
                  return 1;
                }
              });
    }
    assertThat(refused).isBetween(20, 199);
  }
}
