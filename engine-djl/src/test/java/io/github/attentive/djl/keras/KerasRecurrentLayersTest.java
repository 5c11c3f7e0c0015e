package io.github.attentive.djl.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recurrent layers against their formulas, on words of one state number each. */
class KerasRecurrentLayersTest extends KerasCase {
  private static final DoubleUnaryOperator TANH = Math::tanh;

  /** [2, gates]: kernels; [1, gates]: recurrent kernels; biases. */
  private static final float[][] KERNEL = {{0.5f, -1, 0.25f, 0.75f}, {1, 0.5f, -0.5f, 0.25f}};

  private static final float[] RECURRENT = {0.75f, -0.5f, 1.25f, 0.5f};
  private static final float[] BIAS = {0.125f, -0.25f, 0.5f, 0.25f};

  private static float[][] kernel(int gates) {
    return new float[][] {
      java.util.Arrays.copyOf(KERNEL[0], gates), java.util.Arrays.copyOf(KERNEL[1], gates)
    };
  }

  private static float[][] recurrent(int gates) {
    return new float[][] {java.util.Arrays.copyOf(RECURRENT, gates)};
  }

  private static double projected(int id, int gate, boolean bias) {
    double[] x = embedded(id);
    return x[0] * KERNEL[0][gate] + x[1] * KERNEL[1][gate] + (bias ? BIAS[gate] : 0);
  }

  private static double head(double state) {
    return 0.5 * state;
  }

  private static KerasArchive archive(boolean masks, String kind, String options) {
    KerasArchive archive = KerasArchive.ofTokens("4", masks);
    int gates = kind.equals("LSTM") ? 4 : kind.equals("GRU") ? 3 : 1;
    archive.layer(
        kind,
        "cell",
        "\"units\":1,\"activation\":\"tanh\"" + options,
        KerasArchive.call("embedding"));
    String group = "layers/" + KerasModelConfig.snakeCase(kind) + "/cell/vars/";
    return archive.weight(group + 0, kernel(gates)).weight(group + 1, recurrent(gates));
  }

  private static KerasArchive ended(KerasArchive archive, String input) {
    return archive.dense(input, "sigmoid", 1, 1);
  }

  private static int[] ids(boolean backward, boolean masked) {
    // "sun rain" in four positions, the last two padding.
    int[] forwards = masked ? new int[] {2, 3} : new int[] {2, 3, 0, 0};
    int[] ids = forwards.clone();
    for (int i = 0; backward && i < ids.length; i++) {
      ids[i] = forwards[ids.length - 1 - i];
    }
    return ids;
  }

  @ParameterizedTest
  @CsvSource({"false,false", "true,false", "false,true", "true,true"})
  void simple(boolean masked, boolean backward) throws IOException {
    KerasArchive archive =
        archive(
            masked,
            "SimpleRNN",
            ",\"use_bias\":false,\"go_backwards\":" + backward + ",\"stateful\":false");
    double state = 0;
    for (int id : ids(backward, masked)) {
      state = Math.tanh(projected(id, 0, false) + RECURRENT[0] * state);
    }
    assertThat(logits(ended(archive, "cell"), "sun rain")[0]).isCloseTo(head(state), CLOSE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void lstm(boolean masked) throws IOException {
    KerasArchive archive =
        archive(masked, "LSTM", ",\"recurrent_activation\":\"sigmoid\",\"unit_forget_bias\":true");
    archive.weight("layers/lstm/cell/vars/2", BIAS);
    double hidden = 0;
    double cell = 0;
    for (int id : ids(false, masked)) {
      double[] gates = new double[4];
      for (int gate = 0; gate < 4; gate++) {
        gates[gate] = projected(id, gate, true) + RECURRENT[gate] * hidden;
      }
      cell = sigmoid(gates[1]) * cell + sigmoid(gates[0]) * Math.tanh(gates[2]);
      hidden = sigmoid(gates[3]) * Math.tanh(cell);
    }
    assertThat(logits(ended(archive, "cell"), "sun rain")[0]).isCloseTo(head(hidden), CLOSE);
  }

  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true", "false,false"})
  void gru(boolean resetAfter, boolean masked) throws IOException {
    KerasArchive archive =
        archive(
            masked, "GRU", ",\"recurrent_activation\":\"sigmoid\",\"reset_after\":" + resetAfter);
    float[] row = java.util.Arrays.copyOf(BIAS, 3);
    archive.weight(
        "layers/gru/cell/vars/2", resetAfter ? new float[][] {row, {0.5f, 0.25f, -0.125f}} : row);
    double state = 0;
    for (int id : ids(false, masked)) {
      double z = projected(id, 0, true) + RECURRENT[0] * state + (resetAfter ? 0.5 : 0);
      double r = projected(id, 1, true) + RECURRENT[1] * state + (resetAfter ? 0.25 : 0);
      double inner =
          resetAfter
              ? sigmoid(r) * (RECURRENT[2] * state - 0.125)
              : RECURRENT[2] * sigmoid(r) * state;
      double candidate = Math.tanh(projected(id, 2, true) + inner);
      state = sigmoid(z) * state + (1 - sigmoid(z)) * candidate;
    }
    assertThat(logits(ended(archive, "cell"), "sun rain")[0]).isCloseTo(head(state), CLOSE);
  }

  /** Sequences: at masked positions the output before is repeated; the average leaves them out. */
  @Test
  void sequencesGoOnWithTheirMask() throws IOException {
    KerasArchive archive =
        archive(true, "SimpleRNN", ",\"use_bias\":false,\"return_sequences\":true");
    archive.layer("GlobalAveragePooling1D", "pool", "", KerasArchive.call("cell"));
    double first = TANH.applyAsDouble(projected(2, 0, false));
    double second = Math.tanh(projected(3, 0, false) + RECURRENT[0] * first);
    assertThat(logits(ended(archive, "pool"), "sun rain")[0])
        .isCloseTo(head((first + second) / 2), CLOSE);
  }

  /** Without a mask the largest output over all positions; backwards the order does not matter. */
  @Test
  void backwardSequencesAreTurned() throws IOException {
    KerasArchive archive =
        archive(
            false,
            "SimpleRNN",
            ",\"use_bias\":false,\"return_sequences\":true,\"go_backwards\":true");
    archive.layer("Flatten", "flat", "", KerasArchive.call("cell"));
    archive.layer(
        "Dense",
        "head",
        "\"units\":1,\"activation\":\"sigmoid\",\"use_bias\":false",
        KerasArchive.call("flat"),
        (Object) new float[][] {{1}, {0}, {0}, {0}});
    archive.outputs("head");
    // The first number is that of the last position, which was read first.
    assertThat(logits(archive, "sun rain wind snow")[0])
        .isCloseTo(Math.tanh(projected(5, 0, false)), CLOSE);
  }

  private static String inner(String kind, String name, boolean backward, boolean sequences) {
    return """
        {"module":"keras.layers","class_name":"%s","config":{"name":"%s","units":1,
         "activation":"tanh","use_bias":false,"go_backwards":%s,"return_sequences":%s,
         "zero_output_for_mask":true}}"""
        .formatted(kind, name, backward, sequences);
  }

  private static KerasArchive both(boolean masks, String mode, boolean sequences) {
    KerasArchive archive = KerasArchive.ofTokens("4", masks);
    archive.layer(
        "Bidirectional",
        "both",
        "\"merge_mode\":%s,\"layer\":%s,\"backward_layer\":%s"
            .formatted(
                mode,
                inner("SimpleRNN", "forward", false, sequences),
                inner("SimpleRNN", "backward", true, sequences)),
        KerasArchive.call("embedding"));
    for (String way : new String[] {"forward", "backward"}) {
      String group = "layers/bidirectional/" + way + "_layer/cell/vars/";
      archive.weight(group + 0, kernel(1)).weight(group + 1, recurrent(1));
    }
    return archive;
  }

  @ParameterizedTest
  @CsvSource({"sum", "mul", "ave", "concat"})
  void bothDirectionsAreMerged(String mode) throws IOException {
    double there = 0;
    double back = 0;
    for (int id : ids(false, true)) {
      there = Math.tanh(projected(id, 0, false) + RECURRENT[0] * there);
    }
    for (int id : ids(true, true)) {
      back = Math.tanh(projected(id, 0, false) + RECURRENT[0] * back);
    }
    KerasArchive archive = both(true, "\"" + mode + "\"", false);
    double expected =
        switch (mode) {
          case "sum" -> head(there + back);
          case "mul" -> head(there * back);
          case "ave" -> head((there + back) / 2);
          default -> 0.5 * there + 0 * back;
        };
    archive.dense("both", "sigmoid", 1, mode.equals("concat") ? 2 : 1);
    assertThat(logits(archive, "sun rain")[0]).isCloseTo(expected, CLOSE);
  }

  /** Where both directions return sequences, masked positions are zeros: a sum shows it. */
  @Test
  void maskedPositionsAreZerosInBothDirections() throws IOException {
    KerasArchive archive = both(true, "null", true);
    archive.layer(
        "Add",
        "sum",
        "",
        "{\"args\":[[%s,%s]],\"kwargs\":{}}"
            .formatted(KerasArchive.result("both", 0, 0), KerasArchive.result("both", 0, 1)));
    archive.layer("Flatten", "flat", "", KerasArchive.call("sum"));
    archive.layer(
        "Dense",
        "head",
        "\"units\":1,\"activation\":\"sigmoid\",\"use_bias\":false",
        KerasArchive.call("flat"),
        (Object) new float[][] {{0}, {0}, {1}, {1}});
    archive.outputs("head");
    assertThat(logits(archive, "sun rain")[0]).isZero();
  }

  @Test
  void statesAreResultsToo() throws IOException {
    KerasArchive archive =
        archive(false, "LSTM", ",\"recurrent_activation\":\"sigmoid\",\"return_state\":true");
    archive.weight("layers/lstm/cell/vars/2", BIAS);
    archive.layer(
        "Concatenate",
        "all",
        "\"axis\":-1",
        "{\"args\":[[%s,%s]],\"kwargs\":{}}"
            .formatted(KerasArchive.result("cell", 0, 1), KerasArchive.result("cell", 0, 2)));
    archive.dense("all", "sigmoid", 1, 2);
    // The head takes the hidden state alone: 0.5 and 0.
    KerasArchive plain = archive(false, "LSTM", ",\"recurrent_activation\":\"sigmoid\"");
    plain.weight("layers/lstm/cell/vars/2", BIAS);
    assertThat(logits(archive, "sun")[0]).isCloseTo(logits(ended(plain, "cell"), "sun")[0], CLOSE);
  }

  @Test
  void whatIsNotReadIsNamed() throws IOException {
    assertRefused(ended(archive(false, "GRU", ",\"reset_after\":true,\"stateful\":true"), "cell"))
        .endsWith("layer 'cell' (GRU, 3 of 4): option 'stateful': expected false, got true");
    assertRefused(both(false, "\"xor\"", false).dense("both", "sigmoid", 1, 1))
        .contains("option 'merge_mode': expected concat, sum, mul, ave or null, got \"xor\"");
    assertRefused(ended(archive(false, "SimpleRNN", ",\"use_bias\":true"), "cell"))
        .contains("layer 'cell' (SimpleRNN, 3 of 4): weight 'bias': expected shape [1], got none");
  }
}
