package io.github.attentive.pytorch;

import io.github.attentive.djl.contract.HuggingFaceExplainerContract;

/** The contract of every explainer, on an encoder of Hugging Face, on PyTorch. */
class HuggingFaceExplainerContractTest extends HuggingFaceExplainerContract {}
