package io.github.attentive.pytorch;

import io.github.attentive.djl.contract.ContributionsContract;

/** Contributions of what attention weighs, on PyTorch. */
class PyTorchContributionsTest extends ContributionsContract {}
