package io.github.attentive.pytorch;

import io.github.attentive.djl.contract.SavedKerasContract;

/** Saved models of Keras on PyTorch. */
class SavedKerasTest extends SavedKerasContract {}
