package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Where a function has its word vectors from: it looks them up, or is given them in their place.
 * Knows them once it is written. Not thread-safe.
 */
public final class WordVectors {
  private final boolean given;
  private @Nullable Parameter table;
  private @Nullable Tensor ids;
  private @Nullable Tensor vectors;
  private boolean several;

  private WordVectors(boolean given) {
    this.given = given;
  }

  /**
   * Vectors that are looked up.
   *
   * @return for one function
   */
  public static WordVectors lookedUp() {
    return new WordVectors(false);
  }

  /**
   * Vectors that are an input, {@link ModelFunctions#EMBEDDINGS}.
   *
   * @return for one function
   */
  public static WordVectors given() {
    return new WordVectors(true);
  }

  /**
   * Writes the vectors of words; the same ones where a model asks again.
   *
   * @param function that is written
   * @param rows the embedding, {@code [words, d]}
   * @param tokens row numbers, {@code [batch, length]}
   * @return {@code [batch, length, d]}
   */
  public Tensor of(FunctionBuilder function, Parameter rows, Tensor tokens) {
    if (vectors != null && rows == table && tokens == ids) {
      return vectors;
    }
    several |= vectors != null;
    Shape shape = tokens.shape();
    vectors =
        given && !several
            ? function.input(
                ModelFunctions.EMBEDDINGS,
                ElementType.FLOAT32,
                shape.inserted(shape.rank(), rows.shape().axis(1)).axes().toArray(Axis[]::new))
            : function.embedding(rows, tokens);
    table = rows;
    ids = tokens;
    return vectors;
  }

  /**
   * Says whether the function has one vector for each word.
   *
   * @return false for a model that embeds none, or embeds them in several ways
   */
  public boolean areOne() {
    return vectors != null && !several;
  }

  Tensor vectors() {
    return known(vectors);
  }

  Tensor ids() {
    return known(ids);
  }

  Parameter table() {
    return known(table);
  }

  private <T> T known(@Nullable T value) {
    if (value == null || several) {
      throw new IllegalArgumentException(
          "word vectors: expected a model that embeds words in one way, got "
              + (several ? "several" : "none"));
    }
    return value;
  }
}
