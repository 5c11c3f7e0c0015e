package io.github.attentive.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.EngineUnavailableException;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelInfo;
import io.github.attentive.ModelLoadException;
import io.github.attentive.Recipe;
import io.github.attentive.TextInput;
import io.github.attentive.spi.EngineInfo;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.EngineProvider;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.PositionsRead;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineSelectionTest {
  private static final String COORDINATE = "io.github.attentive:attentive-engine-djl-pytorch";
  private static final Path MODEL = Path.of("some-model");

  /** An engine that opens anything, unless it objects or fails. */
  private static class FakeEngine implements EngineProvider {
    private final String name;
    private final int priority;

    FakeEngine(String name, int priority) {
      this.name = name;
      this.priority = priority;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public int priority() {
      return priority;
    }

    @Override
    public EngineInfo info() {
      return new EngineInfo("1", List.of(), List.of());
    }

    @Override
    public Optional<String> objection(Path model) {
      return Optional.empty();
    }

    @Override
    public EngineModel open(Path model, LoadOptions options) {
      return new NamedModel(name);
    }
  }

  private record NamedModel(String engine) implements EngineModel {
    @Override
    public ModelInfo info() {
      return new ModelInfo(engine, "fake", 0, 0, 1, List.of("a"));
    }

    @Override
    public PositionsRead positionsRead() {
      return PositionsRead.ALL;
    }

    @Override
    public List<ModelOutput> run(List<TextInput> inputs, boolean attention) {
      return List.of();
    }

    @Override
    public void close() {}
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static EngineSelection of(Supplier<EngineProvider>... providers) {
    Iterator<Supplier<EngineProvider>> suppliers = List.of(providers).iterator();
    return new EngineSelection(
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return suppliers.hasNext();
          }

          @Override
          public EngineProvider next() {
            return suppliers.next().get();
          }
        });
  }

  private static Supplier<EngineProvider> engine(String name, int priority) {
    return () -> new FakeEngine(name, priority);
  }

  private static Supplier<EngineProvider> broken() {
    return () -> {
      throw new ServiceConfigurationError("provider x.Broken", new UnsatisfiedLinkError("no lib"));
    };
  }

  private static Supplier<EngineProvider> mismatched() {
    return () ->
        new FakeEngine("old", 1) {
          @Override
          public int spiVersion() {
            return SPI_VERSION + 1;
          }
        };
  }

  private static String opened(EngineSelection selection) {
    return selection.open(MODEL, LoadOptions.defaults()).info().engine();
  }

  private static LoadOptions named(String name) {
    return LoadOptions.builder().engine(name).build();
  }

  @Test
  void noEngineNamesTheJarToAdd() {
    assertThatThrownBy(() -> opened(of()))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("no engine is on the class path")
        .hasMessageContaining(COORDINATE);
  }

  @Test
  void unknownNameListsWhatThereIs() {
    assertThatThrownBy(() -> of(engine("one", 1), engine("two", 2)).open(MODEL, named("three")))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("'three' is unknown")
        .hasMessageContaining("'two', 'one'")
        .hasMessageContaining(COORDINATE);
  }

  @Test
  void unknownNameInTheSystemPropertySaysSo() {
    String before = System.getProperty(EngineSelection.ENGINE_PROPERTY);
    System.setProperty(EngineSelection.ENGINE_PROPERTY, "three");
    try {
      assertThatThrownBy(() -> opened(of(engine("one", 1))))
          .isInstanceOf(EngineUnavailableException.class)
          .hasMessageContaining("system property attentive.engine");
      System.setProperty(EngineSelection.ENGINE_PROPERTY, "one");
      assertThat(opened(of(engine("one", 1), engine("two", 2)))).isEqualTo("one");
    } finally {
      if (before == null) {
        System.clearProperty(EngineSelection.ENGINE_PROPERTY);
      } else {
        System.setProperty(EngineSelection.ENGINE_PROPERTY, before);
      }
    }
  }

  @Test
  void brokenProviderIsNamedWithItsCause() {
    assertThatThrownBy(() -> opened(of(broken())))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("cannot start")
        .hasMessageContaining("x.Broken")
        .hasMessageContaining("no lib")
        .hasMessageContaining(COORDINATE);
  }

  @Test
  void versionMismatchNamesBothVersions() {
    assertThatThrownBy(() -> opened(of(mismatched())))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("'old'")
        .hasMessageContaining("contract " + (EngineProvider.SPI_VERSION + 1))
        .hasMessageContaining("is " + EngineProvider.SPI_VERSION)
        .hasMessageContaining(COORDINATE);
  }

  @Test
  void ofTwoEnginesTheHigherPriorityOpens() {
    assertThat(opened(of(engine("one", 1), engine("two", 2)))).isEqualTo("two");
    assertThat(opened(of(engine("b", 1), engine("a", 1)))).isEqualTo("a");
    assertThat(of(engine("one", 1), engine("two", 2)).open(MODEL, named("one")).info().engine())
        .isEqualTo("one");
  }

  @Test
  void brokenProviderDoesNotHideAGoodOne() {
    assertThat(opened(of(broken(), engine("one", 1), mismatched()))).isEqualTo("one");
    assertThatThrownBy(() -> of(broken(), engine("one", 1)).open(MODEL, named("two")))
        .hasMessageContaining("x.Broken");
  }

  @Test
  void engineThatObjectsIsPassedOver() {
    Supplier<EngineProvider> objecting =
        () ->
            new FakeEngine("picky", 9) {
              @Override
              public Optional<String> objection(Path model) {
                return Optional.of("config.json is missing");
              }
            };
    assertThat(opened(of(objecting, engine("one", 1)))).isEqualTo("one");
    assertThatThrownBy(() -> opened(of(objecting)))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("picky: config.json is missing");
  }

  @Test
  void whatAProviderThrowsNamesIt() {
    for (Throwable thrown :
        Stream.of(new IllegalStateException("why"), new UnsatisfiedLinkError("why")).toList()) {
      Supplier<EngineProvider> failing =
          () ->
              new FakeEngine("frail", 1) {
                @Override
                public EngineModel open(Path model, LoadOptions options) {
                  if (thrown instanceof RuntimeException e) {
                    throw e;
                  }
                  throw (Error) thrown;
                }
              };
      assertThatThrownBy(() -> opened(of(failing)))
          .isInstanceOf(EngineUnavailableException.class)
          .hasMessageContaining("'frail'")
          .hasMessageContaining("why")
          .hasCause(thrown);
    }
  }

  @Test
  void trainingNeedsAnEngineThatTrains() {
    assertThatThrownBy(
            () -> of(engine("one", 1)).trainerOf(Recipe.KERAS_ATTENTION, Optional.empty()))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("keras-attention")
        .hasMessageContaining("'one'")
        .hasMessageContaining(COORDINATE);
  }

  @Test
  void providersOfAnotherClassLoaderAreFound(@TempDir Path folder) throws IOException {
    Path services = folder.resolve("META-INF/services");
    Files.createDirectories(services);
    Files.writeString(services.resolve(EngineProvider.class.getName()), "no.such.Provider\n");
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, EngineProvider.class.getClassLoader())) {
      assertThatThrownBy(
              () -> EngineSelection.onClassPath(loader).open(MODEL, LoadOptions.defaults()))
          .isInstanceOf(EngineUnavailableException.class)
          .hasMessageContaining("no.such.Provider");
    }
  }
}
