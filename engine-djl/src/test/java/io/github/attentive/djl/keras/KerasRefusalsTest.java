package io.github.attentive.djl.keras;

import static io.github.attentive.djl.keras.KerasArchive.call;
import static io.github.attentive.djl.keras.KerasArchive.callOfList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.SharedFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not read, and how it is said. */
class KerasRefusalsTest extends KerasCase {
  private static KerasArchive tokens() {
    return KerasArchive.ofTokens("3", false);
  }

  @Test
  void codeIsNotRun() throws IOException {
    assertRefused(
            tokens()
                .layer("Lambda", "mine", "\"function\":\"x\"", call("embedding"))
                .averaged("mine"))
        .endsWith(
            "layer 'mine' (Lambda, 3 of 5): expected a layer of Keras itself, got a function, which"
                + " is code that would have to run; build the model of Keras's own layers, or export"
                + " it as a SavedModel");
    assertRefused(
            tokens()
                .raw(
                    """
                    {"module":"builtins","class_name":"Dense","registered_name":"shop>Dense",
                     "config":{"name":"own"},"name":"own","inbound_nodes":[]}"""))
        .contains("layer 'own' (Dense, 3 of 3): expected a layer of Keras itself", "'shop>Dense'");
  }

  @Test
  void whatIsUnknownIsNamedWithItsPlace() throws IOException {
    assertRefused(
            tokens().layer("Conv1D", "conv", "\"filters\":3", call("embedding")).averaged("conv"))
        .contains("layer 'conv' (Conv1D, 3 of 5): expected a layer of [Activation, ", "SavedModel");
    assertRefused(
            tokens()
                .layer("Flatten", "flat", "\"order\":\"F\"", call("embedding"))
                .dense("flat", "sigmoid", 1, 6))
        .endsWith(
            "layer 'flat' (Flatten, 3 of 4): option 'order': expected no such option, or null, got"
                + " \"F\"");
    assertRefused(
            tokens()
                .layer("Activation", "act", "\"activation\":\"sine\"", call("embedding"))
                .averaged("act"))
        .contains("option 'activation': expected one of [elu, ", "got \"sine\"");
    assertRefused(
            tokens()
                .layer(
                    "Activation",
                    "act",
                    "\"activation\":\"relu\",\"dtype\":\"mixed_float16\"",
                    call("embedding"))
                .averaged("act"))
        .endsWith(
            "option 'dtype': expected float32; save the model with that policy, got"
                + " \"mixed_float16\"");
    assertRefused(
            tokens()
                .layer(
                    "Attention",
                    "attention",
                    "\"score_mode\":\"cosine\"",
                    callOfList("embedding", "embedding"))
                .averaged("attention"))
        .contains("option 'score_mode': expected dot or concat, got \"cosine\"");
    assertRefused(
            tokens()
                .layer(
                    "Attention",
                    "attention",
                    "",
                    KerasArchive.callOfListWith(
                        "\"training\":true,\"temperature\":2", "embedding", "embedding"))
                .averaged("attention"))
        .endsWith("is called with 'temperature', which is not supported");
  }

  @Test
  void connectionsThatCannotBe() throws IOException {
    assertRefused(tokens().averaged("nowhere"))
        .startsWith("layer 'nowhere': expected among the model's layers [");
    assertRefused(
            tokens()
                .layer("Add", "a", "", callOfList("embedding", "b"))
                .layer("Add", "b", "", callOfList("embedding", "a"))
                .averaged("a"))
        .contains("depends on its own result");
    assertRefused(
            tokens()
                .layer(
                    "Flatten",
                    "flat",
                    "",
                    "{\"args\":[%s],\"kwargs\":{}}"
                        .formatted(KerasArchive.result("embedding", 4, 0)))
                .dense("flat", "sigmoid", 1, 6))
        .contains("layer 'embedding' (Embedding, 2 of 4): expected call 4 of it, got 1 calls");
    assertRefused(
            tokens()
                .layer(
                    "Flatten",
                    "flat",
                    "",
                    "{\"args\":[%s],\"kwargs\":{}}"
                        .formatted(KerasArchive.result("embedding", 0, 3)))
                .dense("flat", "sigmoid", 1, 6))
        .isEqualTo("layer 'embedding': expected result 3 of it, got 1 results");
    assertRefused(tokens().dense("ids", "sigmoid", 1, 3))
        .contains("expected numbers, got tokens: this library reads texts");
    assertRefused(
            tokens()
                .layer("Add", "sum", "", callOfList("embedding", "wide"))
                .layer("Permute", "wide", "\"dims\":[2,1]", call("embedding"))
                .averaged("sum"))
        .contains(
            "layer 'sum' (Add, 3 of 6): cannot be written: function 'explain', add: expected");
  }

  @Test
  void outputsThatMightBothBeScores() throws IOException {
    KerasArchive archive =
        tokens()
            .layer("GlobalMaxPooling1D", "max", "", call("embedding"))
            .averaged("embedding")
            .outputs("head", "max");
    assertRefused(archive)
        .endsWith(
            "expected one output [batch, classes], got ['head' [batch, 1], 'max' [batch, 2]]; name"
                + " it in attentive.json: {\"outputs\":{\"scores\":\"...\"}}");
    Files.writeString(folder.resolve("attentive.json"), "{\"outputs\":{\"scores\":\"head\"}}");
    assertThatCode(() -> open(folder).close()).doesNotThrowAnyException();
  }

  @Test
  void weightsThatDoNotFit() throws IOException {
    assertRefused(tokens().averaged("embedding").weight("layers/dense/vars/1", new float[] {1, 2}))
        .endsWith(
            "layer 'head' (Dense, 4 of 4): weight 'bias': expected shape [1] as its options have it,"
                + " got [2]");
    assertRefused(
            tokens().averaged("embedding").weight("layers/dense/vars/1", new float[] {Float.NaN}))
        .endsWith("weight 'bias': expected finite numbers, got NaN");
    assertRefused(tokens().averaged("embedding").weight("layers/dense/vars/1", new int[] {1}))
        .contains("array '/layers/dense/vars/1': expected 32-bit floats, got int");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "labels.txt | a | expected 2 different labels, as many as the model tells apart, got [a]",
        "labels.txt | a;a | expected 2 different labels",
        "vocabulary.txt | sun;rain | expected the empty word and [UNK] first, got [sun, rain]",
        "vocabulary.txt | ;[UNK];a;b;c;d;e | expected a vocabulary of at most 6 words",
        "attentive.json | {\"sequenceLength\":4} | sequenceLength: expected 3, as many positions",
        "attentive.json | {\"length\":4} | field 'length': expected no field but [",
        "attentive.json | {\"split\":\"words\"} | field 'split': expected [whitespace, character,",
        "attentive.json | {\"outputs\":{\"x\":\"y\"}} | field 'outputs.x': expected none but"
      })
  void filesBesideTheModel(String name, String content, String message) throws IOException {
    tokens().averaged("embedding").write(folder);
    Files.writeString(folder.resolve(name), content.replace(';', '\n'));
    assertRefused(folder).contains(message);
  }

  @Test
  void theVocabularyIsNeeded() throws IOException {
    tokens().averaged("embedding").writeAlone(folder);
    assertRefused(folder)
        .startsWith(
            folder.resolve("vocabulary.txt") + ": is missing; expected the words the model");
  }

  @Test
  void oneModelInADirectory() throws IOException {
    tokens().averaged("embedding").write(folder);
    Files.copy(folder.resolve("model.keras"), folder.resolve("other.keras"));
    assertRefused(folder)
        .endsWith(
            "expected one model of Keras, got [model.keras, other.keras]; name the file instead of"
                + " the directory");
    assertThatCode(() -> open(folder.resolve("other.keras")).close()).doesNotThrowAnyException();
    Files.delete(folder.resolve("other.keras"));
    Files.write(folder.resolve("model.weights.h5"), new byte[] {1});
    assertThatCode(() -> open(folder).close()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../model.txt", "/etc/model.txt", "a/../../b", "C:x", "a\\b"})
  void entriesThatLeadOut(String name) throws IOException {
    assertRefused(tokens().averaged("embedding").entry(name, "x"))
        .contains(": expected a name within the archive");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("model.keras", "vocabulary.txt");
    }
  }

  @Test
  void anArchiveOfZeros() throws IOException {
    assertRefused(tokens().averaged("embedding").entry("assets/zeros", "\0".repeat(80_000_000)))
        .contains("entry 'assets/zeros': expected at most 67108864 bytes in all, got more");
  }

  @Test
  void whatIsNoArchive() throws IOException {
    Files.writeString(folder.resolve("model.keras"), "PK, but no more");
    assertRefused(folder).contains("model.keras: expected a zip file, got: ");
    Files.writeString(
        folder.resolve("model.keras"), "version https://git-lfs.github.com/spec/v1\noid sha256:0");
    assertRefused(folder).contains("got the Git LFS pointer to it");
    assertRefused(tokens().averaged("embedding").entry("config.json", "[1]"))
        .endsWith("model.keras: expected one JSON object, got BEGIN_ARRAY");
    assertRefused(tokens().averaged("embedding").entry("config.json", "{\"class_name\":\"Mine\"}"))
        .contains("field 'class_name': expected Sequential or Functional");
    assertRefused(tokens().averaged("embedding").entry("model.weights.h5", "no HDF5"))
        .contains("the file: expected an HDF5 file that is whole, got: ");
  }

  /** Whatever is damaged: a model or a failure that is said, within a time, and no file. */
  @Test
  void damagedBytes() throws IOException {
    byte[] whole = Files.readAllBytes(SharedFixtures.path("keras/v_bigru_mask/model.keras"));
    Files.copy(
        SharedFixtures.path("keras/v_bigru_mask/vocabulary.txt"), folder.resolve("vocabulary.txt"));
    Path file = folder.resolve("model.keras");
    Random random = new Random(5);
    for (int round = 0; round < 150; round++) {
      byte[] damaged =
          round % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      for (int i = 0; round % 3 > 0 && i < 1 + random.nextInt(4); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Files.write(file, damaged);
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            try {
              open(folder).close();
            } catch (ModelLoadException e) {
              assertThat(e.getMessage()).doesNotContain("\n");
            }
          });
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  /** The same with the archive's own checks out of the way. */
  @Test
  void damagedHdf5() throws IOException {
    byte[] whole = Files.readAllBytes(SharedFixtures.path("keras/v_bigru_mask/model.weights.h5"));
    Random random = new Random(6);
    int refused = 0;
    for (int round = 0; round < 200; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        damaged[random.nextInt(damaged.length / 3)] = (byte) random.nextInt();
      }
      boolean failed =
          assertTimeoutPreemptively(
              Duration.ofSeconds(20),
              () -> {
                try (var file =
                    io.github.attentive.djl.checkpoint.Hdf5File.of(Path.of("m.h5"), damaged)) {
                  walk(file, "layers", 0);
                  return false;
                } catch (ModelLoadException e) {
                  return true;
                }
              });
      refused += failed ? 1 : 0;
    }
    assertThat(refused).isBetween(10, 190);
  }

  private static void walk(
      io.github.attentive.djl.checkpoint.Hdf5File file, String path, int depth) {
    file.texts(path, "name");
    file.floats(path);
    for (String member : depth < 6 ? file.members(path) : java.util.List.<String>of()) {
      walk(file, path + "/" + member, depth + 1);
    }
  }
}
