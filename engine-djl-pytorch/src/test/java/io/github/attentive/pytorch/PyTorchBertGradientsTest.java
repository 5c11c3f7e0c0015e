package io.github.attentive.pytorch;

import io.github.attentive.djl.contract.BertGradientsContract;

/** Explanations by gradients of a known model on PyTorch. */
class PyTorchBertGradientsTest extends BertGradientsContract {}
