package io.github.attentive.pytorch;

import io.github.attentive.djl.contract.HuggingFacePairsContract;

/** The contract of every explainer, on pairs of texts, on PyTorch. */
class HuggingFacePairsContractTest extends HuggingFacePairsContract {}
