package io.github.attentive.tensorflow;

import io.github.attentive.djl.contract.HuggingFaceGoldenContract;

/** All families on TensorFlow. */
class HuggingFaceGoldenTest extends HuggingFaceGoldenContract {}
