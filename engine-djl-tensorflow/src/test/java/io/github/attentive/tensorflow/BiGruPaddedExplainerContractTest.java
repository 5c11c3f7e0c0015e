package io.github.attentive.tensorflow;

import io.github.attentive.djl.contract.BiGruPaddedExplainerContract;

/**
 * The contract of every explainer, on a recurrent classifier that reads its padding, on TensorFlow.
 */
class BiGruPaddedExplainerContractTest extends BiGruPaddedExplainerContract {}
