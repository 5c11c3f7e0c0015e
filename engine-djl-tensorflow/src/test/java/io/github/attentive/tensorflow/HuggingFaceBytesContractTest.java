package io.github.attentive.tensorflow;

import io.github.attentive.djl.contract.HuggingFaceBytesContract;

/** The contract of every explainer, on tokens of bytes, on TensorFlow. */
class HuggingFaceBytesContractTest extends HuggingFaceBytesContract {}
