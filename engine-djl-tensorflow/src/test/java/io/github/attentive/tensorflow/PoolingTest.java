package io.github.attentive.tensorflow;

import io.github.attentive.djl.contract.PoolingContract;

/** What attention pools on TensorFlow. */
class PoolingTest extends PoolingContract {}
