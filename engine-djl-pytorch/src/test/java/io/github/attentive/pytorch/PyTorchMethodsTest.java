package io.github.attentive.pytorch;

import io.github.attentive.djl.contract.ModelMethodsContract;

/** The contract of all methods on PyTorch. */
class PyTorchMethodsTest extends ModelMethodsContract {}
