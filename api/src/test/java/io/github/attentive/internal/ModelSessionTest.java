package io.github.attentive.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Classifier;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelLoadException;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSessionTest {
  @TempDir Path folder;

  @Test
  void aPathThatIsNotThereIsNamedBeforeAnyEngineIsAsked() {
    Path missing = folder.resolve("nothing here");
    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> Classifier.load(missing))
        .withMessageStartingWith("model " + missing + ": there is no such file or directory")
        .withMessageContaining("expected a model directory");
    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> AttentionExplainer.load(missing))
        .withMessageContaining("no such file or directory");
  }

  @Test
  void aModelWithoutAttentionIsClosedAgainAndTheMissingLayerNamed() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    try (URLClassLoader loader =
        ClassPathProviders.loader(folder, ClassPathProviders.Pooling.class.getName())) {
      LoadOptions options = LoadOptions.builder().classLoader(loader).build();
      int closedBefore = ClassPathProviders.Pooling.OPENED.closed;
      assertThatExceptionOfType(ModelLoadException.class)
          .isThrownBy(() -> AttentionExplainer.load(model, options))
          .withMessageStartingWith("model " + model + " has no attention layer")
          .withMessageContaining("between its embedding and its pooling")
          .withMessageContaining("Classifier.load")
          .withMessageContaining("keras-attention");
      assertThat(ClassPathProviders.Pooling.OPENED.closed).isEqualTo(closedBefore + 1);
      try (Classifier classifier = Classifier.load(model, options)) {
        assertThat(classifier.info().hasAttention()).isFalse();
        assertThat(classifier.classify("text").scores()).hasSize(3);
      }
      assertThat(ClassPathProviders.Pooling.OPENED.closed).isEqualTo(closedBefore + 2);
    }
  }

  @Test
  void aFileMayBeAModel() throws IOException {
    Path file = Files.createFile(folder.resolve("model.pt"));
    try (URLClassLoader loader =
            ClassPathProviders.loader(folder, ClassPathProviders.Good.class.getName());
        Classifier classifier =
            Classifier.load(file, LoadOptions.builder().classLoader(loader).build())) {
      assertThat(classifier.classify("text").tokens()).isEqualTo(6);
    }
  }

  @Test
  void theEngineIsGivenThePathAsItWasNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("model.keras"));
    Path detour = folder.resolve(".").resolve("model.keras");
    List<Path> asked = ClassPathProviders.Remembering.ASKED;
    List<Path> opened = ClassPathProviders.Remembering.OPENED;
    asked.clear();
    opened.clear();
    try (URLClassLoader loader =
        ClassPathProviders.loader(folder, ClassPathProviders.Remembering.class.getName())) {
      LoadOptions options = LoadOptions.builder().classLoader(loader).build();
      Classifier.load(file, options).close();
      AttentionExplainer.load(detour, options).close();
    }
    assertThat(opened).containsExactly(file, detour);
    assertThat(asked).containsExactly(file, detour);
  }

  @Test
  void withoutOptionsTheLoaderOfTheApiIsSearched() throws Exception {
    assertThat(IsolatedApi.run(folder, Loading.class, folder.toString()))
        .isEqualTo("stub [low, middle, high] 2 words");
  }

  /** Runs in its own copy of the API, on a class path with an engine. */
  public static final class Loading implements UnaryOperator<String> {
    @Override
    public String apply(String model) {
      try (Classifier classifier = Classifier.load(Path.of(model));
          AttentionExplainer explainer = AttentionExplainer.load(Path.of(model))) {
        return "%s %s %s words"
            .formatted(
                classifier.info().engine(),
                classifier.labels(),
                explainer.explain("two words").words().size());
      }
    }
  }
}
