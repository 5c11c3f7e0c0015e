package io.github.attentive.internal;

import io.github.attentive.AttentiveException;
import io.github.attentive.EngineUnavailableException;
import io.github.attentive.ExportFormat;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelLoadException;
import io.github.attentive.Recipe;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.EngineProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engines on the class path, and the choice among them.
 *
 * <p>One provider that cannot start does not hide the others; it is named in the message when
 * nothing else fits. Nothing is kept between calls: class paths of application servers change.
 */
public final class EngineSelection {
  /** The system property that names the engine where {@link LoadOptions} do not. */
  public static final String ENGINE_PROPERTY = "attentive.engine";

  private static final Logger LOG = LoggerFactory.getLogger(EngineSelection.class);
  private static final String COORDINATES =
      "add io.github.attentive:attentive-engine-djl-pytorch or"
          + " io.github.attentive:attentive-engine-djl-tensorflow to the class path, in the version"
          + " of attentive-api";

  /** An iterator that failed so often makes no progress, as over a class path it cannot read. */
  private static final int MOST_FAILURES = 100;

  private final List<EngineProvider> usable = new ArrayList<>();
  private final List<String> mismatched = new ArrayList<>();
  private final List<Throwable> broken = new ArrayList<>();

  /** Takes what an iterator gives; its failures, and those of the providers, are remembered. */
  EngineSelection(Iterator<EngineProvider> providers) {
    while (broken.size() < MOST_FAILURES) {
      try {
        if (!providers.hasNext()) {
          break;
        }
        add(providers.next());
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        LOG.debug("an engine provider cannot start", e);
        broken.add(e);
      }
    }
    usable.sort(
        Comparator.comparingInt(EngineProvider::priority)
            .reversed()
            .thenComparing(EngineProvider::name));
  }

  /**
   * Looks for engines.
   *
   * @param classLoader where to look, or null for the loader of this API
   * @return what was found
   */
  public static EngineSelection onClassPath(@Nullable ClassLoader classLoader) {
    ClassLoader loader = classLoader == null ? EngineProvider.class.getClassLoader() : classLoader;
    return new EngineSelection(ServiceLoader.load(EngineProvider.class, loader).iterator());
  }

  private void add(EngineProvider provider) {
    if (provider.spiVersion() == EngineProvider.SPI_VERSION) {
      // Asked here, not first when sorting, so that one that fails does not hide the others.
      Objects.requireNonNull(provider.name(), () -> provider.getClass().getName() + " has no name");
      provider.priority();
      usable.add(provider);
    } else {
      mismatched.add(
          "'%s' (%s) was built for contract %s"
              .formatted(provider.name(), provider.getClass().getName(), provider.spiVersion()));
    }
  }

  /**
   * The engines that can start.
   *
   * @return an unmodifiable list, the preferred one first
   */
  public List<EngineProvider> engines() {
    return List.copyOf(usable);
  }

  /**
   * Opens a model.
   *
   * @param model an existing path
   * @param options which engine, how
   * @return the model
   * @throws EngineUnavailableException if the engine asked for, or any, is not to be had
   * @throws ModelLoadException if the model cannot be opened
   */
  public EngineModel open(Path model, LoadOptions options) {
    return open(engineFor(model, options), model, options);
  }

  /** Opens a model with an engine. */
  static EngineModel open(EngineProvider engine, Path model, LoadOptions options) {
    LOG.debug("engine '{}' opens {}", engine.name(), model);
    return guarded(engine, provider -> provider.open(model, options));
  }

  /**
   * The engine that is to open a model.
   *
   * @throws EngineUnavailableException if the engine asked for, or any, is not to be had
   * @throws ModelLoadException if no engine can open the model
   */
  EngineProvider engineFor(Path model, LoadOptions options) {
    Optional<EngineProvider> named = named(options.engine());
    return named.isPresent() ? named.get() : firstThatOpens(model);
  }

  /**
   * The engine that trains a recipe.
   *
   * @param recipe what to train
   * @param name the engine asked for, if any
   * @return the engine
   * @throws EngineUnavailableException if the engine asked for, or any, does not train it
   */
  public EngineProvider trainerOf(Recipe recipe, Optional<String> name) {
    Optional<EngineProvider> named = named(name);
    List<EngineProvider> candidates = named.map(List::of).orElse(usable);
    requireAny();
    return candidates.stream()
        .filter(engine -> guarded(engine, EngineProvider::recipes).contains(recipe))
        .findFirst()
        .orElseThrow(
            () ->
                new EngineUnavailableException(
                    "recipe '%s': no engine trains it; found %s. To train it, add"
                            .formatted(recipe.id(), names(candidates))
                        + " io.github.attentive:attentive-engine-djl-pytorch to the class path"
                        + otherFindings()));
  }

  /**
   * The engine that writes a format.
   *
   * @param format what to write
   * @param name the engine asked for, if any
   * @return the engine
   * @throws EngineUnavailableException if the engine asked for, or any, does not write it
   */
  public EngineProvider exporterOf(ExportFormat format, Optional<String> name) {
    Optional<EngineProvider> named = named(name);
    List<EngineProvider> candidates = named.map(List::of).orElse(usable);
    requireAny();
    return candidates.stream()
        .filter(engine -> guarded(engine, EngineProvider::exportFormats).contains(format))
        .findFirst()
        .orElseThrow(() -> new EngineUnavailableException(noExporter(format, named)));
  }

  /** Says who could, where the one asked for does not. */
  private String noExporter(ExportFormat format, Optional<EngineProvider> named) {
    List<EngineProvider> others =
        named.isEmpty()
            ? List.of()
            : usable.stream()
                .filter(engine -> guarded(engine, EngineProvider::exportFormats).contains(format))
                .toList();
    return others.isEmpty()
        ? "export format '%s': no engine writes it; found %s. To have another, %s%s"
            .formatted(
                format.id(),
                names(named.map(List::of).orElse(usable)),
                COORDINATES,
                otherFindings())
        : "export format '%s': engine '%s' does not write it, but %s; name that one, or none"
            .formatted(format.id(), named.orElseThrow().name(), names(others));
  }

  private Optional<EngineProvider> named(Optional<String> asked) {
    String name = asked.orElseGet(() -> System.getProperty(ENGINE_PROPERTY));
    if (name == null) {
      return Optional.empty();
    }
    requireAny();
    String origin = asked.isPresent() ? "" : " (system property " + ENGINE_PROPERTY + ")";
    return Optional.of(
        usable.stream()
            .filter(engine -> engine.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new EngineUnavailableException(
                        "engine '%s'%s is unknown; found %s. To have another, %s%s"
                            .formatted(
                                name, origin, names(usable), COORDINATES, otherFindings()))));
  }

  private EngineProvider firstThatOpens(Path model) {
    requireAny();
    List<String> objections = new ArrayList<>();
    for (EngineProvider engine : usable) {
      Optional<String> objection = objection(engine, model);
      if (objection.isEmpty()) {
        return engine;
      }
      objections.add(engine.name() + ": " + objection.get());
    }
    throw new ModelLoadException(
        "model "
            + model
            + ": no engine can open it. "
            + String.join("; ", objections)
            + otherFindings());
  }

  /** An engine that fails to look does not hide the others: its failure is its objection. */
  private static Optional<String> objection(EngineProvider engine, Path model) {
    try {
      return guarded(engine, provider -> provider.objection(model));
    } catch (AttentiveException e) {
      LOG.debug("engine '{}' cannot look at {}", engine.name(), model, e);
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Calls a provider; what it throws that is not ours becomes a message that names it. */
  private static <T> T guarded(EngineProvider engine, Function<EngineProvider, T> call) {
    try {
      return call.apply(engine);
    } catch (AttentiveException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      throw new EngineUnavailableException(
          "engine '%s' (%s) failed: %s".formatted(engine.name(), engine.getClass().getName(), e),
          e);
    }
  }

  private void requireAny() {
    if (!usable.isEmpty()) {
      return;
    }
    if (!mismatched.isEmpty()) {
      throw new EngineUnavailableException(
          "no engine fits this attentive-api, whose contract is %s: %s; use the same version of"
                  .formatted(EngineProvider.SPI_VERSION, String.join(", ", mismatched))
              + " attentive-api and of io.github.attentive:attentive-engine-djl-pytorch or"
              + " -tensorflow");
    }
    if (!broken.isEmpty()) {
      throw new EngineUnavailableException(
          "the engine on the class path cannot start: "
              + describe(broken.get(0))
              + "; check that its jar (io.github.attentive:attentive-engine-djl-pytorch or"
              + " -tensorflow) is complete and its dependencies are there",
          broken.get(0));
    }
    throw new EngineUnavailableException("no engine is on the class path; " + COORDINATES);
  }

  /** What else was on the class path, for messages about engines that were not found. */
  private String otherFindings() {
    StringBuilder text = new StringBuilder();
    for (String provider : mismatched) {
      text.append("; ").append(provider).append(", not ").append(EngineProvider.SPI_VERSION);
    }
    broken.stream()
        .map(EngineSelection::describe)
        .distinct()
        .forEach(failure -> text.append("; a provider cannot start: ").append(failure));
    return text.toString();
  }

  /** ServiceLoader wraps what a provider threw; the reader needs the cause, or else the kind. */
  static String describe(Throwable failure) {
    String what =
        failure instanceof ServiceConfigurationError ? failure.getMessage() : failure.toString();
    return failure.getCause() == null ? what : what + " (" + failure.getCause() + ")";
  }

  private static String names(List<EngineProvider> engines) {
    return engines.stream()
        .map(engine -> "'" + engine.name() + "'")
        .collect(Collectors.joining(", "));
  }
}
