package io.github.attentive.tensorflow;

import io.github.attentive.djl.contract.SavedKerasClassifierContract;

/** The contract of every classifier, on a model that Keras saved, on TensorFlow. */
class SavedKerasClassifierContractTest extends SavedKerasClassifierContract {}
