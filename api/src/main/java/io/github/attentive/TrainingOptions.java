package io.github.attentive;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How a model is trained. Immutable.
 *
 * <p>Equal options, data and machine give equal weights to the last bit on the CPU; that includes
 * the number of threads.
 */
public final class TrainingOptions {
  private final Settings set;
  private final RecipeDefaults defaults;

  private TrainingOptions(Settings set) {
    this.set = set;
    this.defaults = RecipeDefaults.of(set.recipe);
  }

  /**
   * Starts from a recipe's defaults.
   *
   * @param recipe what to train
   * @return a new builder
   */
  public static Builder builder(Recipe recipe) {
    return new Builder(recipe);
  }

  private static <T> T or(@Nullable T value, T absent) {
    return value == null ? absent : value;
  }

  /**
   * What to train.
   *
   * @return the recipe
   */
  public Recipe recipe() {
    return set.recipe;
  }

  /**
   * Passes over the data.
   *
   * @return at least 1
   */
  public int epochs() {
    return or(set.epochs, defaults.epochs());
  }

  /**
   * Examples of an update.
   *
   * @return at least 1
   */
  public int batchSize() {
    return or(set.batchSize, defaults.batchSize());
  }

  /**
   * How many parts a batch is computed in, one after the other, to need less memory.
   *
   * @return at least 1
   */
  public int batchParts() {
    return or(set.batchParts, 1);
  }

  /**
   * The optimiser's step; the highest one where it changes.
   *
   * @return above 0
   */
  public float learningRate() {
    return or(set.learningRate, set.from == null ? defaults.learningRate() : defaults.tuningRate());
  }

  /**
   * The share of all updates in which the rate rises from 0.
   *
   * @return from 0 to below 1
   */
  public float warmUp() {
    return or(set.warmUp, defaults.warmUp());
  }

  /**
   * What matrices lose in an update, as a share of the rate; biases and norms lose nothing.
   *
   * @return 0 or more
   */
  public float weightDecay() {
    return or(set.weightDecay, defaults.weightDecay());
  }

  /**
   * The Euclidean norm that the gradients of an update are cut to, all together.
   *
   * @return above 0, or 0 for no cut
   */
  public float longestGradient() {
    return or(set.longestGradient, defaults.longestGradient());
  }

  /**
   * Entries of a vocabulary that is learned from the texts at most, special ones included.
   *
   * @return at least 3
   */
  public int maxTokens() {
    return or(set.maxTokens, defaults.maxTokens());
  }

  /**
   * Tokens of a text that are read.
   *
   * @return at least 1
   */
  public int maxLength() {
    return or(set.maxLength, defaults.maxLength());
  }

  /**
   * Numbers of a word vector.
   *
   * @return at least 1
   */
  public int embeddingSize() {
    return or(set.embeddingSize, defaults.embeddingSize());
  }

  /**
   * Numbers of a recurrent state, for each direction.
   *
   * @return at least 1; 0 for recipes without one
   */
  public int hiddenSize() {
    return or(set.hiddenSize, defaults.hiddenSize());
  }

  /**
   * The share of numbers before the last layer that training drops.
   *
   * @return from 0 to below 1; 0 for recipes where a configuration says it
   */
  public float dropout() {
    return or(set.dropout, defaults.dropout());
  }

  /**
   * What becomes of the positions that fill a text up.
   *
   * @return the padding
   */
  public Padding padding() {
    return or(set.padding, Padding.MASK);
  }

  /**
   * The checkpoint to go on from.
   *
   * @return its directory, or empty to train from scratch
   */
  public Optional<Path> from() {
    return Optional.ofNullable(set.from);
  }

  /**
   * The tokenizer.
   *
   * @return a file like {@code tokenizer.json}, or empty for that of {@link #from()}, or one that
   *     is learned from the texts
   */
  public Optional<Path> tokenizer() {
    return Optional.ofNullable(set.tokenizer);
  }

  /**
   * How many layers next to the embedding, and the embedding itself, stay as they are.
   *
   * @return 0 if everything is trained
   */
  public int frozenLayers() {
    return or(set.frozenLayers, 0);
  }

  /**
   * Whether an example of a rare class weighs more in the loss.
   *
   * @return true if each weighs {@link Dataset#size()} by the number of classes and by the size of
   *     its own
   */
  public boolean balanced() {
    return set.balanced;
  }

  /**
   * When to stop before the last epoch.
   *
   * @return after how many epochs in a row without a better validation, or empty for never
   */
  public OptionalInt patience() {
    return optional(set.patience);
  }

  /**
   * Whether to go on from a checkpoint that an earlier training left in the directory.
   *
   * @return true to look for one
   */
  public boolean resume() {
    return set.resume;
  }

  /**
   * How often a checkpoint is written within an epoch.
   *
   * @return after how many updates, or empty for as often as costs a twentieth of the time at most
   */
  public OptionalInt checkpointSteps() {
    return optional(set.checkpointSteps);
  }

  /**
   * Who says whether to stop.
   *
   * @return asked before each update, on the thread that trains
   */
  public BooleanSupplier cancelled() {
    return set.cancelled;
  }

  /**
   * Decides the first weights, the order of the examples, and what is dropped.
   *
   * @return any number
   */
  public long seed() {
    return set.seed;
  }

  /**
   * The engine asked for.
   *
   * @return its name, or empty for the one that trains the recipe with the highest priority
   */
  public Optional<String> engine() {
    return Optional.ofNullable(set.engine);
  }

  /**
   * Where to compute.
   *
   * @return the device
   */
  public Device device() {
    return set.device;
  }

  /**
   * Threads of one operation.
   *
   * @return the number asked for, or empty for the engine's own choice
   */
  public OptionalInt threads() {
    return optional(set.threads);
  }

  /**
   * Who hears how it goes.
   *
   * @return the listener
   */
  public TrainingListener listener() {
    return set.listener;
  }

  private static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** What was said, null where nothing was. */
  private static final class Settings implements Cloneable {
    private final Recipe recipe;
    private @Nullable Integer epochs;
    private @Nullable Integer batchSize;
    private @Nullable Integer batchParts;
    private @Nullable Float learningRate;
    private @Nullable Float warmUp;
    private @Nullable Float weightDecay;
    private @Nullable Float longestGradient;
    private @Nullable Integer maxTokens;
    private @Nullable Integer maxLength;
    private @Nullable Integer embeddingSize;
    private @Nullable Integer hiddenSize;
    private @Nullable Float dropout;
    private @Nullable Padding padding;
    private @Nullable Path from;
    private @Nullable Path tokenizer;
    private @Nullable Integer frozenLayers;
    private boolean balanced;
    private @Nullable Integer patience;
    private boolean resume;
    private @Nullable Integer checkpointSteps;
    private BooleanSupplier cancelled = () -> false;
    private long seed;
    private @Nullable String engine;
    private Device device = Device.CPU;
    private @Nullable Integer threads;
    private TrainingListener listener = report -> {};

    Settings(Recipe recipe) {
      this.recipe = recipe;
    }

    Settings copy() {
      try {
        return (Settings) clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /**
   * Builds {@link TrainingOptions}. Not thread-safe.
   *
   * <p>Defaults by recipe:
   *
   * <ul>
   *   <li>{@code keras-attention}, {@code keras-pooling}: 100 epochs, batch 32, rate 0.001 (Adam
   *       with betas 0.9 and 0.999 and epsilon 1e-7), 100 vocabulary entries, 5 words of a text,
   *       word vectors of 16
   *   <li>{@code bigru-attention}: 6 epochs, batch 64, rate 0.001 (Adam with epsilon 1e-8), 8,000
   *       vocabulary entries where one is learned, 128 tokens, word vectors of 100, states of 256,
   *       dropout 0.3, padding masked
   *   <li>{@code bert}: 3 epochs, batch 32, rate 2e-5 from a checkpoint and 3e-4 from scratch
   *       (AdamW), rising for a tenth of the updates and then falling to 0, weight decay 0.01,
   *       gradients cut to 1, 8,000 vocabulary entries where one is learned, 64 tokens; from
   *       scratch 2 layers of 128 with 2 heads
   * </ul>
   *
   * <p>Seed 0, engine by priority, CPU, the engine's own number of threads, nobody listens, nothing
   * cancels.
   */
  public static final class Builder {
    private static final Set<Recipe> OF_WORD_PIECES = Set.of(Recipe.BIGRU_ATTENTION, Recipe.BERT);
    private static final Set<Recipe> OF_WORD_VECTORS =
        Set.of(Recipe.KERAS_ATTENTION, Recipe.KERAS_POOLING, Recipe.BIGRU_ATTENTION);

    private final Settings set;

    private Builder(Recipe recipe) {
      this.set = new Settings(Objects.requireNonNull(recipe, "recipe"));
    }

    /**
     * Sets the passes over the data.
     *
     * @param epochs at least 1
     * @return this
     * @throws InvalidInputException if less than 1
     */
    public Builder epochs(int epochs) {
      set.epochs = Checks.atLeastOne("epochs", epochs);
      return this;
    }

    /**
     * Sets the examples of an update.
     *
     * @param examples at least 1
     * @return this
     * @throws InvalidInputException if less than 1
     */
    public Builder batchSize(int examples) {
      set.batchSize = Checks.atLeastOne("batch size", examples);
      return this;
    }

    /**
     * Accumulates gradients: each batch is computed in parts, one after the other. The weights move
     * as they do for the whole batch, but for rounding and for what dropout draws. Recipes {@code
     * bigru-attention} and {@code bert}.
     *
     * @param parts at least 1
     * @return this
     * @throws InvalidInputException if less than 1
     */
    public Builder batchParts(int parts) {
      set.batchParts = Checks.atLeastOne("batch parts", parts);
      return this;
    }

    /**
     * Sets the optimiser's step.
     *
     * @param rate above 0 and finite
     * @return this
     * @throws InvalidInputException if not above 0 or not finite
     */
    public Builder learningRate(float rate) {
      if (!(rate > 0) || !Float.isFinite(rate)) {
        throw new InvalidInputException("learning rate: expected a number above 0, got " + rate);
      }
      set.learningRate = rate;
      return this;
    }

    /**
     * Sets the share of the updates in which the rate rises from 0. Recipes {@code bigru-attention}
     * and {@code bert}.
     *
     * @param share from 0 to below 1
     * @return this
     * @throws InvalidInputException if out of that range
     */
    public Builder warmUp(float share) {
      set.warmUp = Checks.belowOne("warm-up", share);
      return this;
    }

    /**
     * Sets the decay of weights, decoupled from the gradient (Loshchilov and Hutter 2019). Recipes
     * {@code bigru-attention} and {@code bert}.
     *
     * @param share of the rate, 0 for none
     * @return this
     * @throws InvalidInputException if below 0 or not finite
     */
    public Builder weightDecay(float share) {
      set.weightDecay = Checks.notNegative("weight decay", share);
      return this;
    }

    /**
     * Cuts gradients. Recipes {@code bigru-attention} and {@code bert}.
     *
     * @param norm the Euclidean norm of all gradients together, 0 for no cut
     * @return this
     * @throws InvalidInputException if below 0 or not finite
     */
    public Builder longestGradient(float norm) {
      set.longestGradient = Checks.notNegative("longest gradient", norm);
      return this;
    }

    /**
     * Limits a vocabulary that is learned.
     *
     * @param entries at least 3: padding, the unknown, and one word
     * @return this
     * @throws InvalidInputException if less than 3
     */
    public Builder maxTokens(int entries) {
      if (entries < 3) {
        throw new InvalidInputException("vocabulary: expected at least 3 entries, got " + entries);
      }
      set.maxTokens = entries;
      return this;
    }

    /**
     * Sets the tokens of a text that are read; recipes of Keras and those that attend to padding
     * fill shorter texts up to it.
     *
     * @param tokens at least 1
     * @return this
     * @throws InvalidInputException if less than 1
     */
    public Builder maxLength(int tokens) {
      set.maxLength = Checks.atLeastOne("maximum length", tokens);
      return this;
    }

    /**
     * Sets the size of a word vector. Not for {@code bert}.
     *
     * @param size at least 1
     * @return this
     * @throws InvalidInputException if less than 1
     */
    public Builder embeddingSize(int size) {
      set.embeddingSize = Checks.atLeastOne("embedding size", size);
      return this;
    }

    /**
     * Sets the size of a recurrent state. Recipe {@code bigru-attention}.
     *
     * @param size of each direction, at least 1
     * @return this
     * @throws InvalidInputException if less than 1
     */
    public Builder hiddenSize(int size) {
      set.hiddenSize = Checks.atLeastOne("hidden size", size);
      return this;
    }

    /**
     * Sets what training drops before the last layer. Recipe {@code bigru-attention}; {@code bert}
     * drops what its configuration says.
     *
     * @param share from 0 to below 1
     * @return this
     * @throws InvalidInputException if out of that range
     */
    public Builder dropout(float share) {
      set.dropout = Checks.belowOne("dropout", share);
      return this;
    }

    /**
     * Sets what becomes of the positions that fill a text up. Recipe {@code bigru-attention}.
     *
     * @param padding masked or read
     * @return this
     */
    public Builder padding(Padding padding) {
      set.padding = Objects.requireNonNull(padding, "padding");
      return this;
    }

    /**
     * Goes on from a checkpoint. Recipe {@code bert}.
     *
     * <p>A head stays if its labels are those of the data; otherwise, or where there is none, a
     * fresh one is made. A directory with a configuration and a tokenizer, but without weights,
     * gives a model of that shape from scratch.
     *
     * @param directory a Hugging Face model directory
     * @return this
     */
    public Builder from(Path directory) {
      set.from = Objects.requireNonNull(directory, "directory");
      return this;
    }

    /**
     * Names the tokenizer. Recipes {@code bigru-attention} and {@code bert}; without it, and
     * without a checkpoint, word pieces are learned from the texts.
     *
     * @param file as Hugging Face's {@code tokenizer.json}
     * @return this
     */
    public Builder tokenizer(Path file) {
      set.tokenizer = Objects.requireNonNull(file, "file");
      return this;
    }

    /**
     * Leaves the embedding and some of the layers next to it as they are. Recipe {@code bert}.
     *
     * @param layers 0 to train everything
     * @return this
     * @throws InvalidInputException if below 0
     */
    public Builder frozenLayers(int layers) {
      set.frozenLayers = Checks.notNegative("frozen layers", layers);
      return this;
    }

    /**
     * Lets examples of a rare class weigh more in the loss. Recipes {@code bigru-attention} and
     * {@code bert}.
     *
     * @param balanced true for {@link Dataset#size()} by the number of classes and by the size of
     *     the example's own
     * @return this
     */
    public Builder balanced(boolean balanced) {
      set.balanced = balanced;
      return this;
    }

    /**
     * Stops early. Needs validation data.
     *
     * @param epochs in a row without a higher validation accuracy, at least 1
     * @return this
     * @throws InvalidInputException if less than 1
     */
    public Builder patience(int epochs) {
      set.patience = Checks.atLeastOne("patience", epochs);
      return this;
    }

    /**
     * Goes on from the checkpoint of an earlier training in the same directory, with the same
     * options and data; without one, starts.
     *
     * @param resume false to start in any case
     * @return this
     */
    public Builder resume(boolean resume) {
      set.resume = resume;
      return this;
    }

    /**
     * Sets how often a checkpoint is written within an epoch.
     *
     * @param updates at least 1
     * @return this
     * @throws InvalidInputException if less than 1
     */
    public Builder checkpointSteps(int updates) {
      set.checkpointSteps = Checks.atLeastOne("checkpoint steps", updates);
      return this;
    }

    /**
     * Names who says whether to stop. A training that is told to, or whose thread is interrupted,
     * writes a checkpoint and throws {@link TrainingCancelledException}.
     *
     * @param cancelled asked before each update, on the thread that trains
     * @return this
     */
    public Builder cancelWhen(BooleanSupplier cancelled) {
      set.cancelled = Objects.requireNonNull(cancelled, "cancelled");
      return this;
    }

    /**
     * Sets the seed of everything random.
     *
     * @param seed any number
     * @return this
     */
    public Builder seed(long seed) {
      set.seed = seed;
      return this;
    }

    /**
     * Names the engine.
     *
     * @param name the engine's name
     * @return this
     */
    public Builder engine(String name) {
      set.engine = Objects.requireNonNull(name, "name");
      return this;
    }

    /**
     * Chooses the device.
     *
     * @param device the device
     * @return this
     */
    public Builder device(Device device) {
      set.device = Objects.requireNonNull(device, "device");
      return this;
    }

    /**
     * Sets the threads that one operation may use; see {@link LoadOptions.Builder#threads(int)}.
     *
     * @param threads at least 1
     * @return this
     * @throws InvalidInputException if less than 1
     */
    public Builder threads(int threads) {
      set.threads = Checks.atLeastOne("threads", threads);
      return this;
    }

    /**
     * Names who hears how it goes.
     *
     * @param listener the listener
     * @return this
     */
    public Builder listener(TrainingListener listener) {
      set.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Finishes.
     *
     * @return the options
     * @throws InvalidInputException if something was set that the recipe has not
     */
    public TrainingOptions build() {
      require("checkpoint to go on from", set.from, Set.of(Recipe.BERT));
      require("frozen layers", set.frozenLayers, Set.of(Recipe.BERT));
      require("padding", set.padding, Set.of(Recipe.BIGRU_ATTENTION));
      require("hidden size", set.hiddenSize, Set.of(Recipe.BIGRU_ATTENTION));
      require("dropout", set.dropout, Set.of(Recipe.BIGRU_ATTENTION));
      require("embedding size", set.embeddingSize, OF_WORD_VECTORS);
      require("tokenizer", set.tokenizer, OF_WORD_PIECES);
      require("batch parts", set.batchParts, OF_WORD_PIECES);
      require("warm-up", set.warmUp, OF_WORD_PIECES);
      require("weight decay", set.weightDecay, OF_WORD_PIECES);
      require("longest gradient", set.longestGradient, OF_WORD_PIECES);
      require("balanced classes", set.balanced ? true : null, OF_WORD_PIECES);
      if (set.from != null && set.tokenizer != null) {
        throw new InvalidInputException(
            "tokenizer %s: the checkpoint %s has its own; name one of both"
                .formatted(set.tokenizer, set.from));
      }
      return new TrainingOptions(set.copy());
    }

    private void require(String option, @Nullable Object value, Set<Recipe> recipes) {
      if (value != null && !recipes.contains(set.recipe)) {
        throw new InvalidInputException(
            "%s: recipe %s has no such option; it is one of %s"
                .formatted(
                    option,
                    set.recipe.id(),
                    String.join(", ", recipes.stream().map(Recipe::id).sorted().toList())));
      }
    }
  }
}
