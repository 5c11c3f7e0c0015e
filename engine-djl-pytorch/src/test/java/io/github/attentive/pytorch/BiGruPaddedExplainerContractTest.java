package io.github.attentive.pytorch;

import io.github.attentive.djl.contract.BiGruPaddedExplainerContract;

/**
 * The contract of every explainer, on a recurrent classifier that reads its padding, on PyTorch.
 */
class BiGruPaddedExplainerContractTest extends BiGruPaddedExplainerContract {}
