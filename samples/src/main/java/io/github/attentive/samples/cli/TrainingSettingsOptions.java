package io.github.attentive.samples.cli;

import io.github.attentive.InvalidInputException;
import io.github.attentive.Padding;
import io.github.attentive.TrainingOptions;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a model is trained; what is left out is the recipe's own. */
final class TrainingSettingsOptions {
  private static final String OF_RECIPE = "default: the recipe's";

  @Option(names = "--epochs", paramLabel = "N", description = OF_RECIPE + " (100, 100, 6, 3)")
  private @Nullable Integer epochs;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = OF_RECIPE + " (0.001; bert 2e-5 with --from, 3e-4 without)")
  private @Nullable Float learningRate;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "entries of a vocabulary that is learned; " + OF_RECIPE + " (100, 100, 8000)")
  private @Nullable Integer maxTokens;

  @Option(names = "--seed", paramLabel = "N", description = "default 0")
  private long seed;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "bert: a checkpoint to fine-tune, or a configuration with a tokenizer")
  private @Nullable Path from;

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      description = "bigru-attention, bert: a tokenizer.json; default: learned from the texts")
  private @Nullable Path tokenizer;

  @Option(
      names = "--padding",
      paramLabel = "mask|attend",
      description = "bigru-attention: what becomes of padding; default mask")
  private @Nullable String padding;

  @Option(
      names = "--resume",
      description = "go on from the checkpoint in --out; without one, start")
  private boolean resume;

  @Option(
      names = "--checkpoint-steps",
      paramLabel = "N",
      description = "a checkpoint every N updates; default: as often as costs little")
  private @Nullable Integer checkpointSteps;

  @Option(
      names = "--batch-parts",
      paramLabel = "N",
      description = "compute each batch in N parts, to need less memory")
  private @Nullable Integer batchParts;

  @Option(
      names = "--frozen-layers",
      paramLabel = "N",
      description = "bert: leave the embedding and the first N layers as they are")
  private @Nullable Integer frozenLayers;

  @Option(
      names = "--weight-decay",
      paramLabel = "SHARE",
      description = OF_RECIPE + " (0; bert 0.01)")
  private @Nullable Float weightDecay;

  @Option(
      names = "--warm-up",
      paramLabel = "SHARE",
      description = "of the updates, in which the rate rises; " + OF_RECIPE + " (0; bert 0.1)")
  private @Nullable Float warmUp;

  @Option(
      names = "--clip",
      paramLabel = "NORM",
      description = "cut gradients to it, 0 for never; " + OF_RECIPE + " (0; bert 1)")
  private @Nullable Float clip;

  @Option(
      names = "--hidden-size",
      paramLabel = "N",
      description = "bigru-attention: of a state; default 256")
  private @Nullable Integer hiddenSize;

  @Option(
      names = "--embedding-size",
      paramLabel = "N",
      description = "of a word vector; " + OF_RECIPE + " (16, 16, 100)")
  private @Nullable Integer embeddingSize;

  @Option(names = "--dropout", paramLabel = "SHARE", description = "bigru-attention: default 0.3")
  private @Nullable Float dropout;

  @Option(
      names = "--balanced",
      description = "bigru-attention, bert: examples of rare classes weigh more")
  private boolean balanced;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "stop after N epochs in a row without a better validation")
  private @Nullable Integer patience;

  /** The seed of everything random. */
  long seed() {
    return seed;
  }

  /** Sets what was given. */
  void applyTo(TrainingOptions.Builder options) {
    options.seed(seed).resume(resume).balanced(balanced);
    set(epochs, options::epochs);
    set(learningRate, options::learningRate);
    set(maxTokens, options::maxTokens);
    set(from, options::from);
    set(tokenizer, options::tokenizer);
    set(padding, value -> options.padding(padding(value)));
    set(checkpointSteps, options::checkpointSteps);
    set(batchParts, options::batchParts);
    set(frozenLayers, options::frozenLayers);
    set(weightDecay, options::weightDecay);
    set(warmUp, options::warmUp);
    set(clip, options::longestGradient);
    set(hiddenSize, options::hiddenSize);
    set(embeddingSize, options::embeddingSize);
    set(dropout, options::dropout);
    set(patience, options::patience);
  }

  private static <T> void set(@Nullable T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }

  private static Padding padding(String value) {
    for (Padding padding : Padding.values()) {
      if (padding.name().toLowerCase(Locale.ROOT).equals(value)) {
        return padding;
      }
    }
    throw new InvalidInputException("--padding: expected mask or attend, got '" + value + "'");
  }
}
