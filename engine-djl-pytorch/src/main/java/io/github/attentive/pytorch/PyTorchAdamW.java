package io.github.attentive.pytorch;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.github.attentive.InferenceException;
import io.github.attentive.djl.runtime.HostArray;
import io.github.attentive.djl.training.AdamW;
import io.github.attentive.djl.training.BatchTooLargeException;
import io.github.attentive.djl.training.TrainableGraph;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * AdamW where the weights are: gradients, moments and updates stay in native memory, and PyTorch's
 * fused operation moves all weights in one pass.
 */
final class PyTorchAdamW implements AdamW {
  private final PyTorchTrainableGraph graph;
  private final PtSymbolBlock script;
  private final int[] trained;
  private final List<int[]> groups;
  private final PtNDArray[] means;
  private final PtNDArray[] squares;
  private long updates;

  private PyTorchAdamW(PyTorchTrainableGraph graph, PtSymbolBlock script, IntPredicate decays) {
    this.graph = graph;
    this.script = script;
    int count = graph.weights().size();
    this.trained = IntStream.range(0, count).filter(graph::isTrained).toArray();
    this.groups =
        List.of(
            Arrays.stream(trained).filter(decays).toArray(),
            Arrays.stream(trained).filter(decays.negate()).toArray());
    this.means = new PtNDArray[count];
    this.squares = new PtNDArray[count];
    for (int i : trained) {
      Shape shape = graph.weights().get(i).getShape();
      means[i] = (PtNDArray) graph.manager().zeros(shape);
      squares[i] = (PtNDArray) graph.manager().zeros(shape);
    }
  }

  static PyTorchAdamW of(PyTorchTrainableGraph graph, IntPredicate decays) {
    Model script =
        PyTorchRuntime.load(
            out -> TorchScriptArchive.writeStateless(AdamWScript.code(), out),
            graph.device(),
            false);
    graph.owns(script);
    return new PyTorchAdamW(graph, (PtSymbolBlock) script.getBlock(), decays);
  }

  @Override
  public TrainableGraph.Loss accumulate(List<HostArray> inputs, float share, long seed)
      throws BatchTooLargeException {
    return graph.accumulate(inputs, share, seed);
  }

  @Override
  public float update(Update update) {
    updates++;
    try (NDManager manager = graph.manager().newSubManager()) {
      PtNDArray[] gradients = new PtNDArray[means.length];
      for (int i : trained) {
        gradients[i] = (PtNDArray) graph.weights().get(i).getGradient();
        gradients[i].attach(manager);
      }
      float norm;
      try (IValue all = list(gradients, trained);
          IValue longest = IValue.from((double) update.longestGradient());
          IValue result = IValueUtils.runMethod(script, AdamWScript.CUT, all, longest)) {
        norm = result.toTensor((PtNDManager) manager).toFloatArray()[0];
      }
      PtNDArray number = (PtNDArray) manager.create((float) updates);
      move(groups.get(0), gradients, number, update.rate(), update.decay());
      move(groups.get(1), gradients, number, update.rate(), 0);
      return norm;
    } catch (EngineException | IllegalStateException e) {
      throw new InferenceException("PyTorch failed in an update: " + NativeCall.reason(e), e);
    }
  }

  private void move(int[] group, PtNDArray[] gradients, PtNDArray number, float rate, float decay) {
    if (group.length == 0) {
      return;
    }
    PtNDArray[] numbers = new PtNDArray[group.length];
    Arrays.fill(numbers, number);
    PtNDArray[] weights = graph.weights().toArray(PtNDArray[]::new);
    try (IValue moved = list(weights, group);
        IValue by = list(gradients, group);
        IValue mean = list(means, group);
        IValue square = list(squares, group);
        IValue counts = IValue.listFrom(numbers);
        IValue step = IValue.from((double) rate);
        IValue loss = IValue.from((double) decay)) {
      IValueUtils.runMethod(script, AdamWScript.UPDATE, moved, by, mean, square, counts, step, loss)
          .close();
    }
  }

  private static IValue list(PtNDArray[] arrays, int[] chosen) {
    return IValue.listFrom(
        Arrays.stream(chosen).mapToObj(i -> arrays[i]).toArray(PtNDArray[]::new));
  }

  @Override
  public long updates() {
    return updates;
  }

  @Override
  public float[] mean(int parameter) {
    return NativeArrays.toHost(means[parameter]).values();
  }

  @Override
  public float[] square(int parameter) {
    return NativeArrays.toHost(squares[parameter]).values();
  }

  @Override
  public void restore(long updates, IntFunction<float[]> means, IntFunction<float[]> squares) {
    this.updates = updates;
    for (int i : trained) {
      PyTorchTrainableGraph.set(this.means[i], means.apply(i));
      PyTorchTrainableGraph.set(this.squares[i], squares.apply(i));
    }
  }
}
