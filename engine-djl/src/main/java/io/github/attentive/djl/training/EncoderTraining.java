package io.github.attentive.djl.training;

import io.github.attentive.Dataset;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingOptions;
import io.github.attentive.djl.architecture.HuggingFaceModel;
import io.github.attentive.djl.architecture.TrainableEncoder;
import io.github.attentive.djl.checkpoint.Checkpoint;
import io.github.attentive.djl.runtime.BatchInputs;
import io.github.attentive.djl.runtime.CheckedTextEncoder;
import io.github.attentive.djl.text.HuggingFaceTextEncoder;
import io.github.attentive.djl.text.TextEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The recipe {@code bert}: fine-tunes an encoder of any family from a checkpoint, or trains one
 * from fresh weights, by AdamW with a rate that rises and falls in straight lines (Devlin et al.
 * 2019).
 */
final class EncoderTraining {
  private final TrainingOptions options;
  private final Dataset training;
  private final @Nullable Dataset validation;
  private final Path directory;
  private final TrainingCheckpoints checkpoints;

  private EncoderTraining(
      TrainingOptions options,
      Dataset training,
      @Nullable Dataset validation,
      Path directory,
      TrainingCheckpoints checkpoints) {
    this.options = options;
    this.training = training;
    this.validation = validation;
    this.directory = directory;
    this.checkpoints = checkpoints;
  }

  static TrainingHistory train(
      TrainingOptions options,
      Dataset training,
      @Nullable Dataset validation,
      Path directory,
      GraphTrainer trainer) {
    options.from().ifPresent(from -> requireOther(from, directory));
    TrainingCheckpoints checkpoints =
        TrainingCheckpoints.open(
            directory, TrainingSettings.of(options, training, validation), options);
    return new EncoderTraining(options, training, validation, directory, checkpoints)
        .train(trainer);
  }

  private static void requireOther(Path from, Path directory) {
    if (from.toAbsolutePath().normalize().equals(directory.toAbsolutePath().normalize())) {
      throw new InvalidInputException(
          "checkpoint %s: expected another directory than the model's own, which is replaced"
              .formatted(from));
    }
  }

  private TrainingHistory train(GraphTrainer trainer) {
    EncoderConfig config =
        options.from().isPresent()
            ? EncoderConfig.of(options.from().get(), training.labels())
            : null;
    if (!checkpoints.isResumed()) {
      provideTokenizer();
    }
    if (config == null) {
      config =
          EncoderConfig.ofSmallBert(checkpoints.folder(), options.maxLength(), training.labels());
    }
    HuggingFaceModel model = HuggingFaceModel.of(config.file());
    // Streams of their own, so that none depends on how many draws another makes.
    SplittableRandom random = new SplittableRandom(options.seed());
    FirstWeights weights = firstWeights(config, model, random.split());
    TrainableEncoder encoder = model.trainable(weights);
    sayWhatIsFresh(weights, config);
    int threads = options.threads().orElse(Runtime.getRuntime().availableProcessors());
    try (TextEncoder texts = textEncoder(model);
        TrainableGraph trainable =
            trainer.load(encoder.graph(), options.device(), OptionalInt.of(threads))) {
      TrainingLoop loop = loop(model, encoder, texts, trainable, random.split());
      TrainingHistory history = loop.run();
      ModelDirectoryWriter.write(
          directory,
          config.json(),
          encoder.checkpoint(loop.kept()),
          TokenizerFiles.read(checkpoints.folder()),
          history);
      checkpoints.remove();
      return history;
    }
  }

  /** Into the checkpoint's folder, so that a training that is resumed has the same. */
  private void provideTokenizer() {
    Path folder = checkpoints.folder();
    int positions = EncoderConfig.positionsOfSmallBert(options.maxLength());
    if (options.from().isPresent()) {
      TokenizerFiles.copy(options.from().get(), folder);
    } else if (options.tokenizer().isPresent()) {
      TokenizerFiles.ofFile(options.tokenizer().get(), folder, positions);
    } else {
      TokenizerFiles.learn(training, options.maxTokens(), folder, positions);
    }
  }

  private FirstWeights firstWeights(
      EncoderConfig config, HuggingFaceModel model, SplittableRandom random) {
    Path from = options.from().orElse(null);
    Checkpoint checkpoint =
        from == null || Checkpoint.isAbsent(from) ? null : Checkpoint.read(from);
    if (from != null && checkpoint == null) {
      options
          .listener()
          .onNotice("%s has no weights: all are fresh, by its configuration".formatted(from));
    }
    if (options.frozenLayers() > model.layers()) {
      throw new InvalidInputException(
          "frozen layers: expected at most %s, which the model has, got %s"
              .formatted(model.layers(), options.frozenLayers()));
    }
    return new FirstWeights(
        checkpoint,
        config.keepsLabels(),
        options.frozenLayers(),
        config.deviation(),
        model.padId(),
        random);
  }

  private void sayWhatIsFresh(FirstWeights weights, EncoderConfig config) {
    List<String> fresh = weights.freshOfHead();
    if (!fresh.isEmpty()) {
      options
          .listener()
          .onNotice(
              "fresh head for %s (%s): the checkpoint has %s"
                  .formatted(
                      training.labels(),
                      String.join(", ", fresh),
                      config.keepsLabels() ? "none" : "other labels or none"));
    }
  }

  private TextEncoder textEncoder(HuggingFaceModel model) {
    HuggingFaceTextEncoder encoder =
        HuggingFaceTextEncoder.open(
            checkpoints.folder(),
            model.positions(),
            OptionalInt.of(options.maxLength()),
            model.tokenTypes());
    return new CheckedTextEncoder(encoder, checkpoints.folder(), model.vocabularySize());
  }

  private TrainingLoop loop(
      HuggingFaceModel model,
      TrainableEncoder encoder,
      TextEncoder texts,
      TrainableGraph trainable,
      SplittableRandom random) {
    BatchInputs inputs = BatchInputs.ofLoss(encoder.graph(), model.padId());
    TokenExamples examples = new TokenExamples(ordered(training, model), texts, inputs);
    TokenExamples heldOut =
        validation == null ? null : new TokenExamples(ordered(validation, model), texts, inputs);
    long updates =
        options.epochs()
            * ((examples.size() + (long) options.batchSize() - 1) / options.batchSize());
    LearningRate rate = LearningRate.of(options.learningRate(), options.warmUp(), true, updates);
    return new TrainingLoop(
        trainable,
        new AdamWUpdates(encoder.graph(), trainable, examples, rate, options),
        new TrainingLoop.Data(
            examples, new BatchesOfLikeLength(examples, options.batchSize(), random), heldOut),
        options,
        checkpoints);
  }

  /** A checkpoint that keeps its head has the labels in an order of its own. */
  private static Dataset ordered(Dataset data, HuggingFaceModel model) {
    return Dataset.of(data.examples(), model.labels());
  }
}
