package io.github.attentive.djl.keras;

import io.github.attentive.djl.contract.SavedKerasContract;

/** Saved models of Keras, their graphs run without an engine. */
class SavedKerasInterpretedTest extends SavedKerasContract {}
