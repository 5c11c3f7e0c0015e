package io.github.attentive.tensorflow;

import io.github.attentive.Classifier;
import io.github.attentive.contract.ClassifierContract;
import io.github.attentive.djl.SharedFixtures;

/** The contract of every classifier, on a model of texts without attention. */
class ForeignTextsClassifierContractTest extends ClassifierContract {
  @Override
  protected Classifier open() {
    return Classifier.load(
        SharedFixtures.path("keras/c_100_noatt/saved_model_string"), ForeignProgram.TRUST);
  }
}
