package io.github.attentive.pytorch;

import io.github.attentive.djl.contract.PoolingContract;

/** What attention pools on PyTorch. */
class PoolingTest extends PoolingContract {}
