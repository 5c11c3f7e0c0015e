package io.github.attentive.djl.keras;

import static io.github.attentive.djl.keras.KerasArchive.call;
import static io.github.attentive.djl.keras.KerasArchive.callOfList;
import static io.github.attentive.djl.keras.KerasArchive.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models within models, layers that are called several times, and where their weights are. */
class KerasNestedModelTest extends KerasCase {
  private static final long[] IDS = {2, 0, 5};
  private static final double[][] X = Matrix.embedded(IDS);
  private static final float[][] ONE = {{1, -0.5f}, {0.25f, 2}};
  private static final float[][] TWO = {{-1, 0.5f}, {0.75f, 1}};

  private static String denseJson(String name, String calls) {
    return """
        {"module":"keras.layers","class_name":"Dense","config":{"name":"%s","units":2,
         "activation":"linear","use_bias":false},"registered_name":null,"name":"%s",
         "inbound_nodes":[%s]}"""
        .formatted(name, name, calls);
  }

  private static String functional(String layers, String inputs, String outputs) {
    return "\"layers\":[%s],\"input_layers\":%s,\"output_layers\":%s"
        .formatted(layers, inputs, outputs);
  }

  private static String input(String name) {
    return """
        {"module":"keras.layers","class_name":"InputLayer","config":{"name":"%s",
         "batch_shape":[null,3,2]},"name":"%s","inbound_nodes":[]}"""
        .formatted(name, name);
  }

  @Test
  void aModelOfCallsWithinAModel() throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("3", true);
    archive.layer(
        "Functional",
        "inner",
        functional(
            input("x") + "," + denseJson("d1", call("x")) + "," + denseJson("d2", call("d1")),
            "[[\"x\",0,0]]",
            "[[\"d2\",0,0]]"),
        call("embedding"));
    archive.weight("layers/functional/layers/dense/vars/0", ONE);
    archive.weight("layers/functional/layers/dense_1/vars/0", TWO);
    KerasProbe.Found found = new KerasProbe(folder, archive, false).first("inner", IDS);
    found.assertIs(Matrix.times(Matrix.times(X, Matrix.of(ONE)), Matrix.of(TWO)));
    assertThat(found.mask()).containsExactly(1, 0, 1);
    assertThat(found.positions()).isEqualTo(1);
  }

  @Test
  void aSequenceWithinAModelThatIsCalledTwice() throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("3", false);
    archive.layer(
        "Sequential",
        "inner",
        "\"layers\":[%s,%s]".formatted(input("x"), denseJson("d", "")),
        call("embedding") + "," + call("inner"));
    archive.weight("layers/sequential/layers/dense/vars/0", ONE);
    KerasProbe probe = new KerasProbe(folder, archive, false);
    double[][] once = Matrix.times(X, Matrix.of(ONE));
    probe.result("inner", 0, 0, IDS).assertIs(once);
    probe.result("inner", 1, 0, IDS).assertIs(Matrix.times(once, Matrix.of(ONE)));
  }

  @Test
  void aModelOfTwoInputsAndTwoOutputs() throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("3", false);
    archive.layer("Activation", "tanh", "\"activation\":\"tanh\"", call("embedding"));
    archive.layer(
        "Functional",
        "inner",
        functional(
            input("x") + "," + input("y") + "," + denseJson("d", call("y")),
            "[[\"x\",0,0],[\"y\",0,0]]",
            "[[\"d\",0,0],[\"x\",0,0]]"),
        callOfList("tanh", "embedding"));
    archive.weight("layers/functional/layers/dense/vars/0", ONE);
    KerasProbe probe = new KerasProbe(folder, archive, false);
    probe.result("inner", 0, 0, IDS).assertIs(Matrix.times(X, Matrix.of(ONE)));
    probe.result("inner", 0, 1, IDS).assertIs(Matrix.each(X, Math::tanh));
    KerasArchive fewer = KerasArchive.ofTokens("3", false);
    fewer.layer(
        "Functional",
        "inner",
        functional(input("x") + "," + input("y"), "[[\"x\",0,0],[\"y\",0,0]]", "[[\"x\",0,0]]"),
        call("embedding"));
    assertRefused(fewer.averaged("inner"))
        .isEqualTo("a model within the model: expected to be called with 2 results, got 1");
  }

  @Test
  void aSharedLayerHasOneWeight() throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("3", false);
    archive.raw(denseJson("shared", call("embedding") + "," + call("shared")));
    archive.weight("layers/dense/vars/0", ONE);
    KerasProbe probe = new KerasProbe(folder, archive, true);
    double[][] once = Matrix.times(X, Matrix.of(ONE));
    probe.result("shared", 0, 0, IDS).assertIs(once);
    probe.result("shared", 1, 0, IDS).assertIs(Matrix.times(once, Matrix.of(ONE)));
  }

  /** Some versions number groups otherwise; the name on a group says whose weights it has. */
  @Test
  void weightsOfAnotherLayerAreNotTaken() throws IOException {
    for (String name : List.of("second", "nobody")) {
      KerasArchive archive = KerasArchive.ofTokens("3", false);
      archive.raw(denseJson("first", call("embedding")));
      archive.raw(denseJson("second", call("first")));
      archive.weight("layers/dense/vars/0", TWO).owner("layers/dense/vars", name);
      archive.weight("layers/dense_1/vars/0", ONE).owner("layers/dense_1/vars", "first");
      if (name.equals("second")) {
        new KerasProbe(folder, archive, false)
            .first("second", IDS)
            .assertIs(Matrix.times(Matrix.times(X, Matrix.of(ONE)), Matrix.of(TWO)));
      } else {
        assertRefused(archive.averaged("second"))
            .isEqualTo(
                folder.resolve("model.keras")
                    + ": layer 'second' (Dense, 4 of 6): expected its weights in 'layers/dense_1',"
                    + " got those of 'first'; save the model again");
      }
    }
  }

  /** Each level calls the next one ten times: more calls than anyone can wait for. */
  @Test
  void modelsThatMultiplyAreRefused() throws IOException {
    String inner = input("x");
    String last = "x";
    for (int level = 0; level < 9; level++) {
      String calls = String.join(",", Collections.nCopies(10, call("x")));
      List<String> results = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        results.add(result("m", i, 0));
      }
      String model = functional(inner, "[[\"x\",0,0]]", "[[\"%s\",0,0]]".formatted(last));
      inner =
          """
          %s,{"module":"keras","class_name":"Functional","config":{%s},"name":"m",
           "inbound_nodes":[%s]},{"module":"keras.layers","class_name":"Add",
           "config":{"name":"sum"},"name":"sum","inbound_nodes":[{"args":[[%s]],"kwargs":{}}]}"""
              .formatted(input("x"), model, calls, String.join(",", results));
      last = "sum";
    }
    KerasArchive archive = KerasArchive.ofTokens("3", false);
    archive.layer(
        "Functional",
        "outer",
        functional(inner, "[[\"x\",0,0]]", "[[\"sum\",0,0]]"),
        call("embedding"));
    archive.averaged("outer").write(folder);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertRefused(folder)
                .isEqualTo(
                    "the models within the model: expected at most 100000 calls of layers in all,"
                        + " got more"));
  }

  /** A chain of as many layers as a configuration can hold. */
  @Test
  void longChains() throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("3", false);
    String last = "embedding";
    for (int i = 0; i < 3000; i++) {
      archive.layer("Identity", "n" + i, "", call(last));
      last = "n" + i;
    }
    assertThat(logits(archive.averaged(last), "sun")).hasSize(1);
  }
}
