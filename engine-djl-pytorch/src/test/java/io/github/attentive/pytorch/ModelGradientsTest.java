package io.github.attentive.pytorch;

import io.github.attentive.djl.contract.ModelGradientsContract;

/** Gradients of all kinds of models on PyTorch. */
class ModelGradientsTest extends ModelGradientsContract {}
