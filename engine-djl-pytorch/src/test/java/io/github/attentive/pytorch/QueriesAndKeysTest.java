package io.github.attentive.pytorch;

import io.github.attentive.djl.contract.QueriesAndKeysContract;

/** Queries and keys of all families on PyTorch. */
class QueriesAndKeysTest extends QueriesAndKeysContract {}
