package io.github.attentive.djl.runtime;

import io.github.attentive.LoadOptions;
import io.github.attentive.ModelInfo;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.architecture.KerasGraph;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.checkpoint.Safetensors;
import io.github.attentive.djl.checkpoint.VocabularyFile;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.text.KerasTextEncoder;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.djl.text.TextVectorization;
import io.github.attentive.djl.text.Vocabulary;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.PositionsRead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Opens this library's own model directories on any engine. */
public final class AttentiveDirectory {
  /** The configuration: family, sizes, labels. */
  public static final String CONFIG = "config.json";

  /** The weights. */
  public static final String WEIGHTS = "model.safetensors";

  /** The words, one a line. */
  public static final String VOCABULARY = "vocabulary.txt";

  private AttentiveDirectory() {}

  /**
   * Says why a path is no model directory of this library, from a look at its configuration.
   *
   * @param model an existing path
   * @return the reason, or empty if {@link #open} should be tried
   */
  public static Optional<String> objection(Path model) {
    if (!Files.isDirectory(model)) {
      return Optional.of("expected a directory with " + CONFIG + ", got a file");
    }
    try {
      config(model);
      return Optional.empty();
    } catch (ModelLoadException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static JsonFile config(Path model) {
    JsonFile json = JsonFile.read(model.resolve(CONFIG));
    if (!json.string("model_type").equals(KerasConfig.MODEL_TYPE)) {
      throw json.unexpected("model_type", KerasConfig.MODEL_TYPE + ", the one this version opens");
    }
    return json;
  }

  /**
   * Opens a directory.
   *
   * @param model an existing path
   * @param options limits
   * @param engine the engine's name
   * @param compiler the engine
   * @return the model
   * @throws ModelLoadException if a file is missing, damaged, or contradicts another
   * @throws io.github.attentive.EngineUnavailableException if the engine cannot start
   */
  public static EngineModel open(
      Path model, LoadOptions options, String engine, GraphCompiler compiler) {
    KerasConfig config = KerasConfig.of(config(model));
    Map<String, Parameter> weights =
        weights(model.resolve(WEIGHTS), KerasGraph.parameterShapes(config));
    Vocabulary vocabulary = VocabularyFile.read(model.resolve(VOCABULARY));
    if (vocabulary.size() > config.vocabSize()) {
      throw new ModelLoadException(
          "%s: expected at most %s words, the vocab_size of %s, got %s"
              .formatted(model.resolve(VOCABULARY), config.vocabSize(), CONFIG, vocabulary.size()));
    }
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
    CompiledGraph compiled =
        compiler.compile(KerasGraph.of(config, weights), options.device(), options.threads());
    return new GraphModel(info, PositionsRead.ALL, encoder, compiled, options.batchSize());
  }

  private static Map<String, Parameter> weights(Path file, Map<String, Shape> expected) {
    if (!Files.isRegularFile(file)) {
      throw new ModelLoadException(file + ": is missing; expected the weights beside " + CONFIG);
    }
    Map<String, Parameter> weights = Safetensors.read(file);
    expected.forEach(
        (name, shape) -> {
          Parameter found = weights.get(name);
          if (found == null || !found.shape().equals(shape)) {
            throw new ModelLoadException(
                "%s: tensor '%s': expected shape %s as %s has it, got %s"
                    .formatted(file, name, shape, CONFIG, found == null ? "none" : found.shape()));
          }
        });
    for (String name : weights.keySet()) {
      if (!expected.containsKey(name)) {
        throw new ModelLoadException(
            "%s: tensor '%s': expected only %s".formatted(file, name, expected.keySet()));
      }
    }
    return weights;
  }
}
