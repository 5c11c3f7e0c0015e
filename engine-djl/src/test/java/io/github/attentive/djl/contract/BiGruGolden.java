package io.github.attentive.djl.contract;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.attentive.Padding;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.architecture.BiGruConfig;
import io.github.attentive.djl.architecture.BiGruConfig.Attention;
import io.github.attentive.djl.architecture.BiGruGraph;
import io.github.attentive.djl.checkpoint.Safetensors;
import io.github.attentive.djl.checkpoint.StoredTensor;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.runtime.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What PyTorch gave for some tokens, by a recurrent classifier with attention. */
public record BiGruGolden(
    BiGruConfig config,
    Map<String, Parameter> weights,
    int length,
    List<long[]> texts,
    Map<String, StoredTensor> tensors) {

  /** The names of the fixtures. */
  public static final List<String> FIXTURES = List.of("bigru_author", "seed003");

  public static BiGruGolden of(String fixture) throws IOException {
    Path folder = SharedFixtures.path(fixture);
    JsonObject json =
        JsonParser.parseString(Files.readString(folder.resolve("golden.json"))).getAsJsonObject();
    BiGruConfig config =
        new BiGruConfig(
            fixture.equals("seed003") ? Attention.QUERY_FREE : Attention.FINAL_STATE,
            json.get("vocab").getAsInt(),
            json.get("embedding").getAsInt(),
            json.get("hidden").getAsInt(),
            List.of("negative", "positive"),
            Padding.MASK,
            32);
    Map<String, StoredTensor> stored = Safetensors.read(folder.resolve("model.safetensors"));
    Map<String, Parameter> weights = new LinkedHashMap<>();
    BiGruGraph.parameterShapes(config)
        .keySet()
        .forEach(name -> weights.put(name, stored.get(name).parameter()));
    Map<String, StoredTensor> golden = Safetensors.read(folder.resolve("golden.safetensors"));
    long[] sizes = golden.get("ids").sizes();
    int length = (int) sizes[1];
    long[] ids = golden.get("ids").integers();
    long[] mask = golden.get("mask").integers();
    List<long[]> texts = new ArrayList<>();
    for (int text = 0; text < sizes[0]; text++) {
      int from = text * length;
      int tokens = (int) Arrays.stream(mask, from, from + length).sum();
      texts.add(Arrays.copyOfRange(ids, from, from + tokens));
    }
    return new BiGruGolden(config, weights, length, texts, golden);
  }

  /** The same weights with another choice about padding. */
  public BiGruConfig with(Padding padding) {
    return new BiGruConfig(
        config.attention(),
        config.vocabSize(),
        config.embeddingDim(),
        config.hiddenSize(),
        config.labels(),
        padding,
        config.maxLength());
  }

  /** Tokens and mask of some texts, padded to a length. */
  public static List<HostArray> inputs(List<long[]> texts, int length) {
    long[] ids = new long[texts.size() * length];
    long[] mask = new long[ids.length];
    for (int text = 0; text < texts.size(); text++) {
      int tokens = texts.get(text).length;
      System.arraycopy(texts.get(text), 0, ids, text * length, tokens);
      Arrays.fill(mask, text * length, text * length + tokens, 1);
    }
    long[] shape = {texts.size(), length};
    return List.of(new HostArray.Longs(shape, ids), new HostArray.Longs(shape, mask));
  }

  public float[] expected(String name) {
    return tensors.get(name).parameter().values();
  }

  /** A text's part of what packed texts gave, without padding. */
  public float[] expected(String output, int text) {
    float[] all = expected("packed/" + output);
    int size = all.length / texts.size();
    int used = output.equals("attention") ? texts.get(text).length : size;
    return Arrays.copyOfRange(all, text * size, text * size + used);
  }
}
