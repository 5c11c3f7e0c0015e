package io.github.attentive.djl.runtime;

import io.github.attentive.Finding;
import io.github.attentive.ModelInfo;
import io.github.attentive.TextInput;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.Findings;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.PositionsRead;
import java.util.List;

/** A model that was exported elsewhere, and what was found out when it was opened. */
public final class ForeignModel implements EngineModel {
  private final EngineModel model;
  private final List<String> findings;

  /**
   * Wraps a model.
   *
   * @param model closed with this
   * @param findings what its owner should know, a sentence each without its subject
   */
  public ForeignModel(EngineModel model, List<String> findings) {
    this.model = model;
    this.findings = List.copyOf(findings);
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
  public List<ModelOutput> run(List<TextInput> inputs, boolean attention) {
    return model.run(inputs, attention);
  }

  @Override
  public List<Finding> examine() {
    Findings all = new Findings();
    findings.forEach(finding -> all.warning("export", "the model " + finding, null));
    all.addAll(model.examine());
    return all.all();
  }

  @Override
  public void close() {
    model.close();
  }
}
