package io.github.attentive.pytorch;

import io.github.attentive.djl.contract.ErasureContract;

/** Texts with tokens left out on PyTorch. */
class ErasureTest extends ErasureContract {}
