package io.github.attentive.pytorch;

import io.github.attentive.djl.contract.SavedKerasExplainerContract;

/** The contract of every explainer, on a model that Keras saved, on PyTorch. */
class SavedKerasExplainerContractTest extends SavedKerasExplainerContract {}
