package io.github.attentive.pytorch;

import io.github.attentive.djl.contract.HuggingFaceGoldenContract;

/** All families on PyTorch. */
class HuggingFaceGoldenTest extends HuggingFaceGoldenContract {}
