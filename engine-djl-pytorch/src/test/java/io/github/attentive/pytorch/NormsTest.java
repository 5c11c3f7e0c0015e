package io.github.attentive.pytorch;

import io.github.attentive.djl.contract.NormsContract;

/** Norms of what attention moves on PyTorch. */
class NormsTest extends NormsContract {}
