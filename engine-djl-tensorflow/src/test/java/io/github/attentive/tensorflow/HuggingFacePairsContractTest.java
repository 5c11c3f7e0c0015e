package io.github.attentive.tensorflow;

import io.github.attentive.djl.contract.HuggingFacePairsContract;

/** The contract of every explainer, on pairs of texts, on TensorFlow. */
class HuggingFacePairsContractTest extends HuggingFacePairsContract {}
