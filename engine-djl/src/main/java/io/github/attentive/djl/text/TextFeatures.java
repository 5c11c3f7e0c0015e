package io.github.attentive.djl.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Turns a text into one number for each word of a vocabulary, as Keras 3's {@code
 * TextVectorization} does in the modes {@code multi_hot}, {@code count} and {@code tf_idf}: the
 * order of the tokens is lost, and tokens that are not in the vocabulary count for {@code [UNK]}.
 * An empty text is all zeros. Immutable and thread-safe.
 */
public final class TextFeatures {
  private final OutputMode mode;
  private final TextVectorization vectorization;
  private final Vocabulary vocabulary;

  /** What a word counts, for each feature. */
  private final float[] weights;

  private TextFeatures(
      OutputMode mode, TextVectorization vectorization, Vocabulary vocabulary, float[] weights) {
    this.mode = mode;
    this.vectorization = vectorization;
    this.vocabulary = vocabulary;
    this.weights = weights;
  }

  /**
   * Features that say whether a word is there, or how often.
   *
   * @param mode {@link OutputMode#MULTI_HOT} or {@link OutputMode#COUNT}
   * @param vectorization how texts are cut
   * @param vocabulary the words, without padding
   * @param length how many features there are: the size of the vocabulary or, where Keras's layer
   *     has {@code pad_to_max_tokens}, its {@code max_tokens}; those beyond the words are 0
   * @return the features
   * @throws IllegalArgumentException if the mode is another one, the vocabulary has padding, or
   *     there are more words than features
   */
  public static TextFeatures of(
      OutputMode mode, TextVectorization vectorization, Vocabulary vocabulary, int length) {
    if (mode != OutputMode.MULTI_HOT && mode != OutputMode.COUNT) {
      throw new IllegalArgumentException(
          "output mode: expected MULTI_HOT or COUNT, got %s".formatted(mode));
    }
    requireRoom(vocabulary, length);
    float[] weights = new float[length];
    Arrays.fill(weights, 1);
    return new TextFeatures(mode, vectorization, vocabulary, weights);
  }

  /**
   * Features that are a word's count times its inverse document frequency.
   *
   * <p>Keras writes these frequencies to two places. {@code idf_weights} of a layer in {@code
   * model.weights.h5} always begins with the entry of {@code [UNK]} and, where the layer has {@code
   * pad_to_max_tokens}, ends with zeros up to {@code max_tokens}. {@code idf_weights} of the
   * layer's {@code config} is null after {@code adapt}; else it is what the caller gave with {@code
   * vocabulary}, so that it lacks the entry of {@code [UNK]} where that list lacks the word: it is
   * then the mean of the others. All three forms are taken.
   *
   * @param vectorization how texts are cut
   * @param vocabulary the words, without padding
   * @param length how many features there are, as for {@link #of}
   * @param frequencies one for each word, for each word but {@code [UNK]}, or for each feature;
   *     copied
   * @return the features
   * @throws IllegalArgumentException if the vocabulary has padding, there are more words than
   *     features, the number of frequencies is another one, or one is not finite
   */
  public static TextFeatures tfIdf(
      TextVectorization vectorization, Vocabulary vocabulary, int length, float[] frequencies) {
    requireRoom(vocabulary, length);
    for (int i = 0; i < frequencies.length; i++) {
      if (!Float.isFinite(frequencies[i])) {
        throw new IllegalArgumentException(
            "inverse document frequency %s: expected a finite number, got %s"
                .formatted(i, frequencies[i]));
      }
    }
    int words = vocabulary.size();
    float[] weights;
    if (frequencies.length == words || frequencies.length == length) {
      weights = Arrays.copyOf(frequencies, length);
    } else if (frequencies.length == words - 1 && words > 1) {
      weights = new float[length];
      System.arraycopy(frequencies, 0, weights, 1, frequencies.length);
      setMean(weights, words);
    } else {
      throw new IllegalArgumentException(
          ("inverse document frequencies: expected one for each of %s words, with or without %s,"
                  + " or of %s features, got %s")
              .formatted(words, Vocabulary.UNKNOWN_WORD, length, frequencies.length));
    }
    return new TextFeatures(OutputMode.TF_IDF, vectorization, vocabulary, weights);
  }

  /**
   * Learns inverse document frequencies as Keras's {@code adapt} does: {@code log(1 + texts / (1 +
   * texts with the word))}, natural logarithm; for {@code [UNK]} the mean of the others.
   *
   * @param vectorization how texts are cut
   * @param vocabulary the words, without padding, one of them besides {@code [UNK]}
   * @param texts what to learn from; empty ones count
   * @return one for each word
   * @throws IllegalArgumentException if the vocabulary has padding or no other word
   */
  public static float[] inverseDocumentFrequencies(
      TextVectorization vectorization, Vocabulary vocabulary, Stream<String> texts) {
    requireRoom(vocabulary, vocabulary.size());
    if (vocabulary.size() == 1) {
      throw new IllegalArgumentException(
          "vocabulary: expected a word besides %s, got none".formatted(Vocabulary.UNKNOWN_WORD));
    }
    long[] textsWith = new long[vocabulary.size()];
    long[] count = new long[1];
    texts
        .sequential()
        .forEach(
            text -> {
              count[0]++;
              Set<Integer> ids = new HashSet<>();
              for (TextVectorization.Piece piece : vectorization.pieces(text, Integer.MAX_VALUE)) {
                ids.add(vocabulary.idOf(piece.text()));
              }
              ids.forEach(id -> textsWith[id]++);
            });
    float[] frequencies = new float[vocabulary.size()];
    for (int i = 1; i < frequencies.length; i++) {
      frequencies[i] = (float) Math.log1p(count[0] / (1.0 + textsWith[i]));
    }
    setMean(frequencies, frequencies.length);
    return frequencies;
  }

  private static void setMean(float[] weights, int words) {
    double sum = 0;
    for (int i = 1; i < words; i++) {
      sum += weights[i];
    }
    weights[0] = (float) (sum / (words - 1));
  }

  private static void requireRoom(Vocabulary vocabulary, int length) {
    if (vocabulary.hasPadding()) {
      throw new IllegalArgumentException(
          "vocabulary: expected %s first, got one with padding".formatted(Vocabulary.UNKNOWN_WORD));
    }
    if (length < vocabulary.size()) {
      throw new IllegalArgumentException(
          "number of features: expected at least %s, the number of words, got %s"
              .formatted(vocabulary.size(), length));
    }
  }

  /**
   * The features of a text.
   *
   * @param text any string, read to its end
   * @return a new array of {@link #length()} numbers, those of the words first, in the order of
   *     their ids; never NaN, infinite only where a count times a weight overflows
   */
  public float[] of(String text) {
    return ofIds(
        vectorization.pieces(text, Integer.MAX_VALUE).stream()
            .mapToInt(piece -> vocabulary.idOf(piece.text())));
  }

  /**
   * The features of a text that an encoder with the same words has cut.
   *
   * @param text its tokens; special ones do not count
   * @return a new array, one number for each feature
   */
  public float[] of(EncodedText text) {
    return ofIds(
        text.positions().stream()
            .filter(token -> !token.special())
            .mapToInt(token -> Math.toIntExact(token.id())));
  }

  private float[] ofIds(IntStream ids) {
    Map<Integer, Integer> counts = new HashMap<>();
    ids.forEach(id -> counts.merge(id, 1, Integer::sum));
    float[] features = new float[weights.length];
    counts.forEach(
        (id, count) ->
            features[id] = mode == OutputMode.MULTI_HOT ? 1 : (float) count * weights[id]);
    return features;
  }

  /**
   * What the features are.
   *
   * @return any mode but {@link OutputMode#INT}
   */
  public OutputMode mode() {
    return mode;
  }

  /**
   * How many features a text has.
   *
   * @return at least the size of the vocabulary
   */
  public int length() {
    return weights.length;
  }
}
