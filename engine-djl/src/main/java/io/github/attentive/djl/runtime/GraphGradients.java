package io.github.attentive.djl.runtime;

import io.github.attentive.Baseline;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.spi.AttentionGradient;
import io.github.attentive.spi.GradientModel;
import io.github.attentive.spi.PredictionGradient;
import io.github.attentive.spi.TokenSpan;
import io.github.attentive.spi.VectorGradient;
import io.github.attentive.spi.WordVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Gradients by functions of the graph. As thread-safe as the graph. */
final class GraphGradients implements GradientModel {
  /**
   * Positions of all texts of a batch together: what a forward pass computes is kept for the
   * backward pass, at BERT-base size about a megabyte for each position. The arithmetic gains
   * nothing from more.
   */
  private static final int POSITIONS_AT_ONCE = 1024;

  private final TextGraph texts;
  private final HeadReader head;
  private final GraphAbilities abilities;

  GraphGradients(TextGraph texts, HeadReader head, GraphAbilities abilities) {
    this.texts = texts;
    this.head = head;
    this.abilities = abilities;
  }

  @Override
  public List<AttentionGradient> byAttention(List<TextInput> inputs, List<float[]> factors) {
    if (factors.size() != inputs.size()) {
      throw new InvalidInputException(
          "factors of the logits: expected an array for each of %s inputs, got %s"
              .formatted(inputs.size(), factors.size()));
    }
    factors.forEach(this::requireFactors);
    return differentiate(inputs, factors, new float[abilities.outputs()]).stream()
        .map(found -> new AttentionGradient(found.attention(), found.gradient()))
        .toList();
  }

  @Override
  public List<PredictionGradient> byAttention(List<TextInput> inputs) {
    float[] ones = new float[abilities.outputs()];
    Arrays.fill(ones, 1);
    return differentiate(inputs, Collections.nCopies(inputs.size(), new float[ones.length]), ones);
  }

  private List<PredictionGradient> differentiate(
      List<TextInput> inputs, List<float[]> factors, float[] ofLargest) {
    if (!abilities.attentionGradients()) {
      throw new InvalidInputException(
          "gradients by attention: expected a model with attention, got one without");
    }
    List<EncodedText> encoded = texts.encoder().encodeAll(inputs);
    PredictionGradient[] gradients = new PredictionGradient[encoded.size()];
    for (int[] batch : texts.batches(POSITIONS_AT_ONCE).of(encoded)) {
      List<EncodedText> ofBatch = Arrays.stream(batch).mapToObj(encoded::get).toList();
      List<HostArray> arrays = new ArrayList<>(texts.inputs().of(ofBatch));
      arrays.add(rows(Arrays.stream(batch).mapToObj(factors::get).toList()));
      arrays.add(rows(Collections.nCopies(batch.length, ofLargest)));
      List<HostArray.Floats> results =
          texts.graph().run(ModelFunctions.ATTENTION_GRADIENTS, arrays);
      List<HostArray.Floats> ofLayers = results.subList(2, results.size());
      List<HostArray.Floats> weights = AttentionOutputs.everySecond(ofLayers, 0);
      List<HostArray.Floats> slopes = AttentionOutputs.everySecond(ofLayers, 1);
      for (int i = 0; i < batch.length; i++) {
        EncodedText text = ofBatch.get(i);
        int place = i;
        gradients[batch[i]] =
            new PredictionGradient(
                head.output(
                    text,
                    results.get(0),
                    place,
                    () -> AttentionOutputs.attention(weights, place, text.length()),
                    () -> null),
                HeadReader.row(results.get(1), place),
                AttentionOutputs.values(slopes, place, text.length()));
      }
    }
    return List.of(gradients);
  }

  @Override
  public boolean isPiecewiseLinearInAttention() {
    return abilities.linearInAttention();
  }

  private void requireFactors(float[] factors) {
    if (factors.length != abilities.outputs()) {
      throw new InvalidInputException(
          "factors of the logits: expected one for each of %s logits, got %s"
              .formatted(abilities.outputs(), factors.length));
    }
  }

  private void requireVectors() {
    if (abilities.vectorSize() == 0) {
      throw new InvalidInputException(
          "gradients by word vectors: expected a model that embeds its words in one way, got one"
              + " that embeds them in several");
    }
  }

  private static HostArray.Floats rows(List<float[]> rows) {
    int size = rows.get(0).length;
    float[] all = new float[Math.multiplyExact(rows.size(), size)];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, all, i * size, size);
    }
    return new HostArray.Floats(new long[] {rows.size(), size}, all);
  }

  @Override
  public WordVectors wordVectors(TextInput input, Baseline baseline) {
    requireVectors();
    TokenSpan replacement =
        baseline == Baseline.MASK
            ? Replacements.mask("baseline", texts)
            : Replacements.padding("baseline", texts);
    EncodedText text = texts.encoder().encode(input);
    EncodedText without = Replacements.of(text, Replacements.tokens(text), replacement);
    HostArray.Floats both = embed(List.of(text, without));
    int own = text.length() * abilities.vectorSize();
    int second = both.values().length / 2;
    return new WordVectors(
        abilities.vectorSize(),
        Arrays.copyOf(both.values(), own),
        Arrays.copyOfRange(both.values(), second, second + own));
  }

  /** The word vectors of texts of one length, those of padding included. */
  private HostArray.Floats embed(List<EncodedText> encoded) {
    // The tokens are the first input of every graph that embeds them.
    HostArray ids = texts.inputs().of(encoded).get(0);
    return texts.graph().run(ModelFunctions.EMBED, List.of(ids)).get(0);
  }

  @Override
  public List<VectorGradient> byWordVectors(
      TextInput input, List<float[]> vectors, float[] factors) {
    requireVectors();
    requireFactors(factors);
    EncodedText text = texts.encoder().encode(input);
    int own = text.length() * abilities.vectorSize();
    for (float[] point : vectors) {
      if (point.length != own) {
        throw new InvalidInputException(
            "word vectors: expected %s numbers for each of %s positions, %s in all, got %s"
                .formatted(abilities.vectorSize(), text.length(), own, point.length));
      }
    }
    List<EncodedText> copies = Collections.nCopies(vectors.size(), text);
    List<VectorGradient> gradients = new ArrayList<>();
    for (int[] batch : texts.batches(POSITIONS_AT_ONCE).of(copies)) {
      List<float[]> points = Arrays.stream(batch).mapToObj(vectors::get).toList();
      gradients.addAll(gradients(text, points, factors));
    }
    return gradients;
  }

  private List<VectorGradient> gradients(EncodedText text, List<float[]> points, float[] factors) {
    List<HostArray> arrays =
        new ArrayList<>(texts.inputs().of(Collections.nCopies(points.size(), text)));
    int length = Math.toIntExact(arrays.get(0).shape()[1]);
    arrays.add(words(text, points, length));
    arrays.add(rows(Collections.nCopies(points.size(), factors)));
    List<HostArray.Floats> results = texts.graph().run(ModelFunctions.EMBEDDING_GRADIENTS, arrays);
    float[] slopes = results.get(1).values();
    int all = length * abilities.vectorSize();
    List<VectorGradient> gradients = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      gradients.add(
          new VectorGradient(
              HeadReader.row(results.get(0), i),
              Arrays.copyOfRange(slopes, i * all, i * all + points.get(i).length)));
    }
    return gradients;
  }

  /** The points, followed by the vectors of padding where the graph's texts are longer. */
  private HostArray.Floats words(EncodedText text, List<float[]> points, int length) {
    int all = length * abilities.vectorSize();
    float[] padded = text.length() < length ? embed(List.of(text)).values() : new float[all];
    float[] words = new float[Math.multiplyExact(points.size(), all)];
    for (int i = 0; i < points.size(); i++) {
      System.arraycopy(padded, 0, words, i * all, all);
      System.arraycopy(points.get(i), 0, words, i * all, points.get(i).length);
    }
    return new HostArray.Floats(new long[] {points.size(), length, abilities.vectorSize()}, words);
  }
}
