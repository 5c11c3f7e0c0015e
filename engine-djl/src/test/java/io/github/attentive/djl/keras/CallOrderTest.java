package io.github.attentive.djl.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.JsonFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The order of calls is Keras's: the farthest from an output first. */
class CallOrderTest {
  private final Map<String, KerasLayer> layers = new HashMap<>();

  /**
   * A layer, with the layers of each call of it: {@code a} is its first call, {@code a:1} its next.
   */
  private CallOrderTest layer(String name, String... calls) {
    List<KerasCall> made = new ArrayList<>();
    for (String call : calls) {
      List<KerasArgument> results = new ArrayList<>();
      for (String input : call.split(" ")) {
        results.add(result(input));
      }
      made.add(new KerasCall(List.of(new KerasArgument.Several(results)), Map.of()));
    }
    layers.put(
        name,
        new KerasLayer(
            name, "Add", false, JsonFile.of(Path.of("m"), "{}"), made, "layer " + name, ""));
    return this;
  }

  private static KerasArgument.Result result(String name) {
    String[] parts = name.split(":");
    return new KerasArgument.Result(parts[0], parts.length > 1 ? Integer.parseInt(parts[1]) : 0, 0);
  }

  private List<String> order(String... outputs) {
    return CallOrder.of(
            layers, Set.of("in"), Arrays.stream(outputs).map(CallOrderTest::result).toList())
        .stream()
        .map(step -> step.layer() + (step.call() == 0 ? "" : ":" + step.call()))
        .toList();
  }

  @Test
  void aChainIsMadeFromItsStart() {
    layer("a", "in").layer("b", "a").layer("c", "b");
    assertThat(order("c")).containsExactly("a", "b", "c");
    assertThat(order("b")).containsExactly("a", "b");
    assertThat(order("in")).isEmpty();
  }

  /** The attention of a block is farther from the output than the sum, which takes both. */
  @Test
  void theFarthestComeFirst() {
    layer("x", "in").layer("attention", "x").layer("sum", "x attention").layer("side", "x");
    layer("end", "side sum");
    // What the end takes first is made first, but not before what is farther from it.
    assertThat(order("end")).containsExactly("x", "attention", "side", "sum", "end");
  }

  /** Calls of equal distance stand as the call after them takes them; outputs from the last. */
  @Test
  void equallyFarOnes() {
    layer("a", "in").layer("b", "in").layer("c", "in").layer("end", "a b c");
    assertThat(order("end")).containsExactly("a", "b", "c", "end");
    assertThat(order("a", "c")).containsExactly("c", "a");
  }

  /** Calls of a shared layer are as far as the farthest of those that come after. */
  @Test
  void sharedLayers() {
    layer("shared", "in", "b").layer("b", "shared").layer("end", "shared:1");
    assertThat(order("end")).containsExactly("shared", "b", "shared:1", "end");
    layer("other", "in").layer("end", "other shared:1");
    assertThat(order("end")).containsExactly("shared", "b", "other", "shared:1", "end");
  }

  @Test
  void whatCannotBeOrderedIsSaid() {
    layer("a", "b").layer("b", "a").layer("c", "in");
    assertThatThrownBy(() -> order("a"))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage("layer a: depends on its own result");
    assertThatThrownBy(() -> order("c:1"))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage("layer c: expected call 1 of it, got 1 calls");
    assertThatThrownBy(() -> order("c:-1"))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage("layer c: expected call -1 of it, got 1 calls");
    layers.keySet().retainAll(List.of("c"));
    assertThatThrownBy(() -> order("d"))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage("layer 'd': expected among the model's layers [c], got none of that name");
  }

  /** Whatever the connections: each call once, after all that it needs. */
  @Test
  void eachCallComesAfterWhatItNeeds() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      layers.clear();
      int count = 2 + random.nextInt(12);
      Map<String, List<String>> needs = new HashMap<>();
      for (int i = 0; i < count; i++) {
        List<String> inputs = new ArrayList<>();
        for (int k = 0; k <= random.nextInt(3); k++) {
          inputs.add(i == 0 ? "in" : "n" + random.nextInt(i));
        }
        needs.put("n" + i, inputs);
        layer("n" + i, String.join(" ", inputs));
      }
      List<String> order = order("n" + (count - 1), "n" + random.nextInt(count));
      assertThat(order).doesNotHaveDuplicates().contains("n" + (count - 1));
      for (String step : order) {
        for (String need : needs.get(step)) {
          if (!need.equals("in")) {
            assertThat(order.indexOf(need)).isBetween(0, order.indexOf(step) - 1);
          }
        }
      }
    }
  }

  /** A model may be as deep as it has layers. */
  @Test
  void deepModels() {
    layer("n0", "in");
    for (int i = 1; i < 10_000; i++) {
      layer("n" + i, "n" + (i - 1));
    }
    assertThat(order("n9999")).hasSize(10_000).startsWith("n0", "n1").endsWith("n9998", "n9999");
  }
}
