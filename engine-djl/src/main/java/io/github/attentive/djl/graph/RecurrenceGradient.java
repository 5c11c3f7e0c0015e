package io.github.attentive.djl.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Back-propagation through time (Werbos 1990) as a recurrence of its own, which goes through the
 * positions the other way round. A step computes anew what the step forwards has computed, from the
 * state before it; its state is the gradient of that state, and beside it those of the slices.
 */
final class RecurrenceGradient {
  private final FunctionBuilder function;
  private final Operation.Recurrence recurrence;

  RecurrenceGradient(FunctionBuilder function, Operation.Recurrence recurrence) {
    this.function = function;
    this.recurrence = recurrence;
  }

  /**
   * Writes it.
   *
   * @param states what the recurrence gave
   * @param gradient of the states
   * @param needed the sequences whose gradients are wanted
   */
  List<GradientPart> parts(Tensor states, Tensor gradient, Predicate<Tensor> needed) {
    List<Tensor> wanted = new ArrayList<>(List.of(recurrence.state()));
    List<Tensor> sequences = new ArrayList<>();
    long size = recurrence.state().shape().axis(1).size();
    long width = size;
    for (int i = 0; i < recurrence.sequences().size(); i++) {
      if (needed.test(recurrence.sequences().get(i))) {
        sequences.add(recurrence.sequences().get(i));
        wanted.add(recurrence.slices().get(i));
        width += width(recurrence.sequences().get(i));
      }
    }
    Tensor all = backward(states, gradient, wanted, size, width);
    List<GradientPart> parts = new ArrayList<>();
    long start = size;
    for (Tensor sequence : sequences) {
      long end = start + width(sequence);
      parts.add(
          GradientPart.whole(sequence, unflattened(function.slice(all, 2, start, end), sequence)));
      start = end;
    }
    return parts;
  }

  /** The gradients of the wanted tensors of each step, one after the other along the last axis. */
  private Tensor backward(
      Tensor states, Tensor gradient, List<Tensor> wanted, long size, long width) {
    Tensor before = function.shift(states, 1, recurrence.backward() ? -1 : 1);
    List<Tensor> sequences = new ArrayList<>(recurrence.sequences());
    sequences.add(before);
    sequences.add(gradient);
    List<Tensor> slices = new ArrayList<>(recurrence.slices());
    slices.add(recurrence.state());
    slices.add(function.sliceOf(gradient));
    return function.recurrence(
        sequences,
        slices,
        width,
        !recurrence.backward(),
        recurrence.steps(),
        (seen, later) -> {
          Tensor fromLater = function.slice(later, 1, 0, size);
          Tensor ofState = function.add(seen.get(seen.size() - 1), fromLater);
          return Gradients.of(function, recurrence.next(), ofState, wanted).stream()
              .map(this::flattened)
              .reduce((one, other) -> function.concat(one, other, 1))
              .orElseThrow();
        });
  }

  /** Numbers of a position of a sequence. */
  private long width(Tensor sequence) {
    List<Axis> axes = sequence.shape().axes().subList(2, sequence.shape().rank());
    if (axes.stream().anyMatch(axis -> axis.name() != null)) {
      throw new IllegalArgumentException(
          "function '%s', gradients of a recurrence: expected sequences [batch, n, ...] of fixed sizes, got %s"
              .formatted(function.name(), sequence));
    }
    return axes.stream().mapToLong(Axis::size).reduce(1, Math::multiplyExact);
  }

  /** {@code [batch, numbers]}. */
  private Tensor flattened(Tensor slice) {
    Tensor flat = slice.shape().rank() == 1 ? function.unsqueeze(slice, 1) : slice;
    while (flat.shape().rank() > 2) {
      flat = function.mergeAxes(flat, 1);
    }
    return flat;
  }

  /** {@code [batch, n, numbers]} in the shape of a sequence. */
  private Tensor unflattened(Tensor flat, Tensor sequence) {
    Shape shape = sequence.shape();
    if (shape.rank() == 2) {
      return function.select(flat, 2, 0);
    }
    Tensor whole = flat;
    for (int axis = 2; axis < shape.rank() - 1; axis++) {
      whole = function.splitAxis(whole, axis, shape.axis(axis).size());
    }
    return whole;
  }
}
