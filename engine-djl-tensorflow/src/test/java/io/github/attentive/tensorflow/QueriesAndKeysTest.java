package io.github.attentive.tensorflow;

import io.github.attentive.djl.contract.QueriesAndKeysContract;

/** Queries and keys of all families on TensorFlow. */
class QueriesAndKeysTest extends QueriesAndKeysContract {}
