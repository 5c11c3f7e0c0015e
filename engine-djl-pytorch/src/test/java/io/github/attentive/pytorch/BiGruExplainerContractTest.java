package io.github.attentive.pytorch;

import io.github.attentive.djl.contract.BiGruExplainerContract;

/** The contract of every explainer, on a recurrent classifier, on PyTorch. */
class BiGruExplainerContractTest extends BiGruExplainerContract {}
