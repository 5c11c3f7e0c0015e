package io.github.attentive.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final String FIRST = "model-00001-of-00002.safetensors";
  private static final String SECOND = "model-00002-of-00002.safetensors";

  @TempDir Path folder;
  private Path index;

  @BeforeEach
  void nameIndex() {
    index = folder.resolve("model.safetensors.index.json");
  }

  /** A file of tensors whose one value is the length of the file's name. */
  private void shard(String file, String... names) {
    SafetensorsWriter.write(
        folder.resolve(file),
        Arrays.stream(names)
            .map(name -> Parameter.of(name, Shape.of(), new float[] {file.length()}))
            .toList());
  }

  private void index(String... namesAndFiles) throws IOException {
    JsonObject weightMap = new JsonObject();
    for (int i = 0; i < namesAndFiles.length; i += 2) {
      weightMap.addProperty(namesAndFiles[i], namesAndFiles[i + 1]);
    }
    JsonObject json = new JsonObject();
    json.add("metadata", new JsonObject());
    json.add("weight_map", weightMap);
    Files.writeString(index, json.toString());
  }

  private Map<String, String> filesOfTensors() {
    Map<String, String> files = new LinkedHashMap<>();
    Checkpoint.read(folder)
        .tensors()
        .forEach((name, tensor) -> files.put(name, tensor.file().getFileName().toString()));
    return files;
  }

  private void assertRefused(Path subject, String... says) {
    assertThatThrownBy(() -> Checkpoint.read(folder))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith(subject + ": ")
        .hasMessageContainingAll(says);
  }

  @Test
  void oneFile() {
    shard("model.safetensors", "b", "a");
    Checkpoint checkpoint = Checkpoint.read(folder);
    assertThat(checkpoint.source()).isEqualTo(folder.resolve("model.safetensors"));
    assertThat(checkpoint.tensors().keySet()).containsExactly("b", "a");
    assertThat(checkpoint.has("a")).isTrue();
    assertThat(checkpoint.has("c")).isFalse();
    assertThat(checkpoint.tensor("a").parameter().values()).containsExactly(17);
    assertThatThrownBy(() -> checkpoint.tensor("c"))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage(
            checkpoint.source()
                + ": tensor 'c': expected among the weights, got none of that name");
  }

  @Test
  void severalFilesInTheOrderOfTheIndex() throws IOException {
    shard(FIRST, "a", "b");
    shard(SECOND, "c");
    index("c", SECOND, "b", FIRST, "a", FIRST);
    Checkpoint checkpoint = Checkpoint.read(folder);
    assertThat(checkpoint.source()).isEqualTo(index);
    assertThat(checkpoint.tensors().keySet()).containsExactly("c", "b", "a");
    assertThat(checkpoint.tensor("b").file()).isEqualTo(folder.resolve(FIRST));
    assertThat(checkpoint.tensor("c").file()).isEqualTo(folder.resolve(SECOND));
    assertThatThrownBy(() -> checkpoint.tensors().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> checkpoint.tensor("d"))
        .hasMessageStartingWith(index + ": tensor 'd': expected");
  }

  @Test
  void theSingleFileIsPreferredAsInTransformers() throws IOException {
    shard("model.safetensors", "a");
    index("b", "absent.safetensors");
    assertThat(filesOfTensors()).containsExactly(Map.entry("a", "model.safetensors"));
  }

  @Test
  void tensorsThatTheIndexLeavesOutAreRead() throws IOException {
    shard(FIRST, "z", "a");
    shard(SECOND, "c");
    index("a", FIRST, "c", SECOND);
    assertThat(filesOfTensors().keySet()).containsExactly("a", "c", "z");
  }

  @Test
  void theIndexDecidesBetweenTwoOfOneName() throws IOException {
    shard(FIRST, "a", "c");
    shard(SECOND, "a", "c");
    index("a", FIRST, "c", SECOND);
    assertThat(filesOfTensors()).containsExactly(Map.entry("a", FIRST), Map.entry("c", SECOND));
    index("a", FIRST, "b", SECOND);
    assertRefused(index, "field 'weight_map.b': expected a file that has this tensor");
    shard(SECOND, "b", "c");
    assertRefused(index, "tensor 'c': expected in one file, got it in " + FIRST, SECOND);
  }

  @Test
  void allMissingFilesAreNamed() throws IOException {
    shard(FIRST, "a");
    index("a", FIRST, "b", SECOND, "c", "model-00003.safetensors", "d", SECOND);
    assertRefused(
        index,
        "expected 3 files beside it, of which 2 are missing: "
            + SECOND
            + ", model-00003.safetensors; fetch them too");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../model.safetensors",
        "..\\\\model.safetensors",
        "..",
        ".",
        "",
        "/etc/passwd",
        "/tmp/x.safetensors",
        "C:\\\\x.safetensors",
        "C:x.safetensors",
        "sub/x.safetensors",
        "\\u0000.safetensors",
        "a\\n.safetensors",
        "pytorch_model-00001-of-00002.bin",
        "x.safetensors/",
        ".safetensors"
      })
  void aFileIsAPlainNameBesideTheIndex(String name) throws IOException {
    Path outside = Files.createDirectories(folder.resolve("model/sub"));
    shard("model.safetensors", "a");
    shard("model/sub/x.safetensors", "a");
    folder = outside.getParent();
    index = folder.resolve("model.safetensors.index.json");
    Files.writeString(index, "{\"weight_map\":{\"a\":\"" + name + "\"}}");
    assertRefused(
        index, "field 'weight_map.a': expected the name of a .safetensors file beside the index");
  }

  @Test
  void aLongNameIsRefused() throws IOException {
    index("a", "x".repeat(100_000) + ".safetensors");
    assertRefused(index, "field 'weight_map.a'", "xxx ...");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"weight_map\":null}",
        "{\"weight_map\":[]}",
        "{\"weight_map\":{}}",
        "{\"weight_map\":{\"a\":1}}",
        "{\"weight_map\":{\"a\":null}}",
        "{\"weight_map\":{\"a\":\"x.safetensors\",\"a\":\"x.safetensors\"}}",
        "version https://git-lfs.github.com/spec/v1\noid sha256:0\n"
      })
  void anIndexThatIsNone(String json) throws IOException {
    shard("x.safetensors", "a");
    Files.writeString(index, json);
    assertRefused(index, "index.json");
  }

  @Test
  void aFileThatIsAGitLfsPointerOrDamagedIsNamed() throws IOException {
    shard(FIRST, "a");
    index("a", FIRST, "b", SECOND);
    Path second = folder.resolve(SECOND);
    Files.writeString(second, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 4\n");
    assertRefused(second, "got the Git LFS pointer to it; run `git lfs pull`");
    Files.write(second, new byte[20]);
    assertRefused(second, "damaged");
  }

  private void link(String name, String target) throws IOException {
    try {
      Files.createSymbolicLink(folder.resolve(name), Path.of(target));
    } catch (UnsupportedOperationException | IOException e) {
      Assumptions.abort("no symbolic links here: " + e);
    }
  }

  @Test
  void symbolicLinksAreFollowed() throws IOException {
    Files.createDirectories(folder.resolve("blobs"));
    shard("blobs/0123", "a");
    shard("blobs/4567", "b");
    link(FIRST, "blobs/0123");
    link(SECOND, "blobs/4567");
    index("a", FIRST, "b", SECOND);
    assertThat(filesOfTensors()).containsExactly(Map.entry("a", FIRST), Map.entry("b", SECOND));
    link("model.safetensors", "blobs/none");
    assertRefused(folder.resolve("model.safetensors"), "is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pytorch_model.bin|is a Python pickle|safe_serialization=True",
        "pytorch_model-00001-of-00002.bin|is a Python pickle|from_pretrained(dir)",
        "consolidated.00.pth|is a Python pickle|if you trust",
        "model.PT|is a Python pickle|which can run code",
        "epoch=3.ckpt|is a Python pickle|transformers",
        "tf_model.h5|weights of TensorFlow|from_tf=True",
        "bert_model.ckpt.index|weights of TensorFlow|from_tf=True",
        "bert_model.ckpt.data-00000-of-00001|weights of TensorFlow|from_tf=True",
        "flax_model.msgpack|weights of Flax|from_flax=True",
        "model.onnx|is an ONNX graph|fetch model.safetensors",
        "adapter_model.safetensors|is a PEFT adapter|merge",
        "adapter_model.bin|is a PEFT adapter|merge",
        "model.gguf|is a GGUF file|fetch model.safetensors",
        "model-00001-of-00002.safetensors|is one part|model.safetensors.index.json",
        "weights.safetensors|has not the name|name it model.safetensors"
      })
  void weightsOfOtherFormatsAreNamedWithAWayOut(String file, String what, String wayOut)
      throws IOException {
    Files.writeString(folder.resolve("config.json"), "{}");
    for (String none : List.of("training_args.bin", "openvino_model.bin", "rng_state_0.pth")) {
      Files.writeString(folder.resolve(none), "");
    }
    Files.writeString(folder.resolve(file), "");
    assertRefused(folder, "expected the weights as model.safetensors, got " + file, what, wayOut);
  }

  @Test
  void nothingIsNamedToo() throws IOException {
    assertRefused(folder, "expected the weights as model.safetensors, or", "got no files");
    Files.createDirectories(folder.resolve("pytorch_model.bin"));
    assertRefused(folder, "got no files");
    for (String file : List.of("training_args.bin", "config.json", "a\u0007b")) {
      Files.writeString(folder.resolve(file), "");
    }
    assertRefused(folder, "got a?b, config.json, training_args.bin");
    for (int i = 0; i < 20; i++) {
      Files.writeString(folder.resolve("f" + i), "");
    }
    assertRefused(folder, " and 13 more");
    folder = folder.resolve("config.json");
    assertRefused(folder, "expected a model directory, which cannot be listed");
    folder = folder.resolveSibling("none");
    assertRefused(folder, "expected a model directory, which cannot be listed");
  }
}
