package io.github.attentive.djl.training;

import io.github.attentive.Dataset;
import io.github.attentive.InvalidInputException;
import io.github.attentive.Recipe;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingOptions;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.architecture.KerasGraph;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.runtime.AttentiveDirectory;
import io.github.attentive.djl.text.KerasTextEncoder;
import io.github.attentive.djl.text.TextVectorization;
import io.github.attentive.djl.text.Vocabulary;
import io.github.attentive.djl.text.VocabularyFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The recipes {@code keras-attention} and {@code keras-pooling}: learns a vocabulary, starts from
 * Keras's initialisers (embedding uniform in [-0.05, 0.05), kernel Glorot uniform, bias 0), trains
 * with Adam as Keras has it, and saves.
 */
final class KerasTraining {
  /** Half the width of Keras's {@code RandomUniform} for embeddings. */
  private static final double EMBEDDING_LIMIT = 0.05;

  private KerasTraining() {}

  /**
   * Trains and saves.
   *
   * @param options recipe and numbers
   * @param training the examples, without pairs
   * @param validation held-out examples with the same labels, or null
   * @param directory where the model goes; exists
   * @param trainer the engine
   * @return a report for each epoch
   * @throws InvalidInputException if an example is a pair
   * @throws io.github.attentive.InferenceException if the loss is not finite
   * @throws io.github.attentive.ModelLoadException if the model cannot be written
   */
  static TrainingHistory train(
      TrainingOptions options,
      Dataset training,
      @Nullable Dataset validation,
      Path directory,
      GraphTrainer trainer) {
    if (options.maxLength() > KerasConfig.LONGEST_SEQUENCE) {
      throw new InvalidInputException(
          "maximum length: expected at most %s, got %s"
              .formatted(KerasConfig.LONGEST_SEQUENCE, options.maxLength()));
    }
    KerasConfig config =
        new KerasConfig(
            options.recipe() == Recipe.KERAS_ATTENTION,
            options.maxTokens(),
            options.embeddingSize(),
            options.maxLength(),
            training.labels());
    Vocabulary vocabulary =
        Vocabulary.adapt(
            TextVectorization.DEFAULT,
            training.examples().stream().map(example -> example.input().text()),
            options.maxTokens());
    KerasTextEncoder encoder =
        new KerasTextEncoder(
            TextVectorization.DEFAULT, vocabulary, options.maxLength(), options.maxLength());
    // Two streams, so that the first weights do not depend on how many draws the shuffling makes.
    SplittableRandom random = new SplittableRandom(options.seed());
    Map<String, Parameter> weights = firstWeights(config, random.split());
    Graph graph = KerasGraph.of(config, weights);
    KerasExamples examples = new KerasExamples(training, encoder, config);
    TrainingCheckpoints checkpoints =
        TrainingCheckpoints.open(
            directory, TrainingSettings.of(options, training, validation), options);
    try (TrainableGraph trainable = trainer.load(graph, options.device(), options.threads())) {
      TrainingLoop loop =
          new TrainingLoop(
              trainable,
              new KerasUpdates(graph, trainable, examples, options.learningRate()),
              new TrainingLoop.Data(
                  examples,
                  new RepeatedBatches(examples.size(), options.batchSize(), random.split()),
                  validation == null ? null : new KerasExamples(validation, encoder, config)),
              options,
              checkpoints);
      TrainingHistory history = loop.run();
      byte[] words = VocabularyFile.write(vocabulary).getBytes(StandardCharsets.UTF_8);
      ModelDirectoryWriter.write(
          directory,
          config.toJson(),
          loop.kept(),
          Map.of(AttentiveDirectory.VOCABULARY, words),
          history);
      checkpoints.remove();
      return history;
    }
  }

  private static Map<String, Parameter> firstWeights(KerasConfig config, SplittableRandom random) {
    double glorot = Math.sqrt(6.0 / (config.embeddingDim() + config.units()));
    Map<String, Parameter> weights = new LinkedHashMap<>();
    KerasGraph.parameterShapes(config)
        .forEach(
            (name, shape) -> {
              float[] values = new float[Math.toIntExact(shape.elements())];
              double limit =
                  switch (name) {
                    case KerasGraph.EMBEDDING -> EMBEDDING_LIMIT;
                    case KerasGraph.DENSE_WEIGHT -> glorot;
                    default -> 0;
                  };
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) (limit * (2 * random.nextDouble() - 1));
              }
              weights.put(name, Parameter.of(name, shape, values));
            });
    return weights;
  }
}
