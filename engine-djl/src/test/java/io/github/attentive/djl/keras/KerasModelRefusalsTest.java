package io.github.attentive.djl.keras;

import static io.github.attentive.djl.keras.KerasArchive.call;
import static io.github.attentive.djl.keras.KerasArchive.callOfList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.attentive.TextInput;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole models that are not read: their inputs, outputs and files, with the whole message. */
class KerasModelRefusalsTest extends KerasCase {
  private String file() {
    return folder.resolve("model.keras").toString();
  }

  private static KerasArchive tokens() {
    return KerasArchive.ofTokens("3", false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "8,8 | expected tokens [batch, positions], got [null,8,8]",
        "28,28,3 | expected tokens [batch, positions], got [null,28,28,3]",
        "0 | expected from 1 to 16384 positions, got 0",
        "2.5 | expected from 1 to 16384 positions, got 2.5",
        "1e12 | expected from 1 to 16384 positions, got 1.0E12",
        "true | expected from 1 to 16384 positions, got true"
      })
  void inputsThatAreNoTokens(String shape, String message) throws IOException {
    assertRefused(KerasArchive.ofTokens(shape, false).averaged("embedding"))
        .isEqualTo(file() + ": layer 'ids' (InputLayer, 1 of 4): " + message);
  }

  @Test
  void numbersThatGoIntoNoEmbedding() throws IOException {
    KerasArchive archive = new KerasArchive();
    archive.layer("InputLayer", "ids", "\"batch_shape\":[null,3],\"dtype\":\"float32\"", "");
    assertRefused(archive.dense("ids", "sigmoid", 1, 3))
        .isEqualTo(
            file()
                + ": layer 'head' (Dense, 2 of 2): expected numbers, got tokens: this library reads"
                + " texts, whose tokens go into an Embedding");
    KerasArchive twice = tokens();
    twice.layer("Embedding", "more", "\"input_dim\":6,\"output_dim\":2", call("embedding"));
    assertRefused(twice.averaged("more"))
        .isEqualTo(
            file()
                + ": layer 'more' (Embedding, 3 of 5): expected the tokens of the model's input,"
                + " got results of another layer");
  }

  private static String model(String className, String config) {
    return "{\"module\":\"keras\",\"class_name\":\"%s\",\"config\":{%s}}"
        .formatted(className, config);
  }

  @Test
  void modelsOfOtherKinds() throws IOException {
    assertRefused(tokens().entry("config.json", model("TextClassifier", "\"layers\":[]")))
        .isEqualTo(
            file()
                + ": field 'class_name': expected Sequential or Functional (a model of a class of"
                + " its own is code; build it with the functional API and save it again), got"
                + " \"TextClassifier\"");
    assertRefused(tokens().entry("config.json", model("Sequential", "\"layers\":[]")))
        .isEqualTo(file() + ": field 'config.layers': expected at least one layer, got []");
    assertRefused(tokens().entry("config.json", model("Functional", "\"layers\":[]")))
        .isEqualTo(
            file() + ": field 'config.input_layers': expected the names of layers, got nothing");
    String two =
        "\"layers\":[],\"input_layers\":[[\"ids\",0,0],[\"mask\",0,0]],\"output_layers\":[]";
    assertRefused(tokens().entry("config.json", model("Functional", two)))
        .isEqualTo(file() + ": expected a model of one input, the text, got [ids, mask]");
    String missing =
        "\"layers\":[],\"input_layers\":[[\"ids\",0,0]],\"output_layers\":[[\"ids\",0,0]]";
    assertRefused(tokens().entry("config.json", model("Functional", missing)))
        .isEqualTo(file() + ": has no input layer 'ids'");
    assertRefused(tokens().entry("config.json", model("Sequential", "\"layers\":[7]")))
        .isEqualTo(file() + ": field 'config.layers[0]': expected an object, got 7");
  }

  @Test
  void configurationsThatAreTooDeep() throws IOException {
    String deep = "[".repeat(100) + "]".repeat(100);
    assertRefused(tokens().entry("config.json", model("Functional", "\"layers\":" + deep)))
        .startsWith(file() + ": is not valid JSON: ")
        .endsWith(
            "; expected strict JSON nested at most 64 deep, without comments, NaN, Infinity or"
                + " numbers beyond a double");
  }

  @Test
  void archivesThatLackSomething() throws IOException {
    tokens().averaged("embedding").write(folder);
    Map<String, byte[]> entries = ZipContent.read(folder.resolve("model.keras"));
    for (String name : new String[] {"config.json", "model.weights.h5"}) {
      Map<String, byte[]> less = new LinkedHashMap<>(entries);
      less.remove(name);
      ZipContent.write(folder.resolve("model.keras"), less);
      assertRefused(folder)
          .isEqualTo(
              file()
                  + ": expected an entry '"
                  + name
                  + "', got none; save the model again with model.save('model.keras')");
    }
  }

  @Test
  void registeredLayersAreCode() throws IOException {
    assertRefused(
            tokens()
                .raw(
                    """
                    {"module":"shop.layers","class_name":"Price","registered_name":"shop>Price",
                     "config":{},"name":"price","inbound_nodes":[]}"""))
        .isEqualTo(
            file()
                + ": layer 'price' (Price, 3 of 3): expected a layer of Keras itself, got one of"
                + " its own, 'shop>Price', which is code that would have to run; build the model of"
                + " Keras's own layers, or export it as a SavedModel");
  }

  /** A layer of a kind that is not read is a failure only where its result is needed. */
  @Test
  void unknownLayersThatNothingNeeds() throws IOException {
    KerasArchive archive = tokens();
    archive.layer("Conv1D", "conv", "\"filters\":3", call("embedding"));
    archive.layer("Activation", "unused", "\"activation\":\"relu\"", call("conv"));
    assertThatCode(() -> open(archive.averaged("embedding")).close()).doesNotThrowAnyException();
    assertRefused(
            tokens().layer("Conv1D", "conv", "\"filters\":3", call("embedding")).averaged("conv"))
        .startsWith(file() + ": layer 'conv' (Conv1D, 3 of 5): expected a layer of [Activation, ")
        .endsWith(
            "], got one that is not supported; export the model as a SavedModel and open it on the"
                + " engine tensorflow");
  }

  @Test
  void vocabulariesThatDoNotFit() throws IOException {
    tokens().averaged("embedding").write(folder);
    Files.writeString(folder.resolve("vocabulary.txt"), "\n[UNK]\na\nb\nc\nd\ne\n");
    assertRefused(folder)
        .isEqualTo(
            file()
                + ": layer 'embedding' (Embedding, 2 of 4): expected a vocabulary of at most 6"
                + " words, as many as it has rows, got 7; use the vocabulary the model was trained"
                + " with");
    Files.writeString(folder.resolve("vocabulary.txt"), "[UNK]\nsun\n");
    assertRefused(folder)
        .isEqualTo(
            folder.resolve("vocabulary.txt")
                + ": expected the empty word and [UNK] first, got [[UNK], sun] (counted from 0);"
                + " expected a word a line as get_vocabulary() returns them");
    // Fewer words than rows are as Keras has it where max_tokens is larger.
    Files.writeString(folder.resolve("vocabulary.txt"), "\n[UNK]\nsun\n");
    assertThatCode(() -> open(folder).close()).doesNotThrowAnyException();
    Files.delete(folder.resolve("vocabulary.txt"));
    assertRefused(folder)
        .isEqualTo(
            folder.resolve("vocabulary.txt")
                + ": is missing; expected the words the model was trained with, one a line, as"
                + " TextVectorization.get_vocabulary() returns them");
  }

  @Test
  void labelsOfAnotherNumber() throws IOException {
    tokens().averaged("embedding").write(folder);
    Files.writeString(folder.resolve("labels.txt"), "a\nb\nc\n");
    assertRefused(folder)
        .isEqualTo(
            folder.resolve("labels.txt")
                + ": expected 2 different labels, as many as the model tells apart, got [a, b, c]");
    Files.writeString(folder.resolve("attentive.json"), "{\"labels\":[\"x\"]}");
    assertRefused(folder)
        .isEqualTo(
            folder.resolve("attentive.json")
                + ": expected 2 different labels, as many as the model tells apart, got [x]");
    Files.writeString(folder.resolve("attentive.json"), "{\"labels\":[\"x\",\"y\"]}");
    try (EngineModel model = open(folder)) {
      assertThat(model.info().labels()).containsExactly("x", "y");
    }
  }

  @Test
  void outputsThatAreNoScores() throws IOException {
    assertRefused(tokens().outputs("embedding"))
        .isEqualTo(
            file()
                + ": expected one output [batch, classes], got ['embedding' [batch, 3, 2]]; name it"
                + " in attentive.json: {\"outputs\":{\"scores\":\"...\"}}");
    tokens().averaged("embedding").write(folder);
    Files.writeString(folder.resolve("attentive.json"), "{\"outputs\":{\"scores\":\"tail\"}}");
    assertRefused(folder)
        .isEqualTo(
            file()
                + ": expected one output [batch, classes] of the name 'tail', got ['head' [batch,"
                + " 1]]; name it in attentive.json: {\"outputs\":{\"scores\":\"...\"}}");
  }

  /** Of two attentions that are outputs both are shown, or the one that is named. */
  @Test
  void theAttentionThatIsNamedIsShown() throws IOException {
    KerasArchive archive = tokens();
    String scores = "\"return_attention_scores\":true";
    archive.layer(
        "Attention", "one", "", KerasArchive.callOfListWith(scores, "embedding", "embedding"));
    archive.layer(
        "AdditiveAttention",
        "two",
        "\"use_scale\":false",
        KerasArchive.callOfListWith(scores, "embedding", "embedding"));
    archive.layer("Add", "sum", "", callOfList("one", "two"));
    archive.averaged("sum").outputs("head", "one:1", "two:1").write(folder);
    float[][] first = new float[3][];
    int[] layers = new int[3];
    String[] settings = {"{}", "{\"attention\":\"one\"}", "{\"attention\":\"two\"}"};
    for (int i = 0; i < 3; i++) {
      Files.writeString(folder.resolve("attentive.json"), "{\"outputs\":" + settings[i] + "}");
      try (EngineModel model = open(folder)) {
        layers[i] = model.info().layers();
        first[i] =
            model
                .run(List.of(TextInput.of("snow sun")), Detail.ATTENTION)
                .get(0)
                .attention()
                .orElseThrow()
                .toArray();
      }
    }
    assertThat(layers).containsExactly(2, 1, 1);
    assertThat(first[0]).startsWith(first[1]).endsWith(first[2]);
    assertThat(first[1]).isNotEqualTo(first[2]);
  }
}
