package io.github.attentive.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.attentive.AttentiveException;
import io.github.attentive.EngineUnavailableException;
import io.github.attentive.ExportFormat;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelLoadException;
import io.github.attentive.Recipe;
import io.github.attentive.spi.EngineProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EngineSelectionTest {
  private static final String COORDINATE = "io.github.attentive:attentive-engine-djl-pytorch";
  private static final Path MODEL = Path.of("models", "reviews");

  private String property;

  @BeforeEach
  void rememberTheProperty() {
    property = System.clearProperty(EngineSelection.ENGINE_PROPERTY);
  }

  @AfterEach
  void restoreTheProperty() {
    if (property == null) {
      System.clearProperty(EngineSelection.ENGINE_PROPERTY);
    } else {
      System.setProperty(EngineSelection.ENGINE_PROPERTY, property);
    }
  }

  /** An iterator over providers and over failures that it throws in their place. */
  private static Iterator<EngineProvider> iterator(Object... providersAndFailures) {
    Iterator<Object> all = List.of(providersAndFailures).iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public EngineProvider next() {
        Object next = all.next();
        if (next instanceof RuntimeException e) {
          throw e;
        }
        if (next instanceof Error e) {
          throw e;
        }
        return (EngineProvider) next;
      }
    };
  }

  private static EngineSelection selection(Object... providersAndFailures) {
    return new EngineSelection(iterator(providersAndFailures));
  }

  private static LoadOptions engine(String name) {
    return LoadOptions.builder().engine(name).build();
  }

  private static String refusal(EngineSelection selection, LoadOptions options) {
    return catchThrowableOfType(
            EngineUnavailableException.class, () -> selection.open(MODEL, options))
        .getMessage();
  }

  private static ServiceConfigurationError unfound(String name) {
    return new ServiceConfigurationError(
        EngineProvider.class.getName() + ": Provider " + name + " not found");
  }

  @Test
  void noEngine() {
    String message = refusal(selection(), LoadOptions.defaults());
    assertThat(message)
        .startsWith("no engine is on the class path")
        .contains(COORDINATE)
        .contains("io.github.attentive:attentive-engine-djl-tensorflow")
        .contains("in the version of attentive-api");
    assertThat(refusal(selection(), engine("pytorch"))).isEqualTo(message);
    assertThat(selection().engines()).isEmpty();
  }

  @Test
  void unknownNameInTheOptions() {
    EngineSelection both = selection(new StubProvider("beta", 1), new StubProvider("alpha", 2));
    assertThat(refusal(both, engine("gamma")))
        .startsWith("engine 'gamma' is unknown; found 'alpha', 'beta'.")
        .doesNotContain("system property")
        .contains(COORDINATE);
    assertThat(refusal(both, engine("ALPHA"))).startsWith("engine 'ALPHA' is unknown");
    assertThat(refusal(both, engine(""))).startsWith("engine '' is unknown");
  }

  @Test
  void unknownNameInTheSystemProperty() {
    System.setProperty("attentive.engine", "gamma");
    assertThat(refusal(selection(new StubProvider("alpha", 2)), LoadOptions.defaults()))
        .startsWith("engine 'gamma' (system property attentive.engine) is unknown; found 'alpha'.")
        .contains(COORDINATE);
  }

  @Test
  void unknownNameTellsOfWhatElseWasThere() {
    EngineSelection mixed =
        selection(
            new StubProvider("alpha", 2),
            new StubProvider("old", 1).builtFor(0),
            unfound("x.Missing"));
    assertThat(refusal(mixed, engine("old")))
        .startsWith("engine 'old' is unknown; found 'alpha'.")
        .contains("'old' (" + StubProvider.class.getName() + ") was built for contract 0, not 1")
        .contains("a provider cannot start: ")
        .contains("Provider x.Missing not found");
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new ServiceConfigurationError("provider x.Engine", new IllegalStateException("no disk")),
        new IllegalArgumentException("x.Engine: no disk"),
        new NoClassDefFoundError("x/Engine: no disk"),
        new UnsatisfiedLinkError("x.Engine: no disk"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aProviderThatCannotBeCreatedIsNamed(Throwable failure) {
    EngineSelection broken = selection(failure);
    EngineUnavailableException e =
        catchThrowableOfType(
            EngineUnavailableException.class, () -> broken.open(MODEL, LoadOptions.defaults()));
    assertThat(e)
        .hasMessageStartingWith("the engine on the class path cannot start: ")
        .hasMessageContaining("Engine")
        .hasMessageContaining("no disk")
        .hasMessageContaining(COORDINATE)
        .hasCause(failure);
    assertThat(refusal(broken, engine("pytorch"))).isEqualTo(e.getMessage());
  }

  @Test
  void aFailureWithoutAMessageIsNamedByItsKind() {
    assertThat(refusal(selection(new NullPointerException()), LoadOptions.defaults()))
        .contains("java.lang.NullPointerException");
    assertThat(refusal(selection(new NoClassDefFoundError("ai/djl/Model")), LoadOptions.defaults()))
        .contains("NoClassDefFoundError")
        .contains("ai/djl/Model");
  }

  @Test
  void versionMismatch() {
    EngineSelection mismatched =
        selection(
            new StubProvider("pytorch", 1).builtFor(7), new StubProvider("other", 1).builtFor(0));
    String message = refusal(mismatched, LoadOptions.defaults());
    assertThat(message)
        .startsWith("no engine fits this attentive-api, whose contract is 1: ")
        .contains("'pytorch' (" + StubProvider.class.getName() + ") was built for contract 7")
        .contains("'other' (" + StubProvider.class.getName() + ") was built for contract 0")
        .contains(COORDINATE);
    assertThat(refusal(mismatched, engine("pytorch"))).isEqualTo(message);
    assertThat(mismatched.engines()).isEmpty();
  }

  @Test
  void theFourMessagesDiffer() {
    List<String> messages =
        List.of(
            refusal(selection(), LoadOptions.defaults()),
            refusal(selection(new StubProvider("alpha", 1)), engine("beta")),
            refusal(selection(unfound("x.Missing")), LoadOptions.defaults()),
            refusal(selection(new StubProvider("alpha", 1).builtFor(2)), LoadOptions.defaults()));
    assertThat(messages).doesNotHaveDuplicates().allMatch(message -> message.contains(COORDINATE));
    List<String> beginnings = new ArrayList<>();
    messages.forEach(message -> beginnings.add(message.substring(0, 15)));
    assertThat(beginnings).doesNotHaveDuplicates();
  }

  @Test
  void highestPriorityIsChosen() {
    StubModel chosen = StubModel.ordinary();
    EngineSelection engines =
        selection(
            new StubProvider("a", -5),
            new StubProvider("m", Integer.MAX_VALUE).opening(() -> chosen),
            new StubProvider("b", Integer.MIN_VALUE));
    assertThat(engines.open(MODEL, LoadOptions.defaults())).isSameAs(chosen);
    assertThat(engines.engines()).extracting(EngineProvider::name).containsExactly("m", "a", "b");
  }

  @Test
  void ofEqualPrioritiesTheFirstNameIsChosen() {
    EngineSelection engines =
        selection(
            new StubProvider("tensorflow", 3),
            new StubProvider("pytorch", 3),
            new StubProvider("aaa", 2));
    assertThat(engines.engines())
        .extracting(EngineProvider::name)
        .containsExactly("pytorch", "tensorflow", "aaa");
  }

  @Test
  void theNamedEngineIsChosenOverPriorityAndItsObjectionIsNotAsked() {
    StubModel named = StubModel.ordinary();
    EngineSelection engines =
        selection(
            new StubProvider("high", 9),
            new StubProvider("low", 1).opening(() -> named).objecting("not for me"));
    assertThat(engines.open(MODEL, engine("low"))).isSameAs(named);
    System.setProperty("attentive.engine", "low");
    assertThat(engines.open(MODEL, LoadOptions.defaults())).isSameAs(named);
  }

  @Test
  void optionsGoBeforeTheSystemProperty() {
    StubModel named = StubModel.ordinary();
    EngineSelection engines =
        selection(new StubProvider("high", 9), new StubProvider("low", 1).opening(() -> named));
    System.setProperty("attentive.engine", "nonsense");
    assertThat(engines.open(MODEL, engine("low"))).isSameAs(named);
  }

  @Test
  void oneBrokenProviderDoesNotHideTheOthers() {
    EngineSelection engines =
        selection(
            unfound("x.Missing"),
            new StubProvider("good", 1),
            new NoClassDefFoundError("x/Y"),
            new StubProvider("strange", 1).builtFor(2),
            new IllegalStateException("boom"),
            new StubProvider("fine", 1));
    assertThat(engines.engines()).extracting(EngineProvider::name).containsExactly("fine", "good");
    assertThat(engines.open(MODEL, LoadOptions.defaults())).isNotNull();
  }

  @Test
  void aProviderThatFailsWhenAskedForItsRankDoesNotHideTheOthers() {
    StubProvider noName =
        new StubProvider("x", 1) {
          @Override
          public String name() {
            throw new IllegalStateException("no name");
          }
        };
    StubProvider noPriority =
        new StubProvider("x", 1) {
          @Override
          public int priority() {
            throw new AbstractMethodError("priority");
          }
        };
    StubProvider noVersion =
        new StubProvider("x", 1) {
          @Override
          public int spiVersion() {
            throw new AbstractMethodError("spiVersion");
          }
        };
    EngineSelection engines =
        selection(
            noName,
            new StubProvider("good", 1),
            noPriority,
            noVersion,
            new StubProvider(null, 1),
            new StubProvider("fine", 2));
    assertThat(engines.engines()).extracting(EngineProvider::name).containsExactly("fine", "good");
    assertThat(refusal(engines, engine("x"))).contains("no name", "priority", "spiVersion");
  }

  @Test
  void anIteratorThatFailsForEverIsGivenUp() {
    Iterator<EngineProvider> endless =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            throw new ServiceConfigurationError("Error locating configuration files");
          }

          @Override
          public EngineProvider next() {
            throw new AssertionError("hasNext failed");
          }
        };
    EngineSelection engines =
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> new EngineSelection(endless));
    assertThat(refusal(engines, LoadOptions.defaults()))
        .contains("Error locating configuration files");
  }

  @Test
  void anEngineThatObjectsIsPassedOver() {
    StubModel opened = StubModel.ordinary();
    EngineSelection engines =
        selection(
            new StubProvider("picky", 9).objecting("no model.pt in it"),
            new StubProvider("easy", 1).opening(() -> opened));
    assertThat(engines.open(MODEL, LoadOptions.defaults())).isSameAs(opened);
  }

  @Test
  void everyObjectionIsListed() {
    EngineSelection engines =
        selection(
            new StubProvider("one", 2).objecting("no model.pt in it"),
            new StubProvider("two", 1).objecting("no saved_model.pb in it"),
            unfound("x.Missing"));
    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> engines.open(MODEL, LoadOptions.defaults()))
        .withMessageStartingWith("model " + MODEL + ": no engine can open it. ")
        .withMessageContaining("one: no model.pt in it; two: no saved_model.pb in it")
        .withMessageContaining("Provider x.Missing not found");
  }

  @Test
  void anEngineThatFailsWhileItLooksDoesNotHideTheOthers() {
    StubModel opened = StubModel.ordinary();
    StubProvider broken = new StubProvider("broken", 9);
    broken.objection =
        () -> {
          throw new NoClassDefFoundError("ai/djl/Model");
        };
    StubProvider refusing = new StubProvider("refusing", 8);
    refusing.objection =
        () -> {
          throw new EngineUnavailableException("no natives");
        };
    EngineSelection engines =
        selection(broken, refusing, new StubProvider("good", 1).opening(() -> opened));
    assertThat(engines.open(MODEL, LoadOptions.defaults())).isSameAs(opened);

    assertThatExceptionOfType(AttentiveException.class)
        .isThrownBy(() -> selection(broken, refusing).open(MODEL, LoadOptions.defaults()))
        .withMessageContaining("engine 'broken' (" + StubProvider.class.getName() + ") failed")
        .withMessageContaining("ai/djl/Model")
        .withMessageContaining("refusing: no natives");
  }

  static Stream<Throwable> failuresOfOpen() {
    return Stream.of(
        new IllegalStateException("out of luck"), new UnsatisfiedLinkError("out of luck"));
  }

  @ParameterizedTest
  @MethodSource("failuresOfOpen")
  void whatAnEngineThrowsIsWrappedAndNamed(Throwable failure) {
    EngineSelection engines = selection(failing(failure));
    for (LoadOptions options : List.of(LoadOptions.defaults(), engine("clumsy"))) {
      assertThatExceptionOfType(EngineUnavailableException.class)
          .isThrownBy(() -> engines.open(MODEL, options))
          .withMessage(
              "engine 'clumsy' (%s) failed: %s", StubProvider.class.getName(), failure.toString())
          .withCause(failure);
    }
  }

  private static StubProvider failing(Throwable failure) {
    return new StubProvider("clumsy", 1)
        .opening(
            () -> {
              if (failure instanceof RuntimeException e) {
                throw e;
              }
              throw (Error) failure;
            });
  }

  @Test
  void ourOwnExceptionsPassThrough() {
    for (AttentiveException e :
        List.of(new ModelLoadException("torn"), new InvalidInputException("odd"))) {
      assertThatExceptionOfType(AttentiveException.class)
          .isThrownBy(() -> selection(failing(e)).open(MODEL, LoadOptions.defaults()))
          .isSameAs(e);
    }
  }

  @Test
  void errorsOfTheMachinePassThrough() {
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(
            () ->
                selection(failing(new OutOfMemoryError("heap")))
                    .open(MODEL, LoadOptions.defaults()));
  }

  @Test
  void trainerIsTheBestEngineThatTrainsTheRecipe() {
    StubProvider low = new StubProvider("low", 1).training(Recipe.values());
    EngineSelection engines =
        selection(
            low,
            new StubProvider("best", 9),
            new StubProvider("middle", 5).training(Recipe.KERAS_POOLING));
    assertThat(engines.trainerOf(Recipe.KERAS_ATTENTION, Optional.empty())).isSameAs(low);
    assertThat(engines.trainerOf(Recipe.KERAS_POOLING, Optional.empty()).name())
        .isEqualTo("middle");
    assertThat(engines.trainerOf(Recipe.KERAS_POOLING, Optional.of("low"))).isSameAs(low);
    System.setProperty("attentive.engine", "low");
    assertThat(engines.trainerOf(Recipe.KERAS_POOLING, Optional.empty())).isSameAs(low);
  }

  @Test
  void nobodyTrainsTheRecipe() {
    EngineSelection engines =
        selection(
            new StubProvider("alpha", 1),
            new StubProvider("beta", 1).training(Recipe.KERAS_POOLING),
            unfound("x.Missing"));
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> engines.trainerOf(Recipe.KERAS_ATTENTION, Optional.empty()))
        .withMessageStartingWith(
            "recipe 'keras-attention': no engine trains it; found 'alpha', 'beta'.")
        .withMessageContaining(COORDINATE)
        .withMessageContaining("x.Missing");
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> engines.trainerOf(Recipe.KERAS_POOLING, Optional.of("alpha")))
        .withMessageStartingWith("recipe 'keras-pooling': no engine trains it; found 'alpha'.");
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> engines.trainerOf(Recipe.KERAS_POOLING, Optional.of("gamma")))
        .withMessageStartingWith("engine 'gamma' is unknown; found 'alpha', 'beta'.");
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> selection().trainerOf(Recipe.KERAS_POOLING, Optional.empty()))
        .withMessageStartingWith("no engine is on the class path");
  }

  @Test
  void anEngineThatFailsToSayWhatItTrainsIsNamed() {
    StubProvider broken = new StubProvider("broken", 9);
    broken.recipes =
        () -> {
          throw new NoClassDefFoundError("x/Recipes");
        };
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> selection(broken).trainerOf(Recipe.KERAS_POOLING, Optional.empty()))
        .withMessageContaining("engine 'broken' (" + StubProvider.class.getName() + ") failed");
  }

  @Test
  void exporterIsTheBestEngineThatWritesTheFormat() {
    StubProvider low = new StubProvider("low", 1).exporting(ExportFormat.values());
    EngineSelection engines =
        selection(
            low,
            new StubProvider("best", 9),
            new StubProvider("middle", 5).exporting(ExportFormat.TORCHSCRIPT));
    assertThat(engines.exporterOf(ExportFormat.SAVED_MODEL, Optional.empty())).isSameAs(low);
    assertThat(engines.exporterOf(ExportFormat.TORCHSCRIPT, Optional.empty()).name())
        .isEqualTo("middle");
    assertThat(engines.exporterOf(ExportFormat.TORCHSCRIPT, Optional.of("low"))).isSameAs(low);
    System.setProperty("attentive.engine", "low");
    assertThat(engines.exporterOf(ExportFormat.TORCHSCRIPT, Optional.empty())).isSameAs(low);
  }

  @Test
  void nobodyWritesTheFormat() {
    EngineSelection engines =
        selection(
            new StubProvider("alpha", 1),
            new StubProvider("beta", 1).exporting(ExportFormat.TORCHSCRIPT),
            unfound("x.Missing"));
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> engines.exporterOf(ExportFormat.SAVED_MODEL, Optional.empty()))
        .withMessageStartingWith(
            "export format 'savedmodel': no engine writes it; found 'alpha', 'beta'.")
        .withMessageContaining(COORDINATE)
        .withMessageContaining("x.Missing");
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> engines.exporterOf(ExportFormat.TORCHSCRIPT, Optional.of("alpha")))
        .withMessageStartingWith(
            "export format 'torchscript': engine 'alpha' does not write it, but 'beta'; name that one,"
                + " or none");
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> engines.exporterOf(ExportFormat.SAVED_MODEL, Optional.of("alpha")))
        .withMessageStartingWith("export format 'savedmodel': no engine writes it; found 'alpha'.");
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> engines.exporterOf(ExportFormat.TORCHSCRIPT, Optional.of("gamma")))
        .withMessageStartingWith("engine 'gamma' is unknown; found 'alpha', 'beta'.");
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> selection().exporterOf(ExportFormat.TORCHSCRIPT, Optional.empty()))
        .withMessageStartingWith("no engine is on the class path");
  }

  @Test
  void anEngineThatFailsToSayWhatItWritesIsNamed() {
    StubProvider broken = new StubProvider("broken", 9);
    broken.exportFormats =
        () -> {
          throw new NoClassDefFoundError("x/Formats");
        };
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> selection(broken).exporterOf(ExportFormat.TORCHSCRIPT, Optional.empty()))
        .withMessageContaining("engine 'broken' (" + StubProvider.class.getName() + ") failed");
  }
}
