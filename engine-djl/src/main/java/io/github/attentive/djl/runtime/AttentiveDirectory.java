package io.github.attentive.djl.runtime;

import io.github.attentive.LoadOptions;
import io.github.attentive.ModelInfo;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.architecture.KerasGraph;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.checkpoint.Safetensors;
import io.github.attentive.djl.checkpoint.StoredTensor;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.text.KerasTextEncoder;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.djl.text.TextVectorization;
import io.github.attentive.djl.text.Vocabulary;
import io.github.attentive.djl.text.VocabularyFile;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.PositionsRead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * This library's own model directories: the files in them, and those of Keras-style models on any
 * engine.
 */
public final class AttentiveDirectory {
  /** The configuration: family, sizes, labels. */
  public static final String CONFIG = "config.json";

  /** The weights. */
  public static final String WEIGHTS = "model.safetensors";

  /** The words, one a line. */
  public static final String VOCABULARY = "vocabulary.txt";

  private AttentiveDirectory() {}

  static EngineModel open(
      Path model, JsonFile json, LoadOptions options, String engine, GraphCompiler compiler) {
    KerasConfig config = KerasConfig.of(json);
    Graph graph = graph(model, config);
    Vocabulary vocabulary = vocabulary(model, config);
    TextEncoder encoder =
        new KerasTextEncoder(
            TextVectorization.DEFAULT,
            vocabulary,
            config.sequenceLength(),
            options.maxLength().orElse(config.sequenceLength()));
    int layers = config.attention() ? 1 : 0;
    ModelInfo info =
        new ModelInfo(
            engine, KerasConfig.MODEL_TYPE, layers, layers, encoder.maxLength(), config.labels());
    return new GraphModel(
        info,
        PositionsRead.ALL,
        KerasGraph.attentionKind(),
        GraphAbilities.of(graph),
        encoder,
        new BatchInputs(graph, Vocabulary.PADDING),
        compiler.compile(graph, options.device(), options.threads()),
        options.batchSize());
  }

  private static Graph graph(Path model, KerasConfig config) {
    return KerasGraph.of(
        config, weights(model.resolve(WEIGHTS), KerasGraph.parameterShapes(config)));
  }

  private static Vocabulary vocabulary(Path model, KerasConfig config) {
    Vocabulary vocabulary = VocabularyFile.read(model.resolve(VOCABULARY));
    if (vocabulary.size() > config.vocabSize()) {
      throw new ModelLoadException(
          "%s: expected at most %s words, the vocab_size of %s, got %s"
              .formatted(model.resolve(VOCABULARY), config.vocabSize(), CONFIG, vocabulary.size()));
    }
    return vocabulary;
  }

  static PortableModel portable(Path model, JsonFile json) {
    KerasConfig config = KerasConfig.of(json);
    Graph graph = graph(model, config);
    vocabulary(model, config);
    return PortableModel.of(
        graph,
        Map.of(
            CONFIG, PortableModel.copy(model.resolve(CONFIG)),
            VOCABULARY, PortableModel.copy(model.resolve(VOCABULARY))));
  }

  /** Weights of exactly these names and shapes. */
  static Map<String, Parameter> weights(Path file, Map<String, Shape> expected) {
    if (!Files.isRegularFile(file)) {
      throw new ModelLoadException(file + ": is missing; expected the weights beside " + CONFIG);
    }
    Map<String, StoredTensor> stored = Safetensors.read(file);
    Map<String, Parameter> weights = new LinkedHashMap<>();
    expected.forEach(
        (name, shape) -> {
          StoredTensor found = stored.get(name);
          if (found == null || !found.shape().equals(shape)) {
            throw new ModelLoadException(
                "%s: tensor '%s': expected shape %s as %s has it, got %s"
                    .formatted(file, name, shape, CONFIG, found == null ? "none" : found.shape()));
          }
          weights.put(name, found.parameter());
        });
    for (String name : stored.keySet()) {
      if (!expected.containsKey(name)) {
        throw new ModelLoadException(
            "%s: tensor '%s': expected only %s".formatted(file, name, expected.keySet()));
      }
    }
    return weights;
  }
}
