package io.github.attentive.djl.runtime;

import io.github.attentive.LoadOptions;
import io.github.attentive.ModelInfo;
import io.github.attentive.djl.architecture.CheckpointWeights;
import io.github.attentive.djl.architecture.HuggingFaceModel;
import io.github.attentive.djl.checkpoint.Checkpoint;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.text.HuggingFaceTextEncoder;
import io.github.attentive.djl.text.PortableTokenizer;
import io.github.attentive.spi.EngineModel;
import java.nio.file.Path;

/** Opens Hugging Face model directories on any engine. */
final class HuggingFaceDirectory {
  private HuggingFaceDirectory() {}

  static EngineModel open(
      Path directory, JsonFile config, LoadOptions options, String engine, GraphCompiler compiler) {
    HuggingFaceModel model = HuggingFaceModel.of(config);
    Graph graph = graph(directory, model);
    HuggingFaceTextEncoder encoder = encoder(directory, model, options);
    try {
      ModelInfo info =
          new ModelInfo(
              engine,
              model.family(),
              model.layers(),
              model.heads(),
              encoder.maxLength(),
              model.labels(),
              model.problemType());
      CompiledGraph compiled = compiler.compile(graph, options.device(), options.threads());
      return new GraphModel(
          info,
          model.positionsRead(),
          model.attentionKind(),
          GraphAbilities.of(graph),
          new CheckedTextEncoder(encoder, directory, model.vocabularySize()),
          new BatchInputs(graph, model.padId()),
          compiled,
          options.batchSize());
    } catch (RuntimeException | Error e) {
      encoder.close();
      throw e;
    }
  }

  private static Graph graph(Path directory, HuggingFaceModel model) {
    return model.graph(new CheckpointWeights(Checkpoint.read(directory)));
  }

  private static HuggingFaceTextEncoder encoder(
      Path directory, HuggingFaceModel model, LoadOptions options) {
    return HuggingFaceTextEncoder.open(
        directory, model.positions(), options.maxLength(), model.tokenTypes());
  }

  static PortableModel portable(Path directory, JsonFile config, LoadOptions options) {
    HuggingFaceModel model = HuggingFaceModel.of(config);
    Graph graph = graph(directory, model);
    try (HuggingFaceTextEncoder encoder = encoder(directory, model, options)) {
      PortableTokenizer tokenizer =
          PortableTokenizer.of(directory, encoder.maxLength(), model.tokenTypes());
      return PortableModel.of(graph, config.file(), tokenizer);
    }
  }
}
