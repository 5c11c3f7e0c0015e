package io.github.attentive.djl.contract;

import io.github.attentive.Classifier;
import io.github.attentive.contract.ClassifierContract;
import io.github.attentive.djl.SharedFixtures;

/** The contract of every classifier, on a model of Keras without attention. */
public abstract class SavedKerasClassifierContract extends ClassifierContract {
  @Override
  protected Classifier open() {
    return Classifier.load(SharedFixtures.path("keras/c_100_noatt/model.keras"));
  }
}
