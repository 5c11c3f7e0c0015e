package io.github.attentive.djl.runtime;

import io.github.attentive.LoadOptions;
import io.github.attentive.ModelInfo;
import io.github.attentive.Padding;
import io.github.attentive.djl.architecture.BiGruConfig;
import io.github.attentive.djl.architecture.BiGruGraph;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.text.HuggingFaceTextEncoder;
import io.github.attentive.djl.text.PaddedTextEncoder;
import io.github.attentive.djl.text.PortableTokenizer;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.djl.text.TokenTypes;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.PositionsRead;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Opens recurrent classifiers with the tokenizer they were trained with, on any engine. */
public final class BiGruDirectory {
  private BiGruDirectory() {}

  static EngineModel open(
      Path directory, JsonFile json, LoadOptions options, String engine, GraphCompiler compiler) {
    BiGruConfig config = BiGruConfig.of(json);
    Graph graph = graph(directory, config);
    TextEncoder encoder = encoder(directory, config, options.maxLength());
    try {
      ModelInfo info =
          new ModelInfo(engine, BiGruConfig.MODEL_TYPE, 1, 1, encoder.maxLength(), config.labels());
      return new GraphModel(
          info,
          // There is one query.
          PositionsRead.FIRST,
          BiGruGraph.attentionKind(),
          GraphAbilities.of(graph),
          new CheckedTextEncoder(encoder, directory, config.vocabSize()),
          new BatchInputs(graph, BiGruConfig.PAD_ID),
          compiler.compile(graph, options.device(), options.threads()),
          options.batchSize());
    } catch (RuntimeException | Error e) {
      encoder.close();
      throw e;
    }
  }

  private static Graph graph(Path directory, BiGruConfig config) {
    return BiGruGraph.of(
        config,
        AttentiveDirectory.weights(
            directory.resolve(AttentiveDirectory.WEIGHTS), BiGruGraph.parameterShapes(config)));
  }

  /**
   * Opens the tokenizer of such a model.
   *
   * @param directory the model directory
   * @param config its configuration
   * @param wished how many positions a text has at most, padding not counted; empty for what the
   *     model can
   * @return the encoder: with padding where the model reads it
   * @throws io.github.attentive.ModelLoadException if a file is missing, damaged or not supported
   */
  public static TextEncoder encoder(Path directory, BiGruConfig config, OptionalInt wished) {
    TextEncoder encoder =
        HuggingFaceTextEncoder.open(directory, config.maxLength(), wished, TokenTypes.NONE);
    return config.padding() == Padding.ATTEND
        ? new PaddedTextEncoder(encoder, BiGruConfig.PAD_ID, config.maxLength())
        : encoder;
  }

  static PortableModel portable(Path directory, JsonFile json, LoadOptions options) {
    BiGruConfig config = BiGruConfig.of(json);
    Graph graph = graph(directory, config);
    try (TextEncoder encoder = encoder(directory, config, options.maxLength())) {
      return PortableModel.of(
          graph,
          json.file(),
          PortableTokenizer.of(directory, encoder.maxLength(), TokenTypes.NONE));
    }
  }
}
