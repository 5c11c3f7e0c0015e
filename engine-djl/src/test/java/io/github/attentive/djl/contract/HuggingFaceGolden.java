package io.github.attentive.djl.contract;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.attentive.TextInput;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.checkpoint.Safetensors;
import io.github.attentive.djl.checkpoint.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What transformers gave for the texts of a fixture: a model directory and its golden outputs. */
public record HuggingFaceGolden(
    Path directory, JsonObject json, Map<String, StoredTensor> tensors) {
  public static HuggingFaceGolden of(String family) throws IOException {
    Path directory = SharedFixtures.path("hf").resolve(family);
    return new HuggingFaceGolden(
        directory,
        JsonParser.parseString(Files.readString(directory.resolve("golden.json")))
            .getAsJsonObject(),
        Safetensors.read(directory.resolve("golden.safetensors")));
  }

  /** The texts whose tokens the tokenizer of this library cuts as the golden's did. */
  public List<Integer> comparable() {
    List<Integer> texts = new ArrayList<>();
    for (int i = 0; i < rows().size(); i++) {
      if (!row(i).has("ids_tokenizers_0_22")) {
        texts.add(i);
      }
    }
    return texts;
  }

  /** The texts, whoever cuts their tokens in which way. */
  public List<TextInput> inputs() {
    return IntStream.range(0, rows().size()).mapToObj(this::input).toList();
  }

  public TextInput input(int text) {
    JsonElement pair = row(text).get("pair");
    String first = row(text).get("text").getAsString();
    return pair.isJsonNull() ? TextInput.of(first) : TextInput.of(first, pair.getAsString());
  }

  private JsonArray rows() {
    return json.getAsJsonArray("texts");
  }

  private JsonObject row(int text) {
    return rows().get(text).getAsJsonObject();
  }

  public float[] logits(int text) {
    return floats(text + "/logits");
  }

  /** {@code [layers, heads, length, length]}. */
  public float[] attentions(int text) {
    return floats(text + "/attentions");
  }

  private float[] floats(String name) {
    return tensors.get(name).parameter().values();
  }
}
