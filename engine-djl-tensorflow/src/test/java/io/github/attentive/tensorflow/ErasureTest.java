package io.github.attentive.tensorflow;

import io.github.attentive.djl.contract.ErasureContract;

/** Texts with tokens left out on TensorFlow. */
class ErasureTest extends ErasureContract {}
