package io.github.attentive.djl.training;

import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.runtime.HostArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Stands for an engine that differentiates: every gradient is 1, losses are what a test says. */
final class StubTrainable implements TrainableGraph {

  /** What a batch gives. */
  interface Behaviour {
    /**
     * The loss and a logit for each text.
     *
     * @param words the first id of each text
     * @param call counted from 1, updates and evaluations apart
     */
    Loss loss(List<Long> words, int call);
  }

  private final Graph graph;
  private final Behaviour training;
  private final Behaviour evaluation;

  /** The first ids of each batch so far. */
  final List<List<Long>> updates = new ArrayList<>();

  final List<List<Long>> evaluations = new ArrayList<>();

  /** Parameters set so far. */
  final Map<Integer, float[]> assigned = new HashMap<>();

  /** Made so far. */
  final List<StubAdamW> optimizers = new ArrayList<>();

  boolean closed;

  StubTrainable(Graph graph, Behaviour training, Behaviour evaluation) {
    this.graph = graph;
    this.training = training;
    this.evaluation = evaluation;
  }

  /** A loss of 1 whatever comes. */
  static Loss calm(List<Long> words, int call) {
    return loss(1, new float[words.size()]);
  }

  static Loss loss(float loss, float... logits) {
    return new Loss(loss, new HostArray.Floats(new long[] {logits.length, 1}, logits));
  }

  private static List<Long> words(List<HostArray> inputs) {
    HostArray.Longs ids = (HostArray.Longs) inputs.get(0);
    int length = (int) ids.shape()[1];
    List<Long> words = new ArrayList<>();
    for (int i = 0; i < ids.values().length; i += length) {
      words.add(ids.values()[i]);
    }
    return words;
  }

  @Override
  public Gradients differentiate(List<HostArray> inputs, int probe) {
    Loss loss = train(inputs);
    List<float[]> gradients = new ArrayList<>();
    for (Parameter parameter : graph.parameters()) {
      gradients.add(ones((int) parameter.shape().elements()));
    }
    HostArray.Floats occurrences = (HostArray.Floats) inputs.get(probe);
    return new Gradients(loss, gradients, ones(occurrences.values().length));
  }

  private static float[] ones(int size) {
    float[] ones = new float[size];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Override
  public Loss evaluate(List<HostArray> inputs) {
    evaluations.add(words(inputs));
    return evaluation.loss(words(inputs), evaluations.size());
  }

  @Override
  public AdamW adamW(IntPredicate decays) {
    return new StubAdamW(this, graph.parameters().size(), decays);
  }

  @Override
  public float[] values(int parameter) {
    return assigned.computeIfAbsent(parameter, p -> graph.parameters().get(p).values()).clone();
  }

  /** What a batch gives in training. */
  Loss train(List<HostArray> inputs) {
    updates.add(words(inputs));
    return training.loss(words(inputs), updates.size());
  }

  @Override
  public void assign(int parameter, float[] values) {
    assigned.put(parameter, values.clone());
  }

  @Override
  public void close() {
    closed = true;
  }
}
