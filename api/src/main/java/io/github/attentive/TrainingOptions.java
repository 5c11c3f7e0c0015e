package io.github.attentive;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a model is trained. Immutable.
 *
 * <p>Equal options, data and machine give equal weights to the last bit on the CPU; that includes
 * the number of threads.
 */
public final class TrainingOptions {
  private final Recipe recipe;
  private final int epochs;
  private final int batchSize;
  private final float learningRate;
  private final int maxTokens;
  private final int maxLength;
  private final int embeddingSize;
  private final long seed;
  private final @Nullable String engine;
  private final Device device;
  private final @Nullable Integer threads;
  private final TrainingListener listener;

  private TrainingOptions(Builder builder) {
    recipe = builder.recipe;
    epochs = builder.epochs;
    batchSize = builder.batchSize;
    learningRate = builder.learningRate;
    maxTokens = builder.maxTokens;
    maxLength = builder.maxLength;
    embeddingSize = builder.embeddingSize;
    seed = builder.seed;
    engine = builder.engine;
    device = builder.device;
    threads = builder.threads;
    listener = builder.listener;
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

  /**
   * What to train.
   *
   * @return the recipe
   */
  public Recipe recipe() {
    return recipe;
  }

  /**
   * Passes over the data.
   *
   * @return at least 1
   */
  public int epochs() {
    return epochs;
  }

  /**
   * Examples of an update.
   *
   * @return at least 1
   */
  public int batchSize() {
    return batchSize;
  }

  /**
   * The optimiser's step.
   *
   * @return above 0
   */
  public float learningRate() {
    return learningRate;
  }

  /**
   * Entries of the vocabulary at most, those for padding and unknown words included.
   *
   * @return at least 3
   */
  public int maxTokens() {
    return maxTokens;
  }

  /**
   * Words of a text that are read; shorter texts are padded.
   *
   * @return at least 1
   */
  public int maxLength() {
    return maxLength;
  }

  /**
   * Numbers of a word vector.
   *
   * @return at least 1
   */
  public int embeddingSize() {
    return embeddingSize;
  }

  /**
   * Decides the first weights and the order of the examples.
   *
   * @return any number
   */
  public long seed() {
    return seed;
  }

  /**
   * The engine asked for.
   *
   * @return its name, or empty for the one that trains the recipe with the highest priority
   */
  public Optional<String> engine() {
    return Optional.ofNullable(engine);
  }

  /**
   * Where to compute.
   *
   * @return the device
   */
  public Device device() {
    return device;
  }

  /**
   * Threads of one operation.
   *
   * @return the number asked for, or empty for the engine's own choice
   */
  public OptionalInt threads() {
    return threads == null ? OptionalInt.empty() : OptionalInt.of(threads);
  }

  /**
   * Who hears of each epoch.
   *
   * @return the listener
   */
  public TrainingListener listener() {
    return listener;
  }

  /**
   * Builds {@link TrainingOptions}. Not thread-safe.
   *
   * <p>Defaults of {@code keras-attention} and {@code keras-pooling}: 100 epochs, batch 32,
   * learning rate 0.001 (Adam with betas 0.9 and 0.999 and epsilon 1e-7), 100 vocabulary entries, 5
   * words of a text, word vectors of 16; seed 0, engine by priority, CPU, the engine's own number
   * of threads, nobody listens.
   */
  public static final class Builder {
    private final Recipe recipe;
    private int epochs = 100;
    private int batchSize = 32;
    private float learningRate = 1e-3f;
    private int maxTokens = 100;
    private int maxLength = 5;
    private int embeddingSize = 16;
    private long seed;
    private @Nullable String engine;
    private Device device = Device.CPU;
    private @Nullable Integer threads;
    private TrainingListener listener = report -> {};

    private Builder(Recipe recipe) {
      this.recipe = Objects.requireNonNull(recipe, "recipe");
    }

    /**
     * Sets the passes over the data.
     *
     * @param epochs at least 1
     * @return this
     * @throws InvalidInputException if less than 1
     */
    public Builder epochs(int epochs) {
      this.epochs = Checks.atLeastOne("epochs", epochs);
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
      this.batchSize = Checks.atLeastOne("batch size", examples);
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
      this.learningRate = rate;
      return this;
    }

    /**
     * Limits the vocabulary.
     *
     * @param entries at least 3: padding, the unknown, and one word
     * @return this
     * @throws InvalidInputException if less than 3
     */
    public Builder maxTokens(int entries) {
      if (entries < 3) {
        throw new InvalidInputException("vocabulary: expected at least 3 entries, got " + entries);
      }
      this.maxTokens = entries;
      return this;
    }

    /**
     * Sets the words of a text that are read.
     *
     * @param words at least 1
     * @return this
     * @throws InvalidInputException if less than 1
     */
    public Builder maxLength(int words) {
      this.maxLength = Checks.atLeastOne("maximum length", words);
      return this;
    }

    /**
     * Sets the size of a word vector.
     *
     * @param size at least 1
     * @return this
     * @throws InvalidInputException if less than 1
     */
    public Builder embeddingSize(int size) {
      this.embeddingSize = Checks.atLeastOne("embedding size", size);
      return this;
    }

    /**
     * Sets the seed of everything random.
     *
     * @param seed any number
     * @return this
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Names the engine.
     *
     * @param name the engine's name
     * @return this
     */
    public Builder engine(String name) {
      this.engine = Objects.requireNonNull(name, "name");
      return this;
    }

    /**
     * Chooses the device.
     *
     * @param device the device
     * @return this
     */
    public Builder device(Device device) {
      this.device = Objects.requireNonNull(device, "device");
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
      this.threads = Checks.atLeastOne("threads", threads);
      return this;
    }

    /**
     * Names who hears of each epoch.
     *
     * @param listener the listener
     * @return this
     */
    public Builder listener(TrainingListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Finishes.
     *
     * @return the options
     */
    public TrainingOptions build() {
      return new TrainingOptions(this);
    }
  }
}
