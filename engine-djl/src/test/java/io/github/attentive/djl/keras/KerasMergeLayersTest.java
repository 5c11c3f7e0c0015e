package io.github.attentive.djl.keras;

import static io.github.attentive.djl.keras.KerasArchive.call;
import static io.github.attentive.djl.keras.KerasArchive.callOfList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers of several inputs: their numbers and masks. */
class KerasMergeLayersTest extends KerasCase {
  private static final long[] IDS = {2, 0, 5};
  private static final double[][] X = Matrix.embedded(IDS);
  private static final double[][] TANH = Matrix.each(X, Math::tanh);
  private static final float[][] KERNEL = {{1, -0.5f, 2}, {0.25f, 1, -1}};

  /** Masked and plain embeddings of the same words; {@code tanh} of the masked one. */
  private static KerasArchive archive() {
    KerasArchive archive = KerasArchive.ofTokens("3", true).embedding("plain", false, "ids");
    return archive.layer("Activation", "tanh", "\"activation\":\"tanh\"", call("embedding"));
  }

  private KerasProbe.Found merged(KerasArchive archive) throws IOException {
    return new KerasProbe(folder, archive, false).first("merge", IDS);
  }

  @Test
  void threeInputsAreMergedInOrder() throws IOException {
    KerasArchive archive = archive();
    archive.layer("Average", "merge", "", callOfList("embedding", "tanh", "tanh"));
    double[][] expected = X.clone();
    for (int i = 0; i < 3; i++) {
      expected[i] = Matrix.plus(X[i], Matrix.plus(TANH[i], TANH[i]));
    }
    KerasProbe.Found found = merged(archive);
    found.assertIs(Matrix.each(expected, x -> x / 3));
    assertThat(found.mask()).containsExactly(1, 0, 1);
    assertThat(found.positions()).isEqualTo(1);
  }

  /** Keras: a position counts where it does in one of the inputs; none counts unless all have. */
  @Test
  void masksOfSumsAreJoinedByOr() throws IOException {
    KerasArchive both = archive();
    both.layer("Add", "merge", "", callOfList("embedding", "tanh"));
    assertThat(merged(both).mask()).containsExactly(1, 0, 1);
    KerasArchive half = archive();
    half.layer("Add", "merge", "", callOfList("embedding", "plain"));
    assertThat(merged(half).mask()).isEmpty();
    KerasArchive others = archive().embedding("own", true, "ids");
    others.layer("Add", "merge", "", callOfList("embedding", "own"));
    assertThat(merged(others).mask()).containsExactly(1, 0, 1);
  }

  @Test
  void positionsAreJoinedWithTheirMasks() throws IOException {
    KerasArchive archive = archive();
    archive.layer("Concatenate", "merge", "\"axis\":1", callOfList("embedding", "tanh"));
    KerasProbe.Found found = merged(archive);
    assertThat(found.shape()).containsExactly(1, 6, 2);
    found.assertIs(X[0], X[1], X[2], TANH[0], TANH[1], TANH[2]);
    assertThat(found.mask()).containsExactly(1, 0, 1, 1, 0, 1);
    assertThat(found.positions()).isEqualTo(KerasValue.NO_POSITIONS);
    KerasArchive half = archive();
    half.layer("Concatenate", "merge", "\"axis\":1", callOfList("embedding", "plain"));
    assertRefused(half.averaged("merge"))
        .isEqualTo(
            folder.resolve("model.keras")
                + ": layer 'merge' (Concatenate, 5 of 7): expected a mask for all of its inputs, or"
                + " for none");
  }

  @ParameterizedTest
  @CsvSource({"-1", "2"})
  void numbersAreJoined(int axis) throws IOException {
    KerasArchive archive = archive();
    archive.layer("Concatenate", "merge", "\"axis\":" + axis, callOfList("tanh", "embedding"));
    KerasProbe.Found found = merged(archive);
    assertThat(found.shape()).containsExactly(1, 3, 4);
    found.assertIs(TANH[0], X[0], TANH[1], X[1], TANH[2], X[2]);
    assertThat(found.mask()).containsExactly(1, 0, 1);
  }

  private static KerasArchive dotted(String axes, boolean normalises, String left, String right) {
    KerasArchive archive = archive();
    archive.layer("Flatten", "flat", "", call("embedding"));
    archive.layer(
        "Dense",
        "dense",
        "\"units\":3,\"activation\":\"linear\",\"use_bias\":false",
        call("embedding"),
        (Object) KERNEL);
    return archive.layer(
        "Dot",
        "merge",
        "\"axes\":%s,\"normalize\":%s".formatted(axes, normalises),
        callOfList(left, right));
  }

  @Test
  void dotsOfMatrices() throws IOException {
    double[][] dense = Matrix.times(X, Matrix.of(KERNEL));
    double[][] t = Matrix.transposed(X);
    merged(dotted("2", false, "embedding", "tanh"))
        .assertIs(Matrix.times(X, Matrix.transposed(TANH)));
    merged(dotted("[-1,2]", false, "embedding", "tanh"))
        .assertIs(Matrix.times(X, Matrix.transposed(TANH)));
    KerasProbe.Found columns = merged(dotted("1", false, "embedding", "dense"));
    assertThat(columns.shape()).containsExactly(1, 2, 3);
    columns.assertIs(Matrix.times(t, dense));
    merged(dotted("[1,2]", false, "embedding", "dense"))
        .assertIs(Matrix.times(t, Matrix.transposed(dense)));
    merged(dotted("[2,1]", false, "dense", "embedding")).assertIs(Matrix.times(dense, X));
    assertThat(merged(dotted("[2,1]", false, "dense", "embedding")).positions()).isEqualTo(1);
  }

  @Test
  void dotsOfVectors() throws IOException {
    double squares = 0;
    for (double[] row : X) {
      squares += row[0] * row[0] + row[1] * row[1];
    }
    KerasProbe.Found found = merged(dotted("1", false, "flat", "flat"));
    assertThat(found.shape()).containsExactly(1, 1);
    found.assertIs(new double[] {squares});
    merged(dotted("-1", true, "flat", "flat")).assertIs(new double[] {1});
  }

  /** Each vector divided by its length. */
  @Test
  void normalisedDotsAreCosines() throws IOException {
    double[][] cosines = Matrix.times(X, Matrix.transposed(TANH));
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        cosines[i][j] /= Math.hypot(X[i][0], X[i][1]) * Math.hypot(TANH[j][0], TANH[j][1]);
      }
    }
    merged(dotted("2", true, "embedding", "tanh")).assertIs(cosines);
  }

  @Test
  void dotsThatCannotBe() throws IOException {
    String place = ": layer 'merge' (Dot, 7 of 9): ";
    assertRefused(dotted("0", false, "embedding", "tanh").averaged("merge"))
        .endsWith(place + "option 'axes': expected any axis but the batch, got 0");
    assertRefused(dotted("[2]", false, "embedding", "tanh").averaged("merge"))
        .endsWith(place + "option 'axes': expected one axis, or one of each input, got [2]");
    assertRefused(dotted("[null,1]", false, "embedding", "tanh").averaged("merge"))
        .endsWith(place + "option 'axes': expected one axis, or one of each input, got [null,1]");
    assertRefused(dotted("3", false, "embedding", "tanh").averaged("merge"))
        .contains(place + "cannot be written: axis 3: there is none in ");
    assertRefused(dotted("[1,2]", false, "embedding", "tanh").averaged("merge"))
        .contains(place + "cannot be written: function 'explain', matMul: expected");
    KerasArchive three = archive();
    three.layer("Dot", "merge", "\"axes\":1", callOfList("embedding", "tanh", "plain"));
    assertRefused(three.averaged("merge"))
        .contains("(Dot, 5 of 7): expected two inputs of at most three axes, got [");
  }
}
