package io.github.attentive.tensorflow;

import io.github.attentive.djl.contract.HuggingFaceExplainerContract;

/** The contract of every explainer, on an encoder of Hugging Face, on TensorFlow. */
class HuggingFaceExplainerContractTest extends HuggingFaceExplainerContract {}
