package io.github.attentive.tensorflow;

import io.github.attentive.djl.contract.ContributionsContract;

/** Contributions of what attention weighs, on TensorFlow. */
class TensorFlowContributionsTest extends ContributionsContract {}
