package io.github.attentive.internal;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.spi.EngineModel;

/** An explainer over an engine's model with attention. */
public final class ModelExplainer extends ModelClassifier implements AttentionExplainer {

  /**
   * Wraps a model.
   *
   * @param model a model with attention, closed with this
   */
  public ModelExplainer(EngineModel model) {
    super(model);
  }
}
