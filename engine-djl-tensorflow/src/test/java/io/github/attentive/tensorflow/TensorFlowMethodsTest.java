package io.github.attentive.tensorflow;

import io.github.attentive.djl.contract.ModelMethodsContract;

/** The contract of all methods on TensorFlow. */
class TensorFlowMethodsTest extends ModelMethodsContract {}
