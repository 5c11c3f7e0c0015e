package io.github.attentive.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.attentive.EngineUnavailableException;
import io.github.attentive.Finding;
import io.github.attentive.Finding.Severity;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelDiagnosis;
import io.github.attentive.ModelDoctor;
import io.github.attentive.ModelLoadException;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.PositionsRead;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host sees of the doctor, with engines found on a class path. */
class ModelExaminationTest {
  private static final Finding FILE =
      new Finding(Severity.WARNING, "file", "is old", "fetch a new one");
  private static final Finding SEGMENTS = new Finding(Severity.OK, "segments", "they matter", null);

  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model = Files.createDirectory(folder.resolve("model"));
  }

  /** Finds something in the files and in the running model. */
  public static final class Thorough extends StubProvider {
    static final StubModel OPENED =
        new StubModel(1, 1, PositionsRead.FIRST, false) {
          @Override
          public List<Finding> examine() {
            return List.of(SEGMENTS);
          }
        };

    public Thorough() {
      super("thorough", 1);
      opening(() -> OPENED);
    }

    @Override
    public List<Finding> inspect(Path model, LoadOptions options) {
      return List.of(FILE);
    }
  }

  /** Says the same of the files and when it is to open them. */
  public static final class Refusing extends StubProvider {
    public Refusing() {
      super("refusing", 1);
      opening(
          () -> {
            throw new ModelLoadException("weights are missing");
          });
    }

    @Override
    public List<Finding> inspect(Path model, LoadOptions options) {
      return List.of(new Finding(Severity.PROBLEM, "weights", "weights are missing", null));
    }
  }

  /** Fails wherever it can. */
  public static final class Failing extends StubProvider {
    public Failing() {
      super("failing", 1);
      opening(
          () -> {
            throw new IllegalStateException("no memory");
          });
    }

    @Override
    public List<Finding> inspect(Path model, LoadOptions options) {
      throw new IllegalArgumentException("odd file");
    }
  }

  /** Opens nothing. */
  public static final class Objecting extends StubProvider {
    public Objecting() {
      super("objecting", 1);
      objecting("config.json is missing");
    }
  }

  private ModelDiagnosis examine(Class<?>... providers) throws IOException {
    String[] names = new String[providers.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = providers[i].getName();
    }
    try (URLClassLoader loader = ClassPathProviders.loader(folder, names)) {
      return ModelDoctor.examine(model, LoadOptions.builder().classLoader(loader).build());
    }
  }

  @Test
  void filesComeFirstThenTheEngineThenTheRunningModel() throws IOException {
    int closed = Thorough.OPENED.closed;
    ModelDiagnosis diagnosis = examine(Thorough.class);
    assertThat(diagnosis.model()).isEqualTo(model);
    assertThat(diagnosis.healthy()).isTrue();
    assertThat(diagnosis.problems()).isEmpty();
    assertThat(diagnosis.warnings()).containsExactly(FILE);
    List<Finding> findings = diagnosis.findings();
    assertThat(findings).first().isEqualTo(FILE);
    assertThat(findings.get(1).text())
        .isEqualTo(
            "'stub' opens it: stub, attention layers: 1, heads: 1, texts of up to 32 tokens");
    assertThat(findings.get(2).subject()).isEqualTo("scores");
    assertThat(findings).last().isEqualTo(SEGMENTS);
    assertThat(Thorough.OPENED.closed).isEqualTo(closed + 1);
    assertThat(examine(Thorough.class)).as("a stable order").isEqualTo(diagnosis);
  }

  @Test
  void anEngineThatChecksNothingItselfIsEnough() throws IOException {
    assertThat(examine(ClassPathProviders.Good.class).healthy()).isTrue();
    assertThat(examine(ClassPathProviders.Pooling.class).findings())
        .extracting(Finding::text)
        .contains("'stub' opens it: stub, no attention, texts of up to 32 tokens");
  }

  @Test
  void whatIsSaidTwiceStandsOnce() throws IOException {
    ModelDiagnosis diagnosis = examine(Refusing.class);
    assertThat(diagnosis.healthy()).isFalse();
    assertThat(diagnosis.findings())
        .containsExactly(new Finding(Severity.PROBLEM, "weights", "weights are missing", null));
  }

  @Test
  void failuresOfAnEngineAreFindings() throws IOException {
    List<Finding> findings = examine(Failing.class).problems();
    assertThat(findings).hasSize(2);
    assertThat(findings.get(0).text()).contains("this check failed", "odd file");
    assertThat(findings.get(1).text()).contains("engine 'failing'", "no memory");
  }

  @Test
  void aModelThatNoEngineOpensIsAProblem() throws IOException {
    assertThat(examine(Objecting.class).findings())
        .singleElement()
        .satisfies(f -> assertThat(f.severity()).isEqualTo(Severity.PROBLEM))
        .satisfies(f -> assertThat(f.subject()).isEqualTo("model"))
        .satisfies(f -> assertThat(f.text()).contains("objecting: config.json is missing"));
  }

  @Test
  void whatIsNoModelsFaultIsAnException() throws IOException {
    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> ModelDoctor.examine(folder.resolve("nothing here")))
        .withMessageContaining("there is no such file or directory");
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> ModelDoctor.examine(model))
        .withMessageStartingWith("no engine is on the class path");
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(
            () ->
                ModelDoctor.examine(
                    model,
                    LoadOptions.builder()
                        .classLoader(
                            ClassPathProviders.loader(
                                folder, ClassPathProviders.Good.class.getName()))
                        .engine("other")
                        .build()))
        .withMessageContaining("engine 'other' is unknown");
    assertThatNullPointerException().isThrownBy(() -> ModelDoctor.examine(model, null));
  }

  @Test
  void diagnosesAreCopied() {
    List<Finding> findings = new ArrayList<>(List.of(FILE));
    ModelDiagnosis diagnosis = new ModelDiagnosis(model, findings);
    findings.clear();
    assertThat(diagnosis.findings()).containsExactly(FILE);
    assertThatNullPointerException().isThrownBy(() -> new Finding(null, "a", "b", null));
    assertThatNullPointerException().isThrownBy(() -> new Finding(Severity.OK, null, "b", null));
    assertThatNullPointerException().isThrownBy(() -> new Finding(Severity.OK, "a", null, null));
  }

  @Test
  void engineModelsFindNothingByDefault() {
    EngineModel plain = StubModel.ordinary();
    assertThat(plain.examine()).isEmpty();
    assertThat(new ClassPathProviders.Good().inspect(model, LoadOptions.defaults())).isEmpty();
  }
}
