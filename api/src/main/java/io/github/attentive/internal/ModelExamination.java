package io.github.attentive.internal;

import io.github.attentive.Finding;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelInfo;
import io.github.attentive.ModelLoadException;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.EngineProvider;
import io.github.attentive.spi.Findings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Examines a model: its files as its engine knows them, then what it does when it runs. */
public final class ModelExamination {
  private static final String MODEL = "model";
  private static final String ENGINE = "engine";

  private ModelExamination() {}

  /**
   * Makes all checks.
   *
   * @param model a model directory, or the one file of a model
   * @param options engine, device, limits, trust
   * @return what was found
   * @throws ModelLoadException if there is nothing at the path
   * @throws io.github.attentive.EngineUnavailableException if the engine asked for, or any, is not
   *     to be had
   */
  public static List<Finding> of(Path model, LoadOptions options) {
    ModelSession.requireExisting(model);
    EngineSelection engines = EngineSelection.onClassPath(options.classLoader().orElse(null));
    Findings findings = new Findings();
    EngineProvider engine;
    try {
      engine = engines.engineFor(model, options);
    } catch (ModelLoadException e) {
      findings.problem(MODEL, String.valueOf(e.getMessage()), null);
      return findings.all();
    }
    findings.attempt("files", () -> engine.inspect(model, options)).ifPresent(findings::addAll);
    Optional<EngineModel> opened =
        findings.attempt(ENGINE, () -> EngineSelection.open(engine, model, options));
    opened.ifPresent(
        running -> {
          try (running) {
            findings.check(ENGINE, () -> findings.ok(ENGINE, description(running.info())));
            ProbeRuns.check(running, findings);
            findings.attempt(MODEL, running::examine).ifPresent(findings::addAll);
          }
        });
    return findings.all();
  }

  private static String description(ModelInfo info) {
    return "'%s' opens it: %s, %s, texts of up to %s tokens"
        .formatted(
            info.engine(),
            info.family(),
            info.hasAttention()
                ? "attention layers: %s, heads: %s".formatted(info.layers(), info.heads())
                : "no attention",
            info.maxLength());
  }
}
