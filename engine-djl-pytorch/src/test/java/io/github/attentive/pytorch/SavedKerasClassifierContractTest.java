package io.github.attentive.pytorch;

import io.github.attentive.djl.contract.SavedKerasClassifierContract;

/** The contract of every classifier, on a model that Keras saved, on PyTorch. */
class SavedKerasClassifierContractTest extends SavedKerasClassifierContract {}
