package io.github.attentive.djl.runtime;

import io.github.attentive.Finding;
import io.github.attentive.ModelInfo;
import io.github.attentive.TextInput;
import io.github.attentive.djl.architecture.AttentionKind;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.PositionsRead;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model of this library on any engine: encodes texts, runs the graph in batches of texts of like
 * length, and cuts the padding that a batch needed off the results.
 *
 * <p>Calls may come from many threads at once; {@link #close} comes once, after all of them.
 */
public final class GraphModel implements EngineModel {
  private final ModelInfo info;
  private final PositionsRead positionsRead;
  private final AttentionKind attentionKind;
  private final TextEncoder encoder;
  private final ModelInputs inputs;
  private final HeadOutputs headOutputs;
  private final CompiledGraph graph;
  private final int batchSize;

  /**
   * Puts a model together.
   *
   * @param info what is known of it
   * @param positionsRead what its head reads
   * @param attentionKind whether its attention has queries and keys
   * @param encoder closed with this
   * @param inputs in the order of the graph's functions
   * @param graph closed with this; {@link ModelFunctions} says what its functions give
   * @param batchSize how many texts run at once at most, at least 1
   */
  public GraphModel(
      ModelInfo info,
      PositionsRead positionsRead,
      AttentionKind attentionKind,
      TextEncoder encoder,
      BatchInputs inputs,
      CompiledGraph graph,
      int batchSize) {
    this(info, positionsRead, attentionKind, encoder, inputs, HeadOutputs.LOGITS, graph, batchSize);
  }

  /**
   * Puts a model together whose graph may give probabilities.
   *
   * @param info as above
   * @param positionsRead as above
   * @param attentionKind as above
   * @param encoder as above
   * @param inputs as above
   * @param headOutputs what the graph's first output holds
   * @param graph as above
   * @param batchSize as above
   */
  public GraphModel(
      ModelInfo info,
      PositionsRead positionsRead,
      AttentionKind attentionKind,
      TextEncoder encoder,
      ModelInputs inputs,
      HeadOutputs headOutputs,
      CompiledGraph graph,
      int batchSize) {
    this.headOutputs = headOutputs;
    this.info = info;
    this.positionsRead = positionsRead;
    this.attentionKind = attentionKind;
    this.encoder = encoder;
    this.inputs = inputs;
    this.graph = graph;
    this.batchSize = batchSize;
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public PositionsRead positionsRead() {
    return positionsRead;
  }

  @Override
  public List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
    float[] scales =
        detail.includes(Detail.QUERIES_AND_KEYS) ? attentionKind.scales() : new float[0];
    List<EncodedText> encoded = encoder.encodeAll(inputs);
    int[] byLength =
        IntStream.range(0, encoded.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> encoded.get(i).length()))
            .mapToInt(Integer::intValue)
            .toArray();
    ModelOutput[] outputs = new ModelOutput[byLength.length];
    for (int from = 0; from < byLength.length; ) {
      int to = endOfBatch(from, byLength, encoded);
      runBatch(Arrays.copyOfRange(byLength, from, to), inputs, encoded, detail, scales, outputs);
      from = to;
    }
    return List.of(outputs);
  }

  private int endOfBatch(int from, int[] byLength, List<EncodedText> encoded) {
    int to = Math.min(from + batchSize, byLength.length);
    int length = encoded.get(byLength[from]).length();
    while (!inputs.pads() && encoded.get(byLength[to - 1]).length() != length) {
      to--;
    }
    return to;
  }

  private void runBatch(
      int[] batch,
      List<TextInput> inputs,
      List<EncodedText> encoded,
      Detail detail,
      float[] scales,
      ModelOutput[] outputs) {
    List<TextInput> ofBatch = Arrays.stream(batch).mapToObj(inputs::get).toList();
    List<EncodedText> texts = Arrays.stream(batch).mapToObj(encoded::get).toList();
    List<HostArray.Floats> results = graph.run(functionFor(detail), this.inputs.of(ofBatch, texts));
    float[] head = results.get(0).values();
    int layers = scales.length;
    int explained = layers == 0 ? results.size() : 1 + layers;
    int units = head.length / batch.length;
    boolean logits = headOutputs == HeadOutputs.LOGITS;
    int labels = info.labels().size();
    for (int i = 0; i < batch.length; i++) {
      EncodedText text = texts.get(i);
      float[] own = Arrays.copyOfRange(head, i * units, (i + 1) * units);
      outputs[batch[i]] =
          new ModelOutput(
              text.positions(),
              text.truncated(),
              logits ? own : new float[0],
              logits
                  ? Scores.of(own, info.problemType(), labels)
                  : Scores.ofProbabilities(own, labels),
              detail.includes(Detail.ATTENTION)
                  ? AttentionOutputs.attention(results.subList(1, explained), i, text.length())
                  : null,
              detail.includes(Detail.QUERIES_AND_KEYS)
                  ? AttentionOutputs.queriesAndKeys(
                      results.subList(explained, results.size()), scales, i, text.length())
                  : null);
    }
  }

  private static String functionFor(Detail detail) {
    return switch (detail) {
      case SCORES -> ModelFunctions.CLASSIFY;
      case ATTENTION -> ModelFunctions.EXPLAIN;
      case QUERIES_AND_KEYS -> ModelFunctions.INSPECT;
    };
  }

  @Override
  public List<Finding> examine() {
    // Keras's models read one text.
    return inputs instanceof BatchInputs batches
        ? SegmentCheck.of(encoder, batches, graph)
        : List.of();
  }

  @Override
  public void close() {
    try {
      graph.close();
    } finally {
      encoder.close();
    }
  }
}
