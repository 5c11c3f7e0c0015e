package io.github.attentive.tensorflow;

import io.github.attentive.djl.contract.NormsContract;

/** Norms of what attention moves on TensorFlow. */
class NormsTest extends NormsContract {}
