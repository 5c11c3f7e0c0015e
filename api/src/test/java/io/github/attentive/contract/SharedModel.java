package io.github.attentive.contract;

import io.github.attentive.Classifier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One model for all tests of a class that do not close it, opened when it is first asked for. Not
 * thread-safe.
 */
final class SharedModel<T extends Classifier> {
  private final Supplier<T> opener;
  private @Nullable T model;

  SharedModel(Supplier<T> opener) {
    this.opener = opener;
  }

  T get() {
    if (model == null) {
      model = opener.get();
    }
    return model;
  }

  void close() {
    if (model != null) {
      model.close();
      model = null;
    }
  }
}
