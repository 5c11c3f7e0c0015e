package io.github.attentive.djl.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which dense layers may be computed together with their activation. */
class FusedActivationsTest extends FunctionBuilderCase {
  private final Tensor x = floats(BATCH, of(4));
  private final Tensor dense = function.linear(x, weight, bias);

  private FusedActivations fused() {
    return FusedActivations.of(
        graph.build().function("f"),
        linear -> linear.bias() != null,
        activation -> activation == Activation.RELU);
  }

  private void assertFused(boolean expected) {
    FusedActivations found = fused();
    assertThat(found.holds(dense)).isEqualTo(expected);
    Operation.Linear layer = found.layerOf(dense);
    if (expected) {
      assertThat(layer).isEqualTo(new Operation.Linear(x, weight, bias));
    } else {
      assertThat(layer).isNull();
    }
    assertThat(found.holds(x)).isFalse();
  }

  @Test
  void aLayerWhoseResultOnlyTheActivationTakes() {
    function.output("y", function.activate(Activation.RELU, dense));
    assertFused(true);
  }

  @Test
  void anActivationThatIsNotFused() {
    function.output("y", function.activate(Activation.TANH, dense));
    assertFused(false);
  }

  @Test
  void aLayerThatIsNotFused() {
    Tensor unbiased = function.linear(x, weight, null);
    function.output("y", function.activate(Activation.RELU, unbiased));
    assertThat(fused().holds(unbiased)).isFalse();
    assertFused(false);
  }

  @Test
  void aLayerThatSomethingElseTakesToo() {
    Tensor y = function.activate(Activation.RELU, dense);
    function.output("y", function.add(y, dense));
    assertFused(false);
  }

  @Test
  void aLayerThatIsAnOutput() {
    function.output("y", function.activate(Activation.RELU, dense));
    function.output("z", dense);
    assertFused(false);
  }

  @Test
  void aLayerOfTwoActivations() {
    function.output("y", function.activate(Activation.RELU, dense));
    function.output("z", function.activate(Activation.RELU, dense));
    assertFused(false);
  }

  /** A recurrence takes its sequences; what its steps fuse is not looked at here. */
  @Test
  void aLayerThatARecurrenceTakes() {
    Tensor sequence = floats(BATCH, LENGTH, of(4));
    Tensor projected = function.linear(sequence, weight, bias);
    Tensor states =
        function.recurrence(
            List.of(projected),
            3,
            false,
            (slices, state) -> function.activate(Activation.RELU, slices.get(0)));
    function.output("states", states);
    function.output("y", function.activate(Activation.RELU, projected));
    assertThat(fused().holds(projected)).isFalse();
  }
}
