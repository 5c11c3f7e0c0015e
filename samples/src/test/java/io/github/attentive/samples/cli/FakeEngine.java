package io.github.attentive.samples.cli;

import io.github.attentive.Device;
import io.github.attentive.Finding;
import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelInfo;
import io.github.attentive.ModelLoadException;
import io.github.attentive.ProblemType;
import io.github.attentive.TextInput;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineInfo;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.EngineProvider;
import io.github.attentive.spi.ErasureModel;
import io.github.attentive.spi.Findings;
import io.github.attentive.spi.GradientModel;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.NormModel;
import io.github.attentive.spi.PositionsRead;
import io.github.attentive.testing.FakeBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens any path as a fake whose kind is in the file's name: {@code multi}, {@code regression},
 * {@code outputs}, else of one label. Its family is the path it was given. It refuses the text
 * {@code refuse}, fails over {@code fail}, and takes no pairs if its name has {@code unpaired}. It
 * has no attention if its name has {@code pooling}, and nothing but scores and attention to give if
 * it has {@code opaque}. Its files are found odd if its name has {@code warned}, broken if it has
 * {@code sick}.
 */
public final class FakeEngine implements EngineProvider {
  private static final ThreadLocal<List<Integer>> CALLS = ThreadLocal.withInitial(ArrayList::new);

  /** How many inputs each call of this thread had since this was last asked. */
  static List<Integer> calls() {
    List<Integer> calls = List.copyOf(CALLS.get());
    CALLS.get().clear();
    return calls;
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public int spiVersion() {
    return EngineProvider.SPI_VERSION;
  }

  @Override
  public int priority() {
    return 1;
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo("1", List.of(Device.CPU), List.of("tests"));
  }

  @Override
  public Optional<String> objection(Path model) {
    return Optional.empty();
  }

  @Override
  public EngineModel open(Path model, LoadOptions options) {
    if (!options.trustForeignGraph()) {
      throw new ModelLoadException(model + ": is a program and not trusted");
    }
    return new Model(model);
  }

  @Override
  public List<Finding> inspect(Path model, LoadOptions options) {
    Findings findings = new Findings();
    if (model.toString().contains("warned")) {
      findings.warning(
          "labels",
          "das Sch\u00f6ne hat keinen Namen\n\u540d\u524d \ud83d\udc4d",
          "add \"id2label\"\r\nthen try again");
    }
    if (model.toString().contains("sick")) {
      findings.problem("weights", "they are gone", null);
    }
    return findings.all();
  }

  private static FakeBuilder builder(String name) {
    if (name.contains("multi")) {
      return FakeBuilder.of("dull", "loud", "long")
          .problemType(ProblemType.MULTI_LABEL)
          .word("boring", "dull", 2)
          .word("noisy", "loud", 1)
          .word("short", "long", -3)
          .word("calm", "loud", -3)
          .word("fine", "dull", -1);
    }
    if (name.contains("regression")) {
      return FakeBuilder.of("stars")
          .problemType(ProblemType.REGRESSION)
          .word("great", "stars", 2.625f)
          .word("boring", "stars", -1234567.875f);
    }
    if (name.contains("outputs")) {
      return FakeBuilder.of("plot", "acting")
          .problemType(ProblemType.REGRESSION)
          .word("boring", "plot", -2)
          .word("played", "acting", -0.5f);
    }
    return FakeBuilder.of("no", "yes").word("great", "yes", 2);
  }

  /** A fake that counts its calls, and refuses or fails over some texts. */
  private static final class Model implements EngineModel {
    private final Path path;
    private final EngineModel fake;

    Model(Path path) {
      this.path = path;
      String name = path.getFileName().toString();
      this.fake = builder(name).engineModel(!name.contains("pooling"));
    }

    @Override
    public ModelInfo info() {
      ModelInfo of = fake.info();
      return new ModelInfo(
          "fake",
          path.toString(),
          of.layers(),
          of.heads(),
          of.maxLength(),
          of.labels(),
          of.problemType());
    }

    @Override
    public PositionsRead positionsRead() {
      return fake.positionsRead();
    }

    @Override
    public List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
      CALLS.get().add(inputs.size());
      for (TextInput input : inputs) {
        if (input.text().equals("fail")) {
          throw new InferenceException("the model fails over '" + input.text() + "'");
        }
        if (input.text().equals("refuse")
            || (input.pair() != null && path.toString().contains("unpaired"))) {
          throw new InvalidInputException("the model takes no pair");
        }
      }
      return fake.run(inputs, detail);
    }

    private boolean opaque() {
      return path.getFileName().toString().contains("opaque");
    }

    @Override
    public Optional<GradientModel> gradients() {
      return opaque() ? Optional.empty() : fake.gradients();
    }

    @Override
    public Optional<ErasureModel> erasure() {
      return opaque() ? Optional.empty() : fake.erasure();
    }

    @Override
    public Optional<NormModel> norms() {
      return opaque() ? Optional.empty() : fake.norms();
    }

    @Override
    public void close() {
      fake.close();
    }
  }
}
