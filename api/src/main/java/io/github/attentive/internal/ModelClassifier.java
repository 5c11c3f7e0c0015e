package io.github.attentive.internal;

import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import io.github.attentive.InferenceException;
import io.github.attentive.ModelInfo;
import io.github.attentive.TextInput;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ModelOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A classifier over an engine's model: turns outputs into results, and guards closing. */
public class ModelClassifier implements Classifier {
  private final EngineModel model;
  private final ModelInfo info;

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
  }

  @Override
  public final ModelInfo info() {
    return info;
  }

  @Override
  public final List<Classification> classifyAll(List<TextInput> inputs) {
    List<TextInput> all = List.copyOf(inputs);
    List<ModelOutput> outputs = run(all, Detail.SCORES);
    List<Classification> results = new ArrayList<>(outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      results.add(classification(all.get(i), outputs.get(i)));
    }
    return List.copyOf(results);
  }

  /**
   * Runs the model, unless it is closed.
   *
   * @param inputs any number of inputs, in a list that does not change
   * @param detail what is wanted
   * @return an output for each
   */
  protected final List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
    inUse.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("this model (" + info.family() + ") is closed");
      }
      if (inputs.isEmpty()) {
        return List.of();
      }
      List<ModelOutput> outputs = model.run(inputs, detail);
      if (outputs.size() != inputs.size()) {
        throw new InferenceException(
            "engine '%s': expected %s outputs, got %s"
                .formatted(info.engine(), inputs.size(), outputs.size()));
      }
      return outputs;
    } finally {
      inUse.readLock().unlock();
    }
  }

  /**
   * Turns an output into a result.
   *
   * @param input what was classified
   * @param output what the model gave
   * @return the classification
   */
  protected final Classification classification(TextInput input, ModelOutput output) {
    return new Classification(
        input,
        info.problemType(),
        info.labels(),
        output.scores(),
        output.logits(),
        output.positions().size(),
        output.truncated());
  }

  /**
   * The wrapped model.
   *
   * @return the engine's model
   */
  protected final EngineModel model() {
    return model;
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
