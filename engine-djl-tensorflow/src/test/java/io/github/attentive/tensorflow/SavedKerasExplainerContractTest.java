package io.github.attentive.tensorflow;

import io.github.attentive.djl.contract.SavedKerasExplainerContract;

/** The contract of every explainer, on a model that Keras saved, on TensorFlow. */
class SavedKerasExplainerContractTest extends SavedKerasExplainerContract {}
