package io.github.attentive.djl.training;

import io.github.attentive.Dataset;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingOptions;
import io.github.attentive.djl.architecture.BiGruConfig;
import io.github.attentive.djl.architecture.BiGruGraph;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.runtime.BiGruDirectory;
import io.github.attentive.djl.runtime.CheckedTextEncoder;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.djl.text.TokenizerDescription;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The recipe {@code bigru-attention}: starts from PyTorch's initialisers (embedding normal with
 * padding 0, everything else uniform within one by the root of what goes in) and trains by Adam
 * with a rate that stays.
 */
final class BiGruTraining {
  private BiGruTraining() {}

  static TrainingHistory train(
      TrainingOptions options,
      Dataset training,
      @Nullable Dataset validation,
      Path directory,
      GraphTrainer trainer) {
    TokenModelTraining common = new TokenModelTraining(options, training, validation, directory);
    Path tokenizer = common.tokenizer(options.maxLength());
    BiGruConfig config = config(options, tokenizer, training);
    SplittableRandom random = new SplittableRandom(options.seed());
    Map<String, Parameter> weights = firstWeights(config, random.split());
    try (TextEncoder encoder = encoder(tokenizer, config)) {
      return common.train(
          new TokenModelTraining.Model(
              config.toJson(),
              BiGruGraph.trainable(
                  config, weights, options.dropout(), common.classWeights(config.labels())),
              config.labels(),
              BiGruConfig.PAD_ID,
              false,
              trained -> trained),
          encoder,
          random.split(),
          trainer);
    }
  }

  private static BiGruConfig config(TrainingOptions options, Path tokenizer, Dataset training) {
    TokenizerDescription description = TokenizerDescription.read(tokenizer);
    OptionalInt padding = description.padding();
    if (padding.isEmpty() || padding.getAsInt() != BiGruConfig.PAD_ID) {
      throw new InvalidInputException(
          "tokenizer %s: expected a token that pads, [PAD], with number %s, got %s"
              .formatted(
                  options.tokenizer().orElse(description.file()),
                  BiGruConfig.PAD_ID,
                  padding.isEmpty() ? "none" : padding.getAsInt()));
    }
    return new BiGruConfig(
        BiGruConfig.Attention.FINAL_STATE,
        description.size(),
        options.embeddingSize(),
        options.hiddenSize(),
        training.labels(),
        options.padding(),
        options.maxLength());
  }

  private static TextEncoder encoder(Path tokenizer, BiGruConfig config) {
    return new CheckedTextEncoder(
        BiGruDirectory.encoder(tokenizer, config, OptionalInt.empty()),
        tokenizer,
        config.vocabSize());
  }

  private static Map<String, Parameter> firstWeights(BiGruConfig config, SplittableRandom random) {
    Map<String, Shape> shapes = BiGruGraph.parameterShapes(config);
    Map<String, Parameter> weights = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> {
          float[] values = new float[Math.toIntExact(shape.elements())];
          if (name.equals(BiGruGraph.EMBEDDING)) {
            fillNormal(values, random);
            int from = BiGruConfig.PAD_ID * config.embeddingDim();
            Arrays.fill(values, from, from + config.embeddingDim(), 0);
          } else {
            fillUniform(values, 1 / Math.sqrt(inputs(name, shapes, config)), random);
          }
          weights.put(name, Parameter.of(name, shape, values));
        });
    return weights;
  }

  /** How many numbers a weight or bias adds up: a recurrence counts those of its state. */
  private static long inputs(String name, Map<String, Shape> shapes, BiGruConfig config) {
    if (BiGruGraph.isRecurrent(name)) {
      return config.hiddenSize();
    }
    return shapes.get(name.replaceFirst("\\.bias$", ".weight")).axis(1).size();
  }

  private static void fillNormal(float[] values, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
  }

  private static void fillUniform(float[] values, double limit, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (limit * (2 * random.nextDouble() - 1));
    }
  }
}
