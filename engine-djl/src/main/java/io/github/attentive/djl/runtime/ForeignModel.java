package io.github.attentive.djl.runtime;

import io.github.attentive.Finding;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelInfo;
import io.github.attentive.ModelLoadException;
import io.github.attentive.TextInput;
import io.github.attentive.djl.architecture.AttentionKind;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ErasureModel;
import io.github.attentive.spi.Findings;
import io.github.attentive.spi.GradientModel;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.NormModel;
import io.github.attentive.spi.PositionsRead;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A model that was exported elsewhere, and what was found out when it was opened. */
public final class ForeignModel implements EngineModel {
  /** The attention of such a model. */
  public static final AttentionKind ATTENTION =
      AttentionKind.without(
          "a graph that was exported elsewhere and gives its weights alone",
          "open the model that it was made from, such as a Hugging Face directory or .keras file");

  private static final String SUBJECT = "export";

  private final EngineModel model;
  private final List<String> remarks;
  private final List<String> warnings;

  /**
   * Wraps a model.
   *
   * @param model closed with this
   * @param warnings what its owner should know, a sentence each without its subject
   */
  public ForeignModel(EngineModel model, List<String> warnings) {
    this(model, List.of(), warnings);
  }

  /**
   * Wraps a model.
   *
   * @param model closed with this
   * @param remarks what is as it should be, a sentence each without its subject
   * @param warnings what its owner should know, likewise
   */
  public ForeignModel(EngineModel model, List<String> remarks, List<String> warnings) {
    this.model = model;
    this.remarks = List.copyOf(remarks);
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Requires the caller's consent to run a program that came with a model.
   *
   * @param file the program
   * @param kind what it is, with its article
   * @param options of the caller
   * @throws ModelLoadException if {@link LoadOptions#trustForeignGraph()} is not set
   */
  public static void requireConsent(Path file, String kind, LoadOptions options) {
    if (!options.trustForeignGraph()) {
      throw new ModelLoadException(
          file
              + ": expected consent to open it, got none: "
              + kind
              + " is a program, which can"
              + " do what it likes with the rights of this process; if you trust where it is from,"
              + " say LoadOptions.builder().trustForeignGraph(true). A Hugging Face directory"
              + " (config.json and model.safetensors) holds numbers alone and needs no consent");
    }
  }

  @Override
  public ModelInfo info() {
    return model.info();
  }

  @Override
  public PositionsRead positionsRead() {
    return model.positionsRead();
  }

  @Override
  public List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
    return model.run(inputs, detail);
  }

  @Override
  public Optional<GradientModel> gradients() {
    return model.gradients();
  }

  @Override
  public Optional<ErasureModel> erasure() {
    return model.erasure();
  }

  @Override
  public Optional<NormModel> norms() {
    return model.norms();
  }

  @Override
  public List<Finding> examine() {
    Findings all = new Findings();
    remarks.forEach(remark -> all.ok(SUBJECT, "the model " + remark));
    warnings.forEach(warning -> all.warning(SUBJECT, "the model " + warning, null));
    all.addAll(model.examine());
    return all.all();
  }

  @Override
  public void close() {
    model.close();
  }
}
