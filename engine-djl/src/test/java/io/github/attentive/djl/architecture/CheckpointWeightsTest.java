package io.github.attentive.djl.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.Checkpoint;
import io.github.attentive.djl.checkpoint.SafetensorsWriter;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointWeightsTest {
  private static final Shape TWO = Shape.ofSizes(2);

  @TempDir Path folder;

  /** A checkpoint of tensors that all have two numbers, counting upwards. */
  private CheckpointWeights weights(String... names) {
    Path file = folder.resolve("model.safetensors");
    float[] next = {0};
    SafetensorsWriter.write(
        file,
        Arrays.stream(names)
            .map(name -> Parameter.of(name, TWO, new float[] {next[0]++, next[0]++}))
            .toList());
    return new CheckpointWeights(Checkpoint.read(folder));
  }

  private void assertRefused(CheckpointWeights weights, String name, Shape shape, String message) {
    assertThatThrownBy(() -> weights.get(name, shape))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage("%s: %s", folder.resolve("model.safetensors"), message);
  }

  @Test
  void givesWhatIsThere() {
    CheckpointWeights weights = weights("a", "b", "c");
    assertThat(weights.unused()).containsExactly("a", "b", "c");
    Parameter b = weights.get("b", TWO);
    assertThat(b).hasToString("b[2]");
    assertThat(b.values()).containsExactly(2, 3);
    assertThat(weights.unused()).containsExactly("a", "c");
    assertThat(weights.get("b", TWO).values()).containsExactly(2, 3);
    weights.get("a", TWO);
    weights.get("c", TWO);
    assertThat(weights.unused()).isEmpty();
  }

  @Test
  void aMissingTensorIsNamed() {
    assertRefused(
        weights("a", "classifier.weight"),
        "b",
        Shape.ofSizes(3, 4),
        "tensor 'b': expected shape [3, 4], got no such tensor; save the whole model again, with"
            + " save_pretrained");
  }

  @Test
  void aCheckpointWithoutHeadSaysHowToGetOne() {
    assertRefused(
        weights("a", "pre_classifier.weight"),
        "classifier.weight",
        TWO,
        "tensor 'classifier.weight': expected shape [2], got no such tensor; an encoder alone"
            + " gives no labels: fine-tune it first (attentive train --recipe bert --from, or"
            + " AutoModelForSequenceClassification in Python)");
  }

  @Test
  void anotherShapeIsNamed() {
    CheckpointWeights weights = weights("a");
    for (Shape other : new Shape[] {Shape.ofSizes(3), Shape.ofSizes(2, 1), Shape.of()}) {
      assertRefused(
          weights,
          "a",
          other,
          "tensor 'a': expected shape %s as config.json has it, got [2]".formatted(other));
    }
    assertThat(weights.unused()).as("what was refused was not used").containsExactly("a");
  }

  @Test
  void oldNamesOfANormsVectors() {
    CheckpointWeights weights = weights("x.LayerNorm.gamma", "x.LayerNorm.beta", "y.gamma");
    assertThat(weights.get("x.LayerNorm.weight", TWO).values()).containsExactly(0, 1);
    assertThat(weights.get("x.LayerNorm.bias", TWO).values()).containsExactly(2, 3);
    assertThat(weights.unused()).containsExactly("y.gamma");
    assertThatThrownBy(() -> weights.get("y.weight", TWO)).isInstanceOf(ModelLoadException.class);
    assertRefused(
        weights,
        "x.LayerNorm.weight",
        Shape.ofSizes(5),
        "tensor 'x.LayerNorm.gamma': expected shape [5] as config.json has it, got [2]");
  }

  @Test
  void newNamesGoBeforeOldOnes() {
    CheckpointWeights weights = weights("x.LayerNorm.gamma", "x.LayerNorm.weight");
    assertThat(weights.get("x.LayerNorm.weight", TWO).values()).containsExactly(2, 3);
    assertThat(weights.unused()).containsExactly("x.LayerNorm.gamma");
  }
}
