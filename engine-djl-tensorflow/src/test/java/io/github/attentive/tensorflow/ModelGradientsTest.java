package io.github.attentive.tensorflow;

import io.github.attentive.djl.contract.ModelGradientsContract;

/** Gradients of all kinds of models on TensorFlow. */
class ModelGradientsTest extends ModelGradientsContract {}
