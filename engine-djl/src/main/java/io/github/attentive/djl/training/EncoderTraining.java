package io.github.attentive.djl.training;

import io.github.attentive.Dataset;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingOptions;
import io.github.attentive.djl.architecture.HuggingFaceModel;
import io.github.attentive.djl.checkpoint.Checkpoint;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.runtime.CheckedTextEncoder;
import io.github.attentive.djl.text.HuggingFaceTextEncoder;
import io.github.attentive.djl.text.TextEncoder;
import java.nio.file.Path;
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

  private EncoderTraining(TrainingOptions options, Dataset training) {
    this.options = options;
    this.training = training;
  }

  static TrainingHistory train(
      TrainingOptions options,
      Dataset training,
      @Nullable Dataset validation,
      Path directory,
      GraphTrainer trainer) {
    options.from().ifPresent(from -> requireOther(from, directory));
    return new EncoderTraining(options, training).train(validation, directory, trainer);
  }

  private static void requireOther(Path from, Path directory) {
    if (from.toAbsolutePath().normalize().equals(directory.toAbsolutePath().normalize())) {
      throw new InvalidInputException(
          "checkpoint %s: expected another directory than the model's own, which is replaced"
              .formatted(from));
    }
  }

  private TrainingHistory train(
      @Nullable Dataset validation, Path directory, GraphTrainer trainer) {
    // What is wrong with a checkpoint shows before anything is written.
    EncoderConfig given =
        options.from().map(from -> EncoderConfig.of(from, training.labels())).orElse(null);
    TokenModelTraining common = new TokenModelTraining(options, training, validation, directory);
    Path tokenizer = common.tokenizer(EncoderConfig.positionsOfSmallBert(options.maxLength()));
    EncoderConfig config =
        given == null
            ? EncoderConfig.ofSmallBert(tokenizer, options.maxLength(), training.labels())
            : given;
    HuggingFaceModel model = HuggingFaceModel.of(config.file());
    // Streams of their own, so that none depends on how many draws another makes.
    SplittableRandom random = new SplittableRandom(options.seed());
    FirstWeights weights = firstWeights(config, model, random.split(), random.split());
    Graph graph = model.trainable(weights, common.classWeights(config.labels()));
    sayWhatIsFresh(weights, config);
    try (TextEncoder texts = textEncoder(tokenizer, model)) {
      return common.train(
          new TokenModelTraining.Model(
              config.json(), graph, config.labels(), model.padId(), true, weights::among),
          texts,
          random.split(),
          trainer);
    }
  }

  private FirstWeights firstWeights(
      EncoderConfig config,
      HuggingFaceModel model,
      SplittableRandom ofHead,
      SplittableRandom ofAll) {
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
        checkpoint == null ? ofAll : ofHead);
  }

  private void sayWhatIsFresh(FirstWeights weights, EncoderConfig config) {
    if (!weights.freshOfHead().isEmpty()) {
      options
          .listener()
          .onNotice(
              "fresh head for %s (%s): the checkpoint has %s"
                  .formatted(
                      training.labels(),
                      String.join(", ", weights.freshOfHead()),
                      config.keepsLabels() ? "none" : "other labels, or none"));
    }
  }

  private TextEncoder textEncoder(Path tokenizer, HuggingFaceModel model) {
    HuggingFaceTextEncoder encoder =
        HuggingFaceTextEncoder.open(
            tokenizer, model.positions(), OptionalInt.of(options.maxLength()), model.tokenTypes());
    return new CheckedTextEncoder(encoder, tokenizer, model.vocabularySize());
  }
}
