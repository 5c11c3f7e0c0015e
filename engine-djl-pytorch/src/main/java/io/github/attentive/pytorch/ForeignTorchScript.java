package io.github.attentive.pytorch;

import io.github.attentive.Finding;
import io.github.attentive.InferenceException;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelInfo;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.checkpoint.Checkpoint;
import io.github.attentive.djl.runtime.BatchInputs;
import io.github.attentive.djl.runtime.ForeignModel;
import io.github.attentive.djl.runtime.GraphAbilities;
import io.github.attentive.djl.runtime.GraphModel;
import io.github.attentive.djl.runtime.ModelDirectory;
import io.github.attentive.djl.text.TextEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens TorchScript files that were traced or scripted elsewhere. */
final class ForeignTorchScript {
  /** What {@link ModelInfo#family()} says. */
  static final String FAMILY = "torchscript";

  private static final Logger LOG = LoggerFactory.getLogger(ForeignTorchScript.class);
  private static final String SUFFIX = ".pt";

  private ForeignTorchScript() {}

  /**
   * The TorchScript file that a path means: the file itself, or that of a directory whose weights
   * are in no other file that this library reads.
   *
   * @param model an existing path
   * @return the file, not looked into; empty if there is none
   */
  static Optional<Path> at(Path model) {
    if (!Files.isDirectory(model)) {
      return model.toString().endsWith(SUFFIX) ? Optional.of(model) : Optional.empty();
    }
    Path file = model.resolve(TorchScriptExport.FILE);
    boolean otherWeights =
        Files.exists(model.resolve(Checkpoint.SINGLE))
            || Files.exists(model.resolve(Checkpoint.INDEX));
    return Files.isRegularFile(file) && !(otherWeights && ModelDirectory.objection(model).isEmpty())
        ? Optional.of(file)
        : Optional.empty();
  }

  /**
   * Opens a file.
   *
   * @param file what {@link #at} gave
   * @param options consent, device, limits
   * @param engine the engine's name
   * @return the model
   * @throws ModelLoadException if consent is missing, or a file is missing, damaged, not supported,
   *     or contradicts another
   * @throws io.github.attentive.EngineUnavailableException if the engine cannot start
   */
  static ForeignModel open(Path file, LoadOptions options, String engine) {
    ForeignModel.requireConsent(file, "a TorchScript file", options);
    ForwardSignature signature = TorchScriptFile.check(file);
    ForeignSettings settings = new ForeignSettings(file.toAbsolutePath().getParent());
    List<String> inputs = signature.inputs(file, settings.argumentNames());
    TextEncoder encoder =
        settings.encoder(inputs.contains(ModelFunctions.TOKEN_TYPE_IDS), options.maxLength());
    try {
      return load(file, options, engine, settings, signature.method(), inputs, encoder);
    } catch (RuntimeException | Error e) {
      encoder.close();
      throw e;
    }
  }

  private static ForeignModel load(
      Path file,
      LoadOptions options,
      String engine,
      ForeignSettings settings,
      String method,
      List<String> inputs,
      TextEncoder encoder) {
    long padId = settings.padId(encoder);
    ForeignModule module = ForeignModule.load(file, options.device(), options.threads());
    try {
      ForeignProbe.Result probed =
          probed(file, new ForeignProbe(module, encoder, method, inputs, padId));
      ForeignOutputs outputs = probed.explained();
      ModelInfo info =
          new ModelInfo(
              engine,
              FAMILY,
              outputs.layers(),
              outputs.heads(),
              encoder.maxLength(),
              settings.labels(file, outputs.labels()),
              settings.problemType(outputs.labels()));
      ForeignModel model =
          new ForeignModel(
              new GraphModel(
                  info,
                  settings.positionsRead(),
                  ForeignModel.ATTENTION,
                  GraphAbilities.NONE,
                  encoder,
                  new BatchInputs(inputs, padId, probed.pads()),
                  new ForeignGraph(module, method, probed),
                  probed.batches() ? options.batchSize() : 1),
              probed.findings());
      model.examine().stream()
          .filter(finding -> finding.severity() != Finding.Severity.OK)
          .forEach(finding -> LOG.warn("{}: {}", file, finding.text()));
      return model;
    } catch (RuntimeException | Error e) {
      module.close();
      throw e;
    }
  }

  private static ForeignProbe.Result probed(Path file, ForeignProbe probe) {
    try {
      return probe.result();
    } catch (ModelLoadException | InferenceException e) {
      throw new ModelLoadException(file + ": " + e.getMessage(), e);
    }
  }
}
