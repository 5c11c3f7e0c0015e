package io.github.attentive.djl.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recurrent layers of all kinds and options against {@link PlainRecurrence}. */
class KerasRecurrencePropertyTest extends KerasCase {
  private static final int ROUNDS = 12;

  private final Random random = new Random(17);

  /** What a round draws; some options are for one kind only. */
  private record Drawn(
      String kind,
      int units,
      boolean biased,
      boolean resetAfter,
      boolean masked,
      boolean hard,
      long[] ids) {

    static Drawn of(Random random, String kind) {
      long[] ids = new long[1 + random.nextInt(5)];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(5);
      }
      return new Drawn(
          kind,
          1 + random.nextInt(3),
          random.nextBoolean(),
          random.nextBoolean(),
          random.nextBoolean(),
          random.nextBoolean(),
          ids);
    }

    PlainRecurrence plain(Random random) {
      DoubleUnaryOperator gate = x -> Math.max(0, Math.min(1, x / 6 + 0.5));
      DoubleUnaryOperator softsign = x -> x / (1 + Math.abs(x));
      return new PlainRecurrence(
          random,
          kind,
          units,
          biased,
          resetAfter,
          hard ? softsign : Math::tanh,
          hard ? gate : KerasCase::sigmoid);
    }

    String options() {
      String options =
          "\"units\":%s,\"use_bias\":%s,\"activation\":\"%s\""
              .formatted(units, biased, hard ? "softsign" : "tanh");
      if (!kind.equals("SimpleRNN")) {
        options += ",\"recurrent_activation\":\"%s\"".formatted(hard ? "hard_sigmoid" : "sigmoid");
      }
      return kind.equals("GRU") ? options + ",\"reset_after\":" + resetAfter : options;
    }

    KerasArchive archive() {
      return KerasArchive.ofTokens("null", masked);
    }

    double[][] x() {
      return Matrix.embedded(ids);
    }

    boolean[] counts() {
      boolean[] counts = new boolean[ids.length];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = !masked || ids[i] != 0;
      }
      return counts;
    }

    PlainRecurrence.Run backwards(PlainRecurrence plain, boolean zeros) {
      boolean[] turned = new boolean[ids.length];
      for (int i = 0; i < turned.length; i++) {
        turned[i] = counts()[turned.length - 1 - i];
      }
      return plain.over(turned(x()), turned, zeros);
    }
  }

  private static double[][] turned(double[][] rows) {
    List<double[]> turned = new ArrayList<>(List.of(rows));
    Collections.reverse(turned);
    return turned.toArray(double[][]::new);
  }

  private static void weights(KerasArchive archive, String path, PlainRecurrence plain) {
    archive.weight(path + "/cell/vars/0", plain.kernel);
    archive.weight(path + "/cell/vars/1", plain.recurrent);
    if (plain.bias != null) {
      archive.weight(path + "/cell/vars/2", plain.storedBias());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GRU", "LSTM", "SimpleRNN"})
  void oneDirection(String kind) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      Drawn drawn = Drawn.of(random, kind);
      PlainRecurrence plain = drawn.plain(random);
      boolean backward = random.nextBoolean();
      boolean zeros = random.nextBoolean();
      KerasArchive archive = drawn.archive();
      for (String sequences : new String[] {"false", "true"}) {
        archive.layer(
            kind,
            "rnn_" + sequences,
            drawn.options()
                + ",\"return_sequences\":%s,\"return_state\":true,\"go_backwards\":%s"
                    .formatted(sequences, backward)
                + ",\"zero_output_for_mask\":%s,\"stateful\":false,\"unroll\":false"
                    .formatted(zeros),
            KerasArchive.call("embedding"));
        String group = "layers/" + KerasModelConfig.snakeCase(kind);
        weights(archive, group + (sequences.equals("true") ? "_1" : ""), plain);
      }
      PlainRecurrence.Run expected =
          backward ? drawn.backwards(plain, zeros) : plain.over(drawn.x(), drawn.counts(), zeros);
      KerasProbe probe = new KerasProbe(folder, archive, false);
      // Keras gives the last position first where it goes backwards, with the mask as it was.
      KerasProbe.Found sequence = probe.first("rnn_true", drawn.ids());
      sequence.assertIs(expected.outputs());
      assertThat(sequence.mask()).hasSize(drawn.masked() ? drawn.ids().length : 0);
      assertThat(sequence.positions()).isEqualTo(backward ? KerasValue.NO_POSITIONS : 1);
      double[] last = expected.states().get(0);
      if (drawn.counts()[backward ? 0 : drawn.ids().length - 1] || !zeros) {
        probe.first("rnn_false", drawn.ids()).assertIs(last);
      }
      for (int state = 0; state < expected.states().size(); state++) {
        probe.result("rnn_false", 0, 1 + state, drawn.ids()).assertIs(expected.states().get(state));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GRU", "LSTM", "SimpleRNN"})
  void bothDirections(String kind) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      Drawn drawn = Drawn.of(random, kind);
      PlainRecurrence there = drawn.plain(random);
      PlainRecurrence back = drawn.plain(random);
      boolean sequences = random.nextBoolean();
      KerasArchive archive = drawn.archive();
      String inner =
          "{\"class_name\":\"%s\",\"config\":{%s,\"return_sequences\":%s,\"return_state\":true}}"
              .formatted(kind, drawn.options(), sequences);
      archive.layer(
          "Bidirectional",
          "both",
          "\"merge_mode\":\"concat\",\"layer\":" + inner,
          KerasArchive.call("embedding"));
      weights(archive, "layers/bidirectional/forward_layer", there);
      weights(archive, "layers/bidirectional/backward_layer", back);
      PlainRecurrence.Run one = there.over(drawn.x(), drawn.counts(), true);
      PlainRecurrence.Run other = drawn.backwards(back, true);
      KerasProbe probe = new KerasProbe(folder, archive, false);
      KerasProbe.Found found = probe.first("both", drawn.ids());
      if (sequences) {
        // Zeros at masked positions, in both directions.
        double[][] turned = turned(other.outputs());
        double[][] joined = new double[turned.length][];
        for (int i = 0; i < joined.length; i++) {
          joined[i] = joined(one.outputs()[i], turned[i]);
        }
        found.assertIs(joined);
        assertThat(found.positions()).isEqualTo(1);
      } else {
        found.assertIs(joined(one.states().get(0), other.states().get(0)));
      }
      int states = one.states().size();
      for (int state = 0; state < states; state++) {
        probe.result("both", 0, 1 + state, drawn.ids()).assertIs(one.states().get(state));
        probe
            .result("both", 0, 1 + states + state, drawn.ids())
            .assertIs(other.states().get(state));
      }
    }
  }

  private static double[] joined(double[] one, double[] other) {
    double[] joined = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, joined, one.length, other.length);
    return joined;
  }

  /** Backwards with a layer of its own, which has to say so; weights of both are found. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLayerOfItsOwnForTheWayBack(boolean turned) throws IOException {
    Drawn drawn = Drawn.of(random, "GRU");
    KerasArchive archive = drawn.archive();
    String inner = "{\"class_name\":\"GRU\",\"config\":{%s,\"go_backwards\":%s}}";
    archive.layer(
        "Bidirectional",
        "both",
        "\"merge_mode\":\"sum\",\"layer\":%s,\"backward_layer\":%s"
            .formatted(
                inner.formatted(drawn.options(), false), inner.formatted(drawn.options(), turned)),
        KerasArchive.call("embedding"));
    PlainRecurrence there = drawn.plain(random);
    PlainRecurrence back = drawn.plain(random);
    weights(archive, "layers/bidirectional/forward_layer", there);
    weights(archive, "layers/bidirectional/backward_layer", back);
    if (!turned) {
      assertRefused(archive.dense("both", "sigmoid", 1, drawn.units()))
          .endsWith(
              "layer 'both' (Bidirectional, 3 of 4), its GRU: option 'go_backwards': expected"
                  + " true, got false");
      return;
    }
    double[] sum =
        Matrix.plus(
            there.over(drawn.x(), drawn.counts(), false).states().get(0),
            drawn.backwards(back, false).states().get(0));
    new KerasProbe(folder, archive, false).first("both", drawn.ids()).assertIs(sum);
  }
}
