package io.github.attentive.djl.training;

import com.google.gson.JsonObject;
import io.github.attentive.Dataset;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingOptions;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.runtime.BatchInputs;
import io.github.attentive.djl.text.TextEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the recipes of models of word pieces have in common: tokenizer, loop and saving. */
final class TokenModelTraining {
  private final TrainingOptions options;
  private final Dataset training;
  private final @Nullable Dataset validation;
  private final Path directory;
  private final TrainingCheckpoints checkpoints;

  /**
   * Begins, or finds what is to be resumed.
   *
   * @param directory where the model goes; exists
   */
  TokenModelTraining(
      TrainingOptions options, Dataset training, @Nullable Dataset validation, Path directory) {
    this.options = options;
    this.training = training;
    this.validation = validation;
    this.directory = directory;
    this.checkpoints =
        TrainingCheckpoints.open(
            directory, TrainingSettings.of(options, training, validation), options);
  }

  /**
   * A model to be trained.
   *
   * @param config what is saved of it
   * @param graph with its first weights
   * @param labels in output order
   * @param padId the token that pads
   * @param rateFalls whether the optimiser's step falls to 0 in the end
   * @param checkpoint gives the graph's parameters the names they are saved by
   */
  record Model(
      JsonObject config,
      Graph graph,
      List<String> labels,
      int padId,
      boolean rateFalls,
      UnaryOperator<List<Parameter>> checkpoint) {}

  /**
   * The tokenizer that is saved with the model: that of the checkpoint to go on from, the one that
   * was named, or one that is learned. A training that is resumed has the same.
   *
   * @param positions of a model without a checkpoint
   * @return the directory it is in
   */
  Path tokenizer(int positions) {
    Path folder = checkpoints.folder();
    if (checkpoints.isResumed()) {
      return folder;
    }
    if (options.from().isPresent()) {
      TokenizerFiles.copy(options.from().get(), folder);
    } else if (options.tokenizer().isPresent()) {
      TokenizerFiles.ofFile(options.tokenizer().get(), folder, positions);
    } else {
      TokenizerFiles.learn(training, options.maxTokens(), folder, positions);
    }
    return folder;
  }

  /**
   * The factors of the classes in the loss.
   *
   * @param labels in output order
   * @return none where all examples weigh the same
   */
  float[] classWeights(List<String> labels) {
    if (!options.balanced()) {
      return new float[0];
    }
    double[] weights = Dataset.of(training.examples(), labels).classWeights();
    float[] factors = new float[weights.length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) weights[i];
    }
    return factors;
  }

  /**
   * Trains and saves.
   *
   * @param model the model
   * @param encoder of its texts
   * @param random for the order of the examples
   */
  TrainingHistory train(
      Model model, TextEncoder encoder, SplittableRandom random, GraphTrainer trainer) {
    int threads = options.threads().orElse(Runtime.getRuntime().availableProcessors());
    BatchInputs inputs = BatchInputs.ofLoss(model.graph(), model.padId());
    TokenExamples examples = examples(training, model, encoder, inputs);
    TokenExamples heldOut =
        validation == null ? null : examples(validation, model, encoder, inputs);
    try (TrainableGraph trainable =
        trainer.load(model.graph(), options.device(), OptionalInt.of(threads))) {
      TrainingLoop loop =
          new TrainingLoop(
              trainable,
              new AdamWUpdates(
                  model.graph(), trainable, examples, rate(examples.size(), model), options),
              new TrainingLoop.Data(
                  examples,
                  new BatchesOfLikeLength(examples, options.batchSize(), random),
                  heldOut),
              options,
              checkpoints);
      TrainingHistory history = loop.run();
      ModelDirectoryWriter.write(
          directory,
          model.config(),
          model.checkpoint().apply(loop.kept()),
          TokenizerFiles.read(checkpoints.folder()),
          history);
      checkpoints.remove();
      return history;
    }
  }

  /** A checkpoint that keeps its head has the labels in an order of its own. */
  private static TokenExamples examples(
      Dataset data, Model model, TextEncoder encoder, BatchInputs inputs) {
    return new TokenExamples(Dataset.of(data.examples(), model.labels()), encoder, inputs);
  }

  private LearningRate rate(int examples, Model model) {
    long batches = (examples + (long) options.batchSize() - 1) / options.batchSize();
    return LearningRate.of(
        options.learningRate(), options.warmUp(), model.rateFalls(), options.epochs() * batches);
  }
}
