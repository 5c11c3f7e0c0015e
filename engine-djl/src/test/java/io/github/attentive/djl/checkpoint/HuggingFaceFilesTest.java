package io.github.attentive.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Files that transformers and safetensors wrote; expected numbers are those of Python's struct. */
class HuggingFaceFilesTest {

  /** Exact values, and a sum in double precision that differs only by its order. */
  private static void assertValues(StoredTensor tensor, double sum, float... first) {
    float[] values = tensor.parameter().values();
    assertThat(Arrays.copyOf(values, first.length)).isEqualTo(first);
    double total = 0;
    for (float value : values) {
      total += value;
    }
    assertThat(total).isEqualTo(sum, within(1e-9));
  }

  @Test
  void weightsOfBert() {
    Checkpoint checkpoint = Checkpoint.read(SharedFixtures.path("hf/bert"));
    assertThat(checkpoint.tensors()).hasSize(57);
    assertThat(checkpoint.tensors().values())
        .extracting(StoredTensor::type)
        .containsOnly(StoredType.F32);
    StoredTensor positions = checkpoint.tensor("bert.embeddings.position_embeddings.weight");
    assertThat(positions.shape()).isEqualTo(Shape.ofSizes(32, 32));
    assertValues(positions, -10.141740751976613, -0.2821168601512909f, -0.2116108238697052f);
    assertValues(
        checkpoint.tensor("classifier.bias"),
        0.06160638201981783,
        -0.032258421182632446f,
        0.013606560416519642f,
        0.08025824278593063f);
  }

  @Test
  void weightsOfModernBert() {
    Checkpoint checkpoint = Checkpoint.read(SharedFixtures.path("hf/modernbert"));
    assertThat(checkpoint.tensors()).hasSize(24);
    StoredTensor output = checkpoint.tensor("model.layers.2.mlp.Wo.weight");
    assertThat(output.shape()).isEqualTo(Shape.ofSizes(32, 48));
    assertValues(output, 1.440383699722588, -0.10921456664800644f, -0.06994737684726715f);
  }

  @Test
  void integersOfAlbert() {
    Map<String, StoredTensor> golden =
        Safetensors.read(SharedFixtures.path("hf/albert/golden.safetensors"));
    assertThat(golden).hasSize(77);
    assertThat(golden.get("0/input_ids").integers()).hasSize(11).startsWith(2, 5, 10);
    assertThat(Arrays.stream(golden.get("0/input_ids").integers()).sum()).isEqualTo(240);
    assertThat(golden.get("batch/attentions").sizes()).containsExactly(3, 12, 4, 32, 32);
    assertValues(golden.get("batch/logits"), 4.673986274749041, 0.611936092376709f);
  }

  @ParameterizedTest
  @FieldSource("io.github.attentive.djl.SharedFixtures#HUGGING_FACE")
  void everyFixtureIsRead(String name) throws IOException {
    Path directory = SharedFixtures.path("hf/" + name);
    JsonFile config = JsonFile.read(directory.resolve("config.json"));
    assertThat(config.string("model_type")).isNotEmpty();
    assertThat(config.strings("architectures")).hasSize(1);
    assertThat(config.object("id2label").names()).hasSizeBetween(2, 3);
    assertThat(
            JsonFile.read(directory.resolve("tokenizer_config.json")).whole("model_max_length", 0))
        .isPositive();
    long data = 0;
    for (StoredTensor tensor : Checkpoint.read(directory).tensors().values()) {
      data += tensor.parameter().byteCount();
    }
    long size = Files.size(directory.resolve("model.safetensors"));
    assertThat(data).isBetween(size - 8000, size - 8);
  }
}
