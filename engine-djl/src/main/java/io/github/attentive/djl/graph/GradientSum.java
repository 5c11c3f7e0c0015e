package io.github.attentive.djl.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a tensor as its parts come. Slices wait until all are there: those that stand
 * side by side, such as the heads of queries, keys and values, become one tensor without a zero in
 * it.
 */
final class GradientSum {
  private final FunctionBuilder function;
  private final Tensor of;
  private final List<GradientPart> slices = new ArrayList<>();
  private @Nullable Tensor sum;

  GradientSum(FunctionBuilder function, Tensor of) {
    this.function = function;
    this.of = of;
  }

  void add(GradientPart part) {
    if (part.axis() == GradientPart.WHOLE) {
      add(part.gradient());
    } else {
      slices.add(part);
    }
  }

  private void add(Tensor gradient) {
    sum = sum == null ? gradient : function.add(sum, gradient);
  }

  /** The sum of what has come; zeros for nothing. */
  Tensor total() {
    slices.sort(Comparator.comparingInt(GradientPart::axis).thenComparing(GradientPart::start));
    while (!slices.isEmpty()) {
      add(joined(takeSideBySide()));
    }
    return sum == null ? function.fill(of, 0) : sum;
  }

  /** Slices of one axis that do not overlap, in order. */
  private List<GradientPart> takeSideBySide() {
    List<GradientPart> taken = new ArrayList<>();
    int axis = slices.get(0).axis();
    long end = 0;
    for (GradientPart part : slices) {
      if (part.axis() == axis && part.start() >= end) {
        taken.add(part);
        end = part.end();
      }
    }
    slices.removeAll(taken);
    return taken;
  }

  /** Slices one after the other, with zeros where there is none. */
  private Tensor joined(List<GradientPart> parts) {
    int axis = parts.get(0).axis();
    Tensor joined = null;
    long end = 0;
    for (GradientPart part : parts) {
      joined = concat(concat(joined, zeros(axis, end, part.start()), axis), part.gradient(), axis);
      end = part.end();
    }
    return concat(joined, zeros(axis, end, of.shape().axis(axis).size()), axis);
  }

  private @Nullable Tensor zeros(int axis, long start, long end) {
    return start == end ? null : function.fill(function.slice(of, axis, start, end), 0);
  }

  private @Nullable Tensor concat(@Nullable Tensor first, @Nullable Tensor second, int axis) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return function.concat(first, second, axis);
  }
}
