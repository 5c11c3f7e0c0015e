package io.github.attentive.tensorflow;

import io.github.attentive.djl.contract.BiGruExplainerContract;

/** The contract of every explainer, on a recurrent classifier, on TensorFlow. */
class BiGruExplainerContractTest extends BiGruExplainerContract {}
