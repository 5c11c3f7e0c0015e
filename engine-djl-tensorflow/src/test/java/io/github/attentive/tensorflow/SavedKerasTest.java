package io.github.attentive.tensorflow;

import io.github.attentive.djl.contract.SavedKerasContract;

/** Saved models of Keras on TensorFlow. */
class SavedKerasTest extends SavedKerasContract {}
