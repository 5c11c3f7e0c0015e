package io.github.attentive.djl.contract;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.attentive.Padding;
import io.github.attentive.djl.architecture.BiGruConfig;
import io.github.attentive.djl.architecture.BiGruConfig.Attention;
import io.github.attentive.djl.architecture.BiGruGraph;
import io.github.attentive.djl.checkpoint.SafetensorsWriter;
import io.github.attentive.djl.graph.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A directory of a small recurrent classifier whose weights come from a seed. */
public final class BiGruModel {
  private static final int SEED = 7;
  private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]");
  private static final List<String> WORDS =
      List.of("the", "movie", "film", "was", "boring", "good", "not", "plot", "thin", "##ly", "a");

  private BiGruModel() {}

  /** A configuration with room for the tokens of {@link #write}, for at most 24 of a text. */
  public static BiGruConfig config(Attention attention, Padding padding) {
    return new BiGruConfig(attention, 64, 8, 6, List.of("bad", "fair", "good"), padding, 24);
  }

  /** Writes a directory. */
  public static Path write(Path folder, BiGruConfig config) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), config.toJson().toString());
    Files.writeString(folder.resolve("tokenizer.json"), tokenizer().toString());
    writeWeights(folder, new ArrayList<>(weights(config).values()));
    return folder;
  }

  public static void writeWeights(Path folder, List<Parameter> weights) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Files.deleteIfExists(file);
    SafetensorsWriter.write(file, weights);
  }

  /** Weights between -1 and 1, those of padding zeros. */
  public static Map<String, Parameter> weights(BiGruConfig config) {
    Random random = new Random(SEED);
    Map<String, Parameter> weights = new LinkedHashMap<>();
    BiGruGraph.parameterShapes(config)
        .forEach(
            (name, shape) -> {
              float[] values = new float[(int) shape.elements()];
              int first = name.equals(BiGruGraph.EMBEDDING) ? config.embeddingDim() : 0;
              for (int i = first; i < values.length; i++) {
                values[i] = random.nextFloat() * 2 - 1;
              }
              weights.put(name, Parameter.of(name, shape, values));
            });
    return weights;
  }

  /** Word pieces: some words, and all letters. */
  private static JsonObject tokenizer() {
    List<String> tokens = new ArrayList<>(SPECIAL);
    tokens.addAll(WORDS);
    for (char letter = 'b'; letter <= 'z'; letter++) {
      tokens.add(String.valueOf(letter));
    }
    for (char letter = 'e'; letter <= 'o'; letter++) {
      tokens.add("##" + letter);
    }
    tokens.add(".");
    tokens.add(",");
    JsonObject vocabulary = new JsonObject();
    tokens.forEach(token -> vocabulary.addProperty(token, vocabulary.size()));
    JsonArray added = new JsonArray();
    for (int id = 0; id < SPECIAL.size(); id++) {
      added.add(
          JsonParser.parseString(
              """
              {"id": %s, "content": "%s", "single_word": false, "lstrip": false,
               "rstrip": false, "normalized": false, "special": true}"""
                  .formatted(id, SPECIAL.get(id))));
    }
    JsonObject json =
        JsonParser.parseString(
                """
                {"version": "1.0", "truncation": null, "padding": null,
                 "normalizer": {"type": "BertNormalizer", "clean_text": true,
                  "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
                 "pre_tokenizer": {"type": "BertPreTokenizer"},
                 "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3],
                  "cls": ["[CLS]", 2]},
                 "decoder": null,
                 "model": {"type": "WordPiece", "unk_token": "[UNK]",
                  "continuing_subword_prefix": "##", "max_input_chars_per_word": 100}}""")
            .getAsJsonObject();
    json.add("added_tokens", added);
    json.getAsJsonObject("model").add("vocab", vocabulary);
    return json;
  }
}
