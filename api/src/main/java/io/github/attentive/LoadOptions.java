package io.github.attentive;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a model is opened. Immutable; {@link #defaults()} fits most hosts.
 *
 * <p><b>Which engine.</b> The one named by {@link Builder#engine(String)}; else by the system
 * property {@code attentive.engine}; else, of the engines on the class path that can open the
 * model, the one with the highest declared priority (equal priorities: the first name in the
 * alphabet). No engine at all, an unknown name, a provider that cannot start and a provider built
 * for another version of this API each fail with their own message.
 */
public final class LoadOptions {
  private static final LoadOptions DEFAULTS = builder().build();

  private final @Nullable String engine;
  private final Device device;
  private final @Nullable Integer threads;
  private final @Nullable Integer maxLength;
  private final int batchSize;
  private final @Nullable ClassLoader classLoader;
  private final boolean trustForeignGraph;

  private LoadOptions(Builder builder) {
    engine = builder.engine;
    device = builder.device;
    threads = builder.threads;
    maxLength = builder.maxLength;
    batchSize = builder.batchSize;
    classLoader = builder.classLoader;
    trustForeignGraph = builder.trustForeignGraph;
  }

  /**
   * The defaults listed at {@link Builder}.
   *
   * @return the shared instance
   */
  public static LoadOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Starts from the defaults.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The engine asked for.
   *
   * @return its name, or empty for the choice described above
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
   * The longest text the caller wants read, in tokens.
   *
   * @return the limit, or empty for the model's own
   */
  public OptionalInt maxLength() {
    return maxLength == null ? OptionalInt.empty() : OptionalInt.of(maxLength);
  }

  /**
   * How many texts run in one pass at most.
   *
   * @return at least 1
   */
  public int batchSize() {
    return batchSize;
  }

  /**
   * Where engines are looked for.
   *
   * @return the class loader asked for, or empty for the one that loaded this API
   */
  public Optional<ClassLoader> classLoader() {
    return Optional.ofNullable(classLoader);
  }

  /**
   * Says whether a model may be opened whose file is a program: a TorchScript file or a SavedModel.
   *
   * <p>Such a file holds code beside its weights, and opening or running it runs that code with the
   * rights of this process: it can read and write files and exhaust memory, and its reader is
   * native code that a damaged file can crash. Formats that hold numbers alone do not ask for this.
   *
   * @return true if the caller trusts the model's origin; false by default
   */
  public boolean trustForeignGraph() {
    return trustForeignGraph;
  }

  /**
   * Builds {@link LoadOptions}. Not thread-safe.
   *
   * <p>Defaults: engine by the rule above, device {@code cpu}, threads and maximum length as engine
   * and model have them, batch size 32, class loader of this API, no trust in foreign graphs.
   */
  public static final class Builder {
    private @Nullable String engine;
    private Device device = Device.CPU;
    private @Nullable Integer threads;
    private @Nullable Integer maxLength;
    private int batchSize = 32;
    private @Nullable ClassLoader classLoader;
    private boolean trustForeignGraph;

    private Builder() {}

    /**
     * Names the engine, for instance {@code pytorch}.
     *
     * @param name the engine's name
     * @return this
     */
    public Builder engine(String name) {
      engine = Objects.requireNonNull(name, "name");
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
     * Sets the threads that share one operation of this model. By default the engine decides: as
     * many as there are processors, but one for models too small to gain from more.
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
     * Limits the length of a text below the model's own limit.
     *
     * @param tokens at least 1
     * @return this
     * @throws InvalidInputException if less than 1
     */
    public Builder maxLength(int tokens) {
      this.maxLength = Checks.atLeastOne("maximum length", tokens);
      return this;
    }

    /**
     * Sets how many texts run in one pass at most. Results do not depend on it.
     *
     * @param texts at least 1
     * @return this
     * @throws InvalidInputException if less than 1
     */
    public Builder batchSize(int texts) {
      this.batchSize = Checks.atLeastOne("batch size", texts);
      return this;
    }

    /**
     * Looks for engines in another class loader.
     *
     * @param classLoader the loader
     * @return this
     */
    public Builder classLoader(ClassLoader classLoader) {
      this.classLoader = Objects.requireNonNull(classLoader, "classLoader");
      return this;
    }

    /**
     * Consents to open a model whose file is a program; see {@link
     * LoadOptions#trustForeignGraph()}. Say true only of a file whose origin you trust.
     *
     * @param trust true to open TorchScript files and SavedModels
     * @return this
     */
    public Builder trustForeignGraph(boolean trust) {
      trustForeignGraph = trust;
      return this;
    }

    /**
     * Finishes.
     *
     * @return the options
     */
    public LoadOptions build() {
      return new LoadOptions(this);
    }
  }
}
