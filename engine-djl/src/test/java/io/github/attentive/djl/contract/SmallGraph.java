package io.github.attentive.djl.contract;

import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Operation;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import java.util.List;

/** A graph with each operation once or twice; its functions give floats. */
public final class SmallGraph {
  /** [4, 2]. */
  public static final float[] EMBEDDING = {0, 0, 1, 2, -1, 0.5f, 3, -2};

  /** [3, 2]. */
  public static final float[] KERNEL = {1, 0, 0, 1, 2, -1};

  /** [3, 3]. */
  public static final float[] SQUARE = {0.5f, 0, 1, -1, 0.25f, 0, 0, 2, -0.5f};

  public static final float[] BIAS = {0.5f, 0, -0.5f};

  /** [2]. */
  public static final float[] NORM = {2, -3};

  /** [3, 2, 3]: outputs, inputs, width. */
  public static final float[] WINDOW = {
    1, 2, 3, -1, 0, 1, 0, 1, 0, 2, 2, 2, 0.5f, 0, 0, 0, 0, -0.5f
  };

  /** Rate of dropout. */
  public static final double DROPPED = 0.25;

  /** [4]. */
  public static final long[] BUCKETS = {7, -5, 1L << 40, 0};

  private static final Axis BATCH = Axis.named("batch");
  private static final Axis LENGTH = Axis.fixed(3);

  private final GraphBuilder graph = new GraphBuilder();
  private final Parameter embedding = floats("embedding.weight", EMBEDDING, 4, 2);
  private final Parameter kernel = floats("dense.weight", KERNEL, 3, 2);
  private final Parameter square = floats("square.weight", SQUARE, 3, 3);
  private final Parameter bias = floats("dense.bias", BIAS, 3);
  private final Parameter norm = floats("norm.weight", NORM, 2);
  private final Parameter window = floats("window.weight", WINDOW, 3, 2, 3);
  private final Parameter buckets =
      graph.parameter(Parameter.table("buckets", Shape.ofSizes(4), BUCKETS));

  private SmallGraph() {}

  private Parameter floats(String name, float[] values, long... sizes) {
    return graph.parameter(Parameter.of(name, Shape.ofSizes(sizes), values));
  }

  public static Graph ofEveryOperation() {
    SmallGraph small = new SmallGraph();
    small.attention();
    small.losses();
    small.tables();
    small.elements();
    small.axes();
    small.layers();
    small.recurrences();
    return small.graph.build();
  }

  private void attention() {
    FunctionBuilder explain = graph.function("explain");
    Tensor ids = explain.input("ids", ElementType.INT64, BATCH, LENGTH);
    Tensor words = explain.embedding(embedding, ids);
    Tensor twice = explain.add(words, words);
    Tensor scores = explain.matMul(words, explain.transpose(twice, 1, 2));
    Tensor weights = explain.unsqueeze(explain.softmax(scores, -1), 1);
    Tensor attended = explain.attention(words, twice, words, null, 0.125);
    explain.output("logits", explain.linear(explain.mean(attended, 1), kernel, bias));
    explain.output("attention_0", weights);

    FunctionBuilder biased = graph.function("biased");
    Tensor x = biased.input("x", ElementType.FLOAT32, BATCH, LENGTH, Axis.fixed(2));
    Tensor mask = biased.input("mask", ElementType.FLOAT32, BATCH, Axis.fixed(1), LENGTH);
    biased.output("attended", biased.attention(x, x, x, mask, 0.5));
  }

  private void losses() {
    FunctionBuilder loss = graph.function("loss");
    Tensor logits = loss.input("logits", ElementType.FLOAT32, BATCH, Axis.fixed(1));
    Tensor targets = loss.input("targets", ElementType.FLOAT32, BATCH, Axis.fixed(1));
    loss.output("mean_loss", loss.binaryCrossEntropy(logits, targets));

    FunctionBuilder softmax = graph.function("softmax_loss");
    Tensor classes = softmax.input("logits", ElementType.FLOAT32, BATCH, LENGTH);
    Tensor rows = softmax.input("targets", ElementType.INT64, BATCH);
    softmax.output("losses", softmax.crossEntropy(classes, rows));

    FunctionBuilder dropout = graph.function("dropout");
    Tensor x = dropout.input("x", ElementType.FLOAT32, BATCH, LENGTH);
    dropout.output("thinned", dropout.dropout(x, DROPPED));
  }

  private void tables() {
    FunctionBuilder tables = graph.function("tables");
    Tensor ids = tables.input("ids", ElementType.INT64, BATCH, Axis.named("length"));
    tables.output("rows", tables.rows(embedding));
    tables.output("leading", tables.leadingRows(embedding, ids, 1));
    Tensor places = tables.affine(tables.embedding(buckets, ids), -2, 3);
    tables.output("places", tables.toFloat(places));
    Tensor token = tables.notEqual(ids, 1);
    tables.output("counted", tables.toFloat(tables.cumulativeSum(token, 1)));
    tables.output("numbers", tables.embedding(bias, ids));
  }

  private void elements() {
    FunctionBuilder elements = graph.function("elements");
    Tensor x = elements.input("x", ElementType.FLOAT32, BATCH, LENGTH);
    Tensor y = elements.input("y", ElementType.FLOAT32, BATCH, Axis.fixed(1));
    elements.output("product", elements.multiply(x, y));
    elements.output("quotient", elements.divide(x, y));
    elements.output("affine", elements.affine(x, 0.5, -1.25));
    for (Activation activation : Activation.values()) {
      // No root of a negative number is a number.
      Tensor argument = activation == Activation.SQRT ? elements.multiply(x, x) : x;
      elements.output(activation.name(), elements.activate(activation, argument));
    }
    Tensor product = elements.multiply(x, y);
    for (Activation activation : List.of(Activation.GELU, Activation.GELU_TANH)) {
      elements.output(
          activation.name() + "_gradient", elements.geluGradient(activation, x, product));
    }
  }

  private void axes() {
    FunctionBuilder axes = graph.function("axes");
    Tensor x = axes.input("x", ElementType.FLOAT32, BATCH, Axis.fixed(2), Axis.fixed(6));
    Tensor split = axes.splitAxis(x, 2, 3);
    axes.output("merged", axes.mergeAxes(axes.transpose(split, 2, 3), 1));
    axes.output("sliced", axes.slice(x, 2, 1, 4));
    axes.output("selected", axes.select(x, 1, 1));
    axes.output("joined", axes.concat(axes.slice(x, 2, 4, 6), x, 2));
    axes.output("sums", axes.sum(x, 1));
    Tensor index = axes.input("index", ElementType.INT64, Axis.fixed(3), Axis.named("picked"));
    axes.output("gathered", axes.gather(split, index));
    axes.output("largest", axes.max(x, 2));
    axes.output("last", axes.select(x, 1, -1));
    axes.output("reversed", axes.reverse(x, 1));
    axes.output("later", axes.shift(x, 2, 2));
    axes.output("earlier", axes.shift(x, 1, -1));
    axes.output("outside", axes.shift(x, 1, 3));
    axes.output("filled", axes.fill(axes.sum(x, 0), -1.5));
    axes.output("scattered", axes.scatter(axes.gather(split, index), index, split));
  }

  private void layers() {
    FunctionBuilder layers = graph.function("layers");
    Tensor x = layers.input("x", ElementType.FLOAT32, BATCH, LENGTH, Axis.fixed(2));
    layers.output("normed", layers.layerNorm(x, norm, norm, 0.01));
    layers.output("unbiased", layers.layerNorm(x, norm, null, 1e-12));
    layers.output("convolved", layers.convolution(x, window, bias));
    layers.output("dense", layers.linear(x, kernel, null));
    Tensor gradient = layers.affine(layers.reverse(x, 1), 2, 0);
    layers.output(
        "norm_gradient",
        layers.layerNormGradient(new Operation.LayerNorm(x, norm, norm, 1), gradient));
    Tensor shares = layers.softmax(x, 1);
    layers.output("softmax_gradient", layers.softmaxGradient(shares, 1, gradient));
  }

  private void recurrences() {
    FunctionBuilder recurrences = graph.function("recurrences");
    Axis length = Axis.named("length");
    Tensor x = recurrences.input("x", ElementType.FLOAT32, BATCH, length, Axis.fixed(2));
    Tensor keep = recurrences.input("keep", ElementType.FLOAT32, BATCH, length, Axis.fixed(1));
    Tensor projected = recurrences.linear(x, kernel, bias);
    Tensor last = x;
    for (boolean backward : new boolean[] {false, true}) {
      Tensor states =
          recurrences.recurrence(
              List.of(projected, keep),
              3,
              backward,
              (slices, state) -> {
                Tensor sum =
                    recurrences.add(slices.get(0), recurrences.linear(state, square, null));
                Tensor kept = recurrences.multiply(slices.get(1), activated(recurrences, sum));
                Tensor rest = recurrences.affine(slices.get(1), -1, 1);
                return recurrences.add(kept, recurrences.multiply(rest, state));
              });
      recurrences.output(backward ? "backward" : "forward", states);
      last = backward ? last : recurrences.select(states, 1, -1);
    }
    recurrences.output("last", last);
  }

  private static Tensor activated(FunctionBuilder function, Tensor x) {
    return function.activate(Activation.TANH, x);
  }
}
