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
import io.github.attentive.spi.ErasureModel;
import io.github.attentive.spi.GradientModel;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.NormModel;
import io.github.attentive.spi.PositionsRead;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
  private final HeadReader head;
  private final CompiledGraph graph;
  private final LengthBatches batches;
  private final Optional<GradientModel> gradients;
  private final Optional<ErasureModel> erasure;
  private final Optional<NormModel> norms;

  /**
   * Puts a model together.
   *
   * @param info what is known of it
   * @param positionsRead what its head reads
   * @param attentionKind whether its attention has queries and keys
   * @param abilities what else its graph gives
   * @param encoder closed with this
   * @param inputs in the order of the graph's functions
   * @param graph closed with this; {@link ModelFunctions} says what its functions give
   * @param batchSize how many texts run at once at most, at least 1
   */
  public GraphModel(
      ModelInfo info,
      PositionsRead positionsRead,
      AttentionKind attentionKind,
      GraphAbilities abilities,
      TextEncoder encoder,
      BatchInputs inputs,
      CompiledGraph graph,
      int batchSize) {
    this(
        info,
        positionsRead,
        attentionKind,
        abilities,
        encoder,
        inputs,
        HeadOutputs.LOGITS,
        graph,
        batchSize);
  }

  /**
   * Puts a model together whose graph may give probabilities.
   *
   * @param info as above
   * @param positionsRead as above
   * @param attentionKind as above
   * @param abilities as above
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
      GraphAbilities abilities,
      TextEncoder encoder,
      ModelInputs inputs,
      HeadOutputs headOutputs,
      CompiledGraph graph,
      int batchSize) {
    this.head = new HeadReader(headOutputs, info);
    this.info = info;
    this.positionsRead = positionsRead;
    this.attentionKind = attentionKind;
    this.encoder = encoder;
    this.inputs = inputs;
    this.graph = graph;
    this.batches = new LengthBatches(batchSize, Integer.MAX_VALUE, inputs.pads());
    if (inputs instanceof BatchInputs tokens) {
      TextGraph texts = new TextGraph(encoder, tokens, graph, batchSize);
      boolean differentiable = abilities.attentionGradients() || abilities.vectorSize() > 0;
      this.gradients =
          differentiable
              ? Optional.of(new GraphGradients(texts, head, abilities))
              : Optional.empty();
      this.erasure = Optional.of(new GraphErasure(texts, head));
      this.norms = abilities.norms() ? Optional.of(new GraphNorms(texts)) : Optional.empty();
    } else {
      this.gradients = Optional.empty();
      this.erasure = Optional.empty();
      this.norms = Optional.empty();
    }
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
    ModelOutput[] outputs = new ModelOutput[encoded.size()];
    for (int[] batch : batches.of(encoded)) {
      runBatch(batch, inputs, encoded, detail, scales, outputs);
    }
    return List.of(outputs);
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
    int layers = scales.length;
    int explained = layers == 0 ? results.size() : 1 + layers;
    for (int i = 0; i < batch.length; i++) {
      EncodedText text = texts.get(i);
      int place = i;
      outputs[batch[i]] =
          head.output(
              text,
              results.get(0),
              place,
              () ->
                  detail.includes(Detail.ATTENTION)
                      ? AttentionOutputs.attention(
                          results.subList(1, explained), place, text.length())
                      : null,
              () ->
                  detail.includes(Detail.QUERIES_AND_KEYS)
                      ? AttentionOutputs.queriesAndKeys(
                          results.subList(explained, results.size()), scales, place, text.length())
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
  public Optional<GradientModel> gradients() {
    return gradients;
  }

  @Override
  public Optional<ErasureModel> erasure() {
    return erasure;
  }

  @Override
  public Optional<NormModel> norms() {
    return norms;
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
