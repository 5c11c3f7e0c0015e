package io.github.attentive.djl.keras;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Which outputs of a model are what. */
record OutputChoice(
    Path path,
    List<KerasModelConfig.Output> outputs,
    List<KerasValue> values,
    List<ShownAttention> shown) {

  Tensor scores(int output) {
    return Objects.requireNonNull(values.get(output).tensor());
  }

  /** The only output {@code [batch, classes]} that is no attention, or the one named. */
  int prediction(Optional<String> name) {
    List<Integer> candidates =
        IntStream.range(0, outputs.size())
            .filter(i -> name.map(wanted -> isNamed(i, wanted)).orElse(true))
            .filter(this::isScores)
            .boxed()
            .toList();
    if (candidates.size() != 1) {
      throw new ModelLoadException(
          "%s: expected one output [batch, classes]%s, got %s; name it in attentive.json:"
                  .formatted(
                      path,
                      name.map(wanted -> " of the name '" + wanted + "'").orElse(""),
                      described())
              + " {\"outputs\":{\"scores\":\"...\"}}");
    }
    return candidates.get(0);
  }

  private boolean isNamed(int output, String name) {
    return outputs.get(output).name().equals(name)
        || outputs.get(output).result().layer().equals(name)
        || name.equals("output_" + output);
  }

  private boolean isScores(int output) {
    KerasValue value = values.get(output);
    Tensor tensor = value.tensor();
    return tensor != null
        && tensor.type() == ElementType.FLOAT32
        && tensor.shape().rank() == 2
        && tensor.shape().axis(1).size() > 0
        && value.positions() == KerasValue.NO_POSITIONS
        && shown.stream().noneMatch(attention -> attention.result() == tensor);
  }

  private List<String> described() {
    return IntStream.range(0, outputs.size())
        .mapToObj(i -> "'%s' %s".formatted(outputs.get(i).name(), shape(values.get(i))))
        .toList();
  }

  private static String shape(KerasValue value) {
    return value.tensor() == null ? "texts" : value.tensor().shape().toString();
  }

  /**
   * The attention that is shown: what the model gives as an output, or is named; else all of it.
   * Layers of other shapes than the last one's are left out.
   */
  List<Integer> attentions(Optional<String> name) {
    List<Integer> given =
        IntStream.range(0, shown.size())
            .filter(
                i ->
                    IntStream.range(0, outputs.size())
                        .filter(output -> name.map(wanted -> isNamed(output, wanted)).orElse(true))
                        .anyMatch(output -> values.get(output).tensor() == shown.get(i).result()))
            .boxed()
            .toList();
    List<Integer> basis =
        given.isEmpty() && name.isEmpty()
            ? IntStream.range(0, shown.size()).boxed().toList()
            : given;
    List<Integer> fitting = new ArrayList<>();
    for (int i : basis) {
      if (shown.get(i).fits(shown.get(basis.get(basis.size() - 1)))) {
        fitting.add(i);
      }
    }
    return fitting;
  }
}
