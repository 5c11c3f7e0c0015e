package io.github.attentive.djl.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Recurrences, and the operations that came with them. */
class FunctionBuilderRecurrenceTest extends FunctionBuilderCase {
  @Test
  void aRecurrenceGivesTheStateAfterEachPosition() {
    Tensor x = floats(BATCH, LENGTH, of(4));
    Tensor keep = floats(BATCH, LENGTH, of(1));
    AtomicReference<List<Tensor>> seen = new AtomicReference<>();
    Tensor states =
        function.recurrence(
            List.of(x, keep),
            4,
            true,
            (slices, state) -> {
              seen.set(List.of(slices.get(0), slices.get(1), state));
              return function.add(function.multiply(slices.get(0), slices.get(1)), state);
            });
    assertFloats(states, BATCH, LENGTH, of(4));
    assertFloats(seen.get().get(0), BATCH, of(4));
    assertFloats(seen.get().get(1), BATCH, of(1));
    assertFloats(seen.get().get(2), BATCH, of(4));
    List<Function.Step> steps = graph.build().function("f").steps();
    assertThat(steps).hasSize(1);
    Operation.Recurrence recurrence = (Operation.Recurrence) steps.get(0).operation();
    assertThat(recurrence.sequences()).containsExactly(x, keep);
    assertThat(recurrence.slices()).isEqualTo(seen.get().subList(0, 2));
    assertThat(recurrence.state()).isEqualTo(seen.get().get(2));
    assertThat(recurrence.steps()).hasSize(2);
    assertThat(recurrence.next()).isEqualTo(recurrence.steps().get(1).result());
    assertThat(recurrence.backward()).isTrue();
  }

  @Test
  void aStateMayStayAndSequencesMayBeVectors() {
    Tensor x = floats(BATCH, of(3));
    assertFloats(
        function.recurrence(List.of(x), 2, false, (slices, state) -> state), BATCH, of(3), of(2));
  }

  @Test
  void sequencesHaveToBeOfOneBatchAndLength() {
    Tensor x = floats(BATCH, LENGTH, of(4));
    for (Tensor other :
        List.of(floats(BATCH, OTHER, of(4)), floats(OTHER, LENGTH), floats(BATCH))) {
      assertRefused(
          () -> function.recurrence(List.of(x, other), 4, false, (slices, state) -> state),
          "recurrence: expected sequences [batch, n, ...], got %s",
          List.of(x, other));
    }
    Tensor ids = integers(BATCH, LENGTH);
    assertRefused(
        () -> function.recurrence(List.of(ids), 4, false, (slices, state) -> state),
        "recurrence: expected FLOAT32, got %s",
        ids);
  }

  @Test
  void stepsHaveToLeaveAState() {
    Tensor x = floats(BATCH, LENGTH, of(3));
    AtomicReference<Tensor> state = new AtomicReference<>();
    assertThatThrownBy(
            () ->
                function.recurrence(
                    List.of(x),
                    4,
                    false,
                    (slices, before) -> {
                      state.set(before);
                      return slices.get(0);
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "function 'f', recurrence: expected steps to leave a state " + state.get() + ", got ");
    assertThat(graph.build().function("f").steps()).isEmpty();
  }

  /** An engine may run the steps apart from the function around them. */
  @Test
  void stepsMayUseOnlyWhatTheyAreGiven() {
    Tensor x = floats(BATCH, LENGTH, of(4));
    Tensor outside = floats(BATCH, of(4));
    assertThatThrownBy(
            () ->
                function.recurrence(
                    List.of(x), 4, false, (slices, state) -> function.add(state, outside)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "function 'f', recurrence: expected its steps to use what they are given only, got ");
    assertRefused(
        () -> function.recurrence(List.of(x), 4, false, (slices, state) -> outside),
        "recurrence: expected the next state to be a step's result, got %s",
        outside);
  }

  /** After a step that fails, the function goes on where it was. */
  @Test
  void aStepThatFailsLeavesNothing() {
    Tensor x = floats(BATCH, LENGTH, of(4));
    assertThatThrownBy(
            () ->
                function.recurrence(
                    List.of(x),
                    4,
                    false,
                    (slices, state) -> {
                      function.add(state, state);
                      throw new IllegalStateException("no step");
                    }))
        .hasMessage("no step");
    function.affine(x, 2, 0);
    assertThat(graph.build().function("f").steps()).hasSize(1);
    assertStep(new Operation.Affine(x, 2, 0));
  }

  @Test
  void reverseKeepsShapeAndType() {
    Tensor x = floats(BATCH, LENGTH, of(4));
    assertFloats(function.reverse(x, -2), BATCH, LENGTH, of(4));
    assertStep(new Operation.Reverse(x, 1));
    assertIntegers(function.reverse(integers(BATCH, LENGTH), 1), BATCH, LENGTH);
    assertRefused(() -> function.reverse(x, 3), "reverse: expected an axis of %s, got 3", x);
  }

  @Test
  void maxDropsTheAxis() {
    Tensor x = floats(BATCH, LENGTH, of(4));
    assertFloats(function.max(x, 1), BATCH, of(4));
    assertStep(new Operation.Reduce(Operation.Reduction.MAX, x, 1));
    Tensor ids = integers(BATCH);
    assertRefused(() -> function.max(ids, 0), "max: expected FLOAT32, got %s", ids);
    assertRefused(() -> function.max(x, 3), "max: expected an axis of %s, got 3", x);
  }

  /** The last one is -1; no other counts from the end. */
  @Test
  void selectTakesTheLastOfAnAxisOfAnySize() {
    Tensor x = floats(BATCH, LENGTH, of(4));
    assertFloats(function.select(x, 1, -1), BATCH, of(4));
    assertStep(new Operation.Select(x, 1, -1));
    assertFloats(function.select(x, 2, -1), BATCH, LENGTH);
    for (int axis : new int[] {1, 2}) {
      assertRefused(
          () -> function.select(x, axis, -2),
          "select: expected an element of axis %s of %s, got -2",
          axis,
          x);
    }
    assertRefused(
        () -> function.select(x, 2, 4), "select: expected an element of axis 2 of %s, got 4", x);
  }
}
