package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.Operation;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A new operation has to come into the graph that the others are tested with. */
class SmallGraphTest {
  private static final List<Operation> OPERATIONS =
      SmallGraph.ofEveryOperation().functions().stream()
          .flatMap(function -> function.steps().stream())
          .map(step -> step.operation())
          .toList();

  private static <T extends Operation> Stream<T> operations(Class<T> type) {
    return OPERATIONS.stream().filter(type::isInstance).map(type::cast);
  }

  @Test
  void hasEveryOperation() {
    Set<Class<?>> used = OPERATIONS.stream().map(Object::getClass).collect(Collectors.toSet());
    assertThat(used).containsExactlyInAnyOrder(Operation.class.getPermittedSubclasses());
  }

  @Test
  void hasEveryKindOfThem() {
    assertThat(operations(Operation.Activate.class).map(Operation.Activate::activation))
        .contains(Activation.values());
    assertThat(operations(Operation.Binary.class).map(Operation.Binary::arithmetic))
        .contains(Operation.Arithmetic.values());
    assertThat(operations(Operation.Reduce.class).map(Operation.Reduce::reduction))
        .contains(Operation.Reduction.values());
    assertThat(operations(Operation.Linear.class).map(op -> op.bias() == null))
        .contains(true, false);
    assertThat(operations(Operation.LayerNorm.class).map(op -> op.bias() == null))
        .contains(true, false);
    assertThat(operations(Operation.Attention.class).map(op -> op.bias() == null))
        .contains(true, false);
    assertThat(operations(Operation.Embedding.class).map(op -> op.table().shape().rank()))
        .contains(1, 2);
  }
}
