package io.github.attentive.pytorch;

import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;

/** A graph with each operation once or twice. */
final class SmallGraph {
  /** [4, 2]. */
  static final float[] EMBEDDING = {0, 0, 1, 2, -1, 0.5f, 3, -2};

  /** [3, 2]. */
  static final float[] KERNEL = {1, 0, 0, 1, 2, -1};

  static final float[] BIAS = {0.5f, 0, -0.5f};

  private static final Axis BATCH = Axis.named("batch");
  private static final Axis LENGTH = Axis.fixed(3);

  private SmallGraph() {}

  static Graph ofEveryOperation() {
    GraphBuilder graph = new GraphBuilder();
    Parameter embedding =
        graph.parameter(Parameter.of("embedding.weight", Shape.ofSizes(4, 2), EMBEDDING));
    Parameter kernel = graph.parameter(Parameter.of("dense.weight", Shape.ofSizes(3, 2), KERNEL));
    Parameter bias = graph.parameter(Parameter.of("dense.bias", Shape.ofSizes(3), BIAS));

    FunctionBuilder explain = graph.function("explain");
    Tensor ids = explain.input("ids", ElementType.INT64, BATCH, LENGTH);
    Tensor words = explain.embedding(embedding, ids);
    Tensor twice = explain.add(words, words);
    Tensor scores = explain.matMul(words, explain.transpose(twice, 1, 2));
    Tensor weights = explain.unsqueeze(explain.softmax(scores, -1), 1);
    Tensor attended = explain.attention(words, twice, words, null, 0.125);
    explain.output("logits", explain.linear(explain.mean(attended, 1), kernel, bias));
    explain.output("attention_0", weights);

    FunctionBuilder loss = graph.function("loss");
    Tensor logits = loss.input("logits", ElementType.FLOAT32, BATCH, Axis.fixed(1));
    Tensor targets = loss.input("targets", ElementType.FLOAT32, BATCH, Axis.fixed(1));
    loss.output("mean_loss", loss.binaryCrossEntropy(logits, targets));

    FunctionBuilder softmax = graph.function("softmax_loss");
    Tensor classes = softmax.input("logits", ElementType.FLOAT32, BATCH, LENGTH);
    Tensor rows = softmax.input("targets", ElementType.INT64, BATCH);
    softmax.output("mean_loss", softmax.crossEntropy(classes, rows));
    return graph.build();
  }
}
