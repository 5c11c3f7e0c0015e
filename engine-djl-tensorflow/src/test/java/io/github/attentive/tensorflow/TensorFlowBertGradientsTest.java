package io.github.attentive.tensorflow;

import io.github.attentive.djl.contract.BertGradientsContract;

/** Explanations by gradients of a known model on TensorFlow. */
class TensorFlowBertGradientsTest extends BertGradientsContract {}
