package io.github.attentive.djl.training;

import io.github.attentive.Dataset;
import io.github.attentive.djl.runtime.BatchInputs;
import io.github.attentive.djl.runtime.HostArray;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.djl.text.TokenSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Examples of a model of tokens whose classes exclude each other. */
final class TokenExamples implements Examples {
  private final List<Tokens> texts = new ArrayList<>();
  private final int[] labels;
  private final BatchInputs inputs;

  /**
   * Encodes texts.
   *
   * @param data the texts
   * @param encoder of the model
   * @param inputs of the model's functions, in their order
   */
  TokenExamples(Dataset data, TextEncoder encoder, BatchInputs inputs) {
    this.inputs = inputs;
    this.labels = IntStream.range(0, data.size()).map(data::labelIndex).toArray();
    data.examples().forEach(example -> texts.add(Tokens.of(encoder.encode(example.input()))));
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int label(int example) {
    return labels[example];
  }

  @Override
  public int length(int example) {
    return texts.get(example).length();
  }

  /** The texts' inputs, and the targets after them. */
  @Override
  public List<HostArray> batch(int[] examples) {
    List<HostArray> arrays =
        new ArrayList<>(inputs.tokens(Arrays.stream(examples).mapToObj(texts::get).toList()));
    long[] targets = Arrays.stream(examples).mapToLong(example -> labels[example]).toArray();
    arrays.add(new HostArray.Longs(new long[] {targets.length}, targets));
    return arrays;
  }

  /** As little as training needs of an encoded text: many are kept at once. */
  private static final class Tokens implements TokenSequence {
    private final int[] ids;
    private final byte[] types;

    private Tokens(int[] ids, byte[] types) {
      this.ids = ids;
      this.types = types;
    }

    static Tokens of(EncodedText text) {
      long[] types = text.tokenTypes();
      byte[] small = new byte[types.length];
      for (int i = 0; i < small.length; i++) {
        small[i] = (byte) types[i];
      }
      return new Tokens(Arrays.stream(text.ids()).mapToInt(Math::toIntExact).toArray(), small);
    }

    @Override
    public int length() {
      return ids.length;
    }

    @Override
    public long[] ids() {
      return Arrays.stream(ids).asLongStream().toArray();
    }

    @Override
    public long[] tokenTypes() {
      return IntStream.range(0, types.length).mapToLong(i -> types[i]).toArray();
    }
  }
}
