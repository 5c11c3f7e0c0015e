package io.github.attentive.internal;

import io.github.attentive.Classification;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explainer;
import io.github.attentive.Explanation;
import io.github.attentive.ModelInfo;
import io.github.attentive.TextInput;
import io.github.attentive.TrustCard;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ModelOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** A classifier over an engine's model, which explains what it can: guards closing. */
public class ModelClassifier implements Explainer {
  private final EngineModel model;
  private final ModelInfo info;
  private final ModelOutputs outputs;

  /** Calls hold the read lock, closing takes the write lock: so it waits for them. */
  private final ReadWriteLock inUse = new ReentrantReadWriteLock(true);

  private boolean closed;

  /**
   * Wraps a model.
   *
   * @param model the model, closed with this
   */
  public ModelClassifier(EngineModel model) {
    this.model = model;
    this.info = model.info();
    this.outputs = new ModelOutputs(model, info);
  }

  @Override
  public final ModelInfo info() {
    return info;
  }

  @Override
  public final List<Classification> classifyAll(List<TextInput> inputs) {
    List<TextInput> all = List.copyOf(inputs);
    return whileOpen(
        () -> {
          List<ModelOutput> ran = outputs.run(all, Detail.SCORES);
          List<Classification> results = new ArrayList<>(ran.size());
          for (int i = 0; i < ran.size(); i++) {
            results.add(outputs.classification(all.get(i), ran.get(i)));
          }
          return List.copyOf(results);
        });
  }

  @Override
  public final List<Explanation> explainAll(List<TextInput> inputs, ExplainOptions options) {
    List<TextInput> all = List.copyOf(inputs);
    Objects.requireNonNull(options, "options");
    return whileOpen(() -> new ModelExplanations(model, outputs, options).of(all));
  }

  /**
   * Assesses weights that were made elsewhere.
   *
   * @param input the text
   * @param weights of each of its units; not changed
   * @param options a method that leaves units out, unit, operator
   * @return their card
   */
  public final TrustCard assess(TextInput input, double[] weights, ExplainOptions options) {
    return whileOpen(() -> new ModelExplanations(model, outputs, options).assess(input, weights));
  }

  /** Calls the model, unless it is closed; it stays open until the call ends. */
  private <T> T whileOpen(Supplier<T> call) {
    inUse.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("this model (" + info.family() + ") is closed");
      }
      return call.get();
    } finally {
      inUse.readLock().unlock();
    }
  }

  @Override
  public final void close() {
    inUse.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        model.close();
      }
    } finally {
      inUse.writeLock().unlock();
    }
  }
}
