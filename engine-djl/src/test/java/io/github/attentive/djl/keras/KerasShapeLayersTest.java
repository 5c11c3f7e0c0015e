package io.github.attentive.djl.keras;

import static io.github.attentive.djl.keras.KerasArchive.call;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers that bring positions together, or numbers into another shape. */
class KerasShapeLayersTest extends KerasCase {
  private static final long[] IDS = {2, 0, 5};
  private static final double[][] X = Matrix.embedded(IDS);

  private KerasProbe.Found shaped(String length, boolean masks, String kind, String options)
      throws IOException {
    KerasArchive archive = KerasArchive.ofTokens(length, masks);
    archive.layer(kind, "shape", options, call("embedding"));
    return new KerasProbe(folder, archive, false).first("shape", IDS);
  }

  private static double[] columns(ToDoubleBiFunction<double[][], Integer> of) {
    return new double[] {of.applyAsDouble(X, 0), of.applyAsDouble(X, 1)};
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "null"})
  void averages(String length) throws IOException {
    KerasProbe.Found all = shaped(length, false, "GlobalAveragePooling1D", "\"keepdims\":false");
    assertThat(all.shape()).containsExactly(1, 2);
    all.assertIs(columns((x, i) -> (x[0][i] + x[1][i] + x[2][i]) / 3));
    KerasProbe.Found masked = shaped(length, true, "GlobalAveragePooling1D", "\"keepdims\":true");
    assertThat(masked.shape()).containsExactly(1, 1, 2);
    masked.assertIs(columns((x, i) -> (x[0][i] + x[2][i]) / 2));
    assertThat(masked.mask()).isEmpty();
    assertThat(masked.positions()).isEqualTo(KerasValue.NO_POSITIONS);
  }

  /** Keras looks at no mask here: the largest may be that of padding, whose first number is -1. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theLargestIsOfAllPositions(boolean masked) throws IOException {
    KerasProbe.Found found =
        shaped("3", masked, "GlobalMaxPooling1D", "\"data_format\":\"channels_last\"");
    found.assertIs(columns((x, i) -> Math.max(x[0][i], Math.max(x[1][i], x[2][i]))));
    assertThat(X[1][1]).isGreaterThan(Math.max(X[0][1], X[2][1]));
  }

  @Test
  void axesAreTurned() throws IOException {
    KerasProbe.Found turned = shaped("null", true, "Permute", "\"dims\":[2,1]");
    assertThat(turned.shape()).containsExactly(1, 2, 3);
    turned.assertIs(Matrix.transposed(X));
    assertThat(turned.positions()).isEqualTo(2);
    assertThat(turned.mask()).isEmpty();
    KerasProbe.Found same = shaped("3", false, "Permute", "\"dims\":[1,2]");
    same.assertIs(X);
    assertThat(same.positions()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[6] | 6", "[2,3] | 2,3", "[-1,2] | 3,2", "[3,-1,1] | 3,2,1", "[1,6,1] | 1,6,1"})
  void rowsAreReadOnInAnotherShape(String target, String shape) throws IOException {
    KerasProbe.Found found = shaped("3", false, "Reshape", "\"target_shape\":" + target);
    String[] sizes = shape.split(",");
    assertThat(found.shape()).hasSize(sizes.length + 1);
    for (int i = 0; i < sizes.length; i++) {
      assertThat(found.shape()[i + 1]).isEqualTo(Long.parseLong(sizes[i]));
    }
    found.assertIs(X);
    assertThat(found.positions()).isEqualTo(sizes[0].equals("3") ? 1 : KerasValue.NO_POSITIONS);
  }

  @Test
  void flattening() throws IOException {
    KerasProbe.Found flat = shaped("3", true, "Flatten", "\"data_format\":\"channels_last\"");
    assertThat(flat.shape()).containsExactly(1, 6);
    flat.assertIs(X);
    assertThat(flat.mask()).isEmpty();
    assertThat(flat.positions()).isEqualTo(KerasValue.NO_POSITIONS);
  }

  /** A score for each position stays one for each position, of however many. */
  @ParameterizedTest
  @ValueSource(strings = {"3", "null"})
  void flatteningOneNumberAPosition(String length) throws IOException {
    KerasArchive archive = KerasArchive.ofTokens(length, false);
    archive.layer(
        "Dense",
        "score",
        "\"units\":1,\"activation\":\"linear\",\"use_bias\":false",
        call("embedding"),
        (Object) new float[][] {{1}, {2}});
    archive.layer("Flatten", "flat", "", call("score"));
    KerasProbe.Found found = new KerasProbe(folder, archive, false).first("flat", IDS);
    assertThat(found.shape()).containsExactly(1, 3);
    found.assertIs(
        new double[] {X[0][0] + 2 * X[0][1], X[1][0] + 2 * X[1][1], X[2][0] + 2 * X[2][1]});
    assertThat(found.positions()).isEqualTo(1);
  }

  private KerasArchive operation(String kind, String options) {
    KerasArchive archive = KerasArchive.ofTokens("3", false);
    return archive.raw(
        """
        {"module":"keras.src.ops.numpy","class_name":"%s","config":{"name":"op"%s},"name":"op",
         "inbound_nodes":[{"args":[%s],"kwargs":{}}]}"""
            .formatted(kind, options, KerasArchive.result("embedding")));
  }

  @Test
  void operationsThatTakeOrAddAnAxis() throws IOException {
    KerasProbe.Found mean =
        new KerasProbe(folder, operation("Mean", ",\"axis\":[-1],\"keepdims\":true"), false)
            .first("op", IDS);
    assertThat(mean.shape()).containsExactly(1, 3, 1);
    mean.assertIs(
        new double[] {(X[0][0] + X[0][1]) / 2, (X[1][0] + X[1][1]) / 2, (X[2][0] + X[2][1]) / 2});
    assertThat(mean.positions()).isEqualTo(1);
    KerasProbe.Found sum =
        new KerasProbe(folder, operation("Sum", ",\"axis\":1"), false).first("op", IDS);
    sum.assertIs(columns((x, i) -> x[0][i] + x[1][i] + x[2][i]));
    assertThat(sum.positions()).isEqualTo(KerasValue.NO_POSITIONS);
    KerasProbe.Found more =
        new KerasProbe(folder, operation("ExpandDims", ",\"axis\":-1"), false).first("op", IDS);
    assertThat(more.shape()).containsExactly(1, 3, 2, 1);
    assertThat(more.positions()).isEqualTo(1);
    KerasProbe.Found before =
        new KerasProbe(folder, operation("ExpandDims", ",\"axis\":1"), false).first("op", IDS);
    assertThat(before.shape()).containsExactly(1, 1, 3, 2);
    assertThat(before.positions()).isEqualTo(2);
    assertRefused(operation("Squeeze", ",\"axis\":1").averaged("op"))
        .contains("layer 'op' (Squeeze, 3 of 5): expected an axis of size 1, got axis 1 of ");
    assertRefused(operation("Sum", "").averaged("op"))
        .endsWith("layer 'op' (Sum, 3 of 5): expected one axis, got null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Permute | \"dims\":[2,2] | option 'dims': expected each axis once, got [2,2]",
        "Permute | \"dims\":[1] | option 'dims': expected an order of the 2 axes, got [1]",
        "Permute | \"dims\":[null,1] | an option or argument is not of the kind that Keras writes",
        "Reshape | \"target_shape\":[] | option 'target_shape': expected sizes, got []",
        "Reshape | \"target_shape\":[null] | an option or argument is not of the kind that Keras",
        "Reshape | \"target_shape\":[2,2] | option 'target_shape': expected 6 elements, got [2,2]",
        "Reshape | \"target_shape\":[4,-1] | cannot be written: function 'explain', splitAxis:",
        "Reshape | \"target_shape\":[0,-1] | cannot be written: ",
        "RepeatVector | \"n\":0 | field 'config.layers[2].config.n': expected a whole number of",
        "RepeatVector | \"n\":2 | cannot be written: ",
        "RepeatVector | \"n\":1000000000 | option 'n': expected at most ",
        "GlobalMaxPooling1D | \"data_format\":\"channels_first\" | option 'data_format': expected",
        "Flatten | \"data_format\":\"channels_first\" | option 'data_format': expected"
      })
  void shapesThatCannotBe(String kind, String options, String message) throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("3", false);
    archive.layer(kind, "shape", options, call("embedding"));
    archive.layer("Flatten", "flat", "", call("shape"));
    assertRefused(archive.dense("flat", "sigmoid", 1, 6)).contains(message);
  }
}
