package io.github.attentive.pytorch;

import io.github.attentive.djl.contract.HuggingFaceBytesContract;

/** The contract of every explainer, on tokens of bytes, on PyTorch. */
class HuggingFaceBytesContractTest extends HuggingFaceBytesContract {}
