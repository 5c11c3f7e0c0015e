package io.github.attentive.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Classifier;
import io.github.attentive.EngineUnavailableException;
import io.github.attentive.LoadOptions;
import io.github.attentive.Recipe;
import io.github.attentive.spi.EngineProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines found through {@link java.util.ServiceLoader} and real class loaders. */
class EngineClassPathTest {
  private static final String COORDINATE = "io.github.attentive:attentive-engine-djl-pytorch";

  @TempDir Path folder;
  @TempDir Path model;

  private static LoadOptions from(ClassLoader loader) {
    return LoadOptions.builder().classLoader(loader).build();
  }

  @Test
  void theClassPathOfTheseTestsHasNoEngine() {
    assertThat(EngineProvider.onClassPath()).isEmpty();
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> Classifier.load(model))
        .withMessageStartingWith("no engine is on the class path; add " + COORDINATE);
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> AttentionExplainer.load(model))
        .withMessageStartingWith("no engine is on the class path");
  }

  @Test
  void aLoaderWithoutEnginesFindsNone() throws IOException {
    try (URLClassLoader empty =
        new URLClassLoader(ClassPathProviders.urls(folder), getClass().getClassLoader())) {
      assertThatExceptionOfType(EngineUnavailableException.class)
          .isThrownBy(() -> Classifier.load(model, from(empty)))
          .withMessageStartingWith("no engine is on the class path");
    }
  }

  @Test
  void theLoaderOfTheOptionsIsSearched() throws IOException {
    try (URLClassLoader loader =
            ClassPathProviders.loader(folder, ClassPathProviders.Good.class.getName());
        AttentionExplainer explainer = AttentionExplainer.load(model, from(loader));
        Classifier classifier = Classifier.load(model, from(loader))) {
      assertThat(explainer.info().engine()).isEqualTo("stub");
      assertThat(explainer.explain("a text").words()).hasSize(2);
      assertThat(classifier.classify("a text"))
          .isEqualTo(explainer.explain("a text").classification());
      assertThat(EngineProvider.onClassPath()).as("the loader of the API").isEmpty();
    }
  }

  @Test
  void aClassThatIsNotThere() throws IOException {
    try (URLClassLoader loader = ClassPathProviders.loader(folder, "com.example.Gone")) {
      assertThatExceptionOfType(EngineUnavailableException.class)
          .isThrownBy(() -> Classifier.load(model, from(loader)))
          .withMessageStartingWith("the engine on the class path cannot start: ")
          .withMessageContaining("com.example.Gone")
          .withMessageContaining(COORDINATE);
    }
  }

  @Test
  void aClassThatIsNoProvider() throws IOException {
    try (URLClassLoader loader =
        ClassPathProviders.loader(folder, ClassPathProviders.Stranger.class.getName())) {
      assertThatExceptionOfType(EngineUnavailableException.class)
          .isThrownBy(() -> Classifier.load(model, from(loader)))
          .withMessageContaining("Stranger")
          .withMessageContaining(COORDINATE);
    }
  }

  @Test
  void aProviderThatThrowsWhenItIsCreated() throws IOException {
    try (URLClassLoader loader =
        ClassPathProviders.loader(folder, ClassPathProviders.Explosive.class.getName())) {
      assertThatExceptionOfType(EngineUnavailableException.class)
          .isThrownBy(() -> Classifier.load(model, from(loader)))
          .withMessageContaining("Explosive")
          .withMessageContaining("no natives for this machine")
          .withMessageContaining(COORDINATE);
    }
  }

  @Test
  void aClassFileOfAnotherClass() throws IOException {
    Path file = folder.resolve("com/example/Misplaced.class");
    Files.createDirectories(file.getParent());
    try (InputStream other =
        ClassPathProviders.class.getResourceAsStream("ClassPathProviders$Stranger.class")) {
      Files.copy(other, file);
    }
    try (URLClassLoader loader = ClassPathProviders.loader(folder, "com.example.Misplaced")) {
      assertThatExceptionOfType(EngineUnavailableException.class)
          .isThrownBy(() -> Classifier.load(model, from(loader)))
          .withMessageContaining("com/example/Misplaced")
          .withMessageContaining(COORDINATE);
    }
  }

  @Test
  void aVersionMismatch() throws IOException {
    try (URLClassLoader loader =
        ClassPathProviders.loader(folder, ClassPathProviders.FromTheFuture.class.getName())) {
      assertThatExceptionOfType(EngineUnavailableException.class)
          .isThrownBy(() -> Classifier.load(model, from(loader)))
          .withMessageStartingWith("no engine fits this attentive-api")
          .withMessageContaining(
              "'future' (%s) was built for contract 99",
              ClassPathProviders.FromTheFuture.class.getName())
          .withMessageContaining(COORDINATE);
    }
  }

  @Test
  void brokenOnesDoNotHideTheGoodOne() throws IOException {
    try (URLClassLoader loader =
        ClassPathProviders.loader(
            folder,
            "com.example.Gone",
            ClassPathProviders.Explosive.class.getName(),
            ClassPathProviders.FromTheFuture.class.getName(),
            "# a comment",
            ClassPathProviders.Good.class.getName(),
            ClassPathProviders.Stranger.class.getName())) {
      EngineSelection found = EngineSelection.onClassPath(loader);
      assertThat(found.engines()).extracting(EngineProvider::name).containsExactly("good");
      assertThat(found.trainerOf(Recipe.KERAS_ATTENTION, Optional.empty()).name())
          .isEqualTo("good");
      assertThatExceptionOfType(EngineUnavailableException.class)
          .isThrownBy(() -> found.trainerOf(Recipe.KERAS_POOLING, Optional.empty()))
          .withMessageContaining("com.example.Gone")
          .withMessageContaining("Explosive")
          .withMessageContaining("Stranger")
          .withMessageContaining("'future'");
      try (Classifier classifier = Classifier.load(model, from(loader))) {
        assertThat(classifier.info().engine()).isEqualTo("stub");
      }
    }
  }

  @Test
  void aServicesFileThatIsGibberish() throws IOException {
    Files.createDirectories(folder.resolve(ClassPathProviders.SERVICES).getParent());
    Files.writeString(
        folder.resolve(ClassPathProviders.SERVICES), "not a name!\n", StandardCharsets.UTF_8);
    try (URLClassLoader loader =
        new URLClassLoader(ClassPathProviders.urls(folder), getClass().getClassLoader())) {
      assertThatExceptionOfType(EngineUnavailableException.class)
          .isThrownBy(() -> Classifier.load(model, from(loader)))
          .withMessageContaining("Illegal configuration-file syntax")
          .withMessageContaining(COORDINATE);
    }
  }

  @Test
  void aLoaderThatCannotBeRead() {
    ClassLoader unreadable =
        new ClassLoader(getClass().getClassLoader()) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            throw new IOException("jar is torn");
          }
        };
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () ->
            assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> Classifier.load(model, from(unreadable)))
                .withMessageContaining("jar is torn")
                .withMessageContaining(COORDINATE));
  }
}
