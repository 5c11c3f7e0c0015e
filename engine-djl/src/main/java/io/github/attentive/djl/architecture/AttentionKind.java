package io.github.attentive.djl.architecture;

import io.github.attentive.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the attention of a model has queries and keys. Immutable. */
public final class AttentionKind {
  private final float[] scales;
  private final @Nullable String otherwise;
  private final String remedy;

  private AttentionKind(float[] scales, @Nullable String otherwise, String remedy) {
    this.scales = scales;
    this.otherwise = otherwise;
    this.remedy = remedy;
  }

  /**
   * Attention by dot products of queries and keys, which {@link ModelFunctions#INSPECT} gives.
   *
   * @param scales the factor of the products in each layer
   * @return the kind
   */
  public static AttentionKind dotProducts(List<Double> scales) {
    float[] values = new float[scales.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = scales.get(i).floatValue();
    }
    return new AttentionKind(values, null, "");
  }

  /**
   * Attention of another kind.
   *
   * @param description what it is
   * @return the kind
   */
  public static AttentionKind without(String description) {
    return new AttentionKind(new float[0], description, "");
  }

  /**
   * Attention whose queries and keys are out of reach.
   *
   * @param description what it is
   * @param remedy what to do to get them, as an imperative
   * @return the kind
   */
  public static AttentionKind without(String description, String remedy) {
    return new AttentionKind(new float[0], description, remedy + ", or ");
  }

  /**
   * Says whether queries and keys can be given.
   *
   * @return true for dot products
   */
  public boolean hasQueriesAndKeys() {
    return otherwise == null;
  }

  /**
   * The factors of the dot products.
   *
   * @return a copy, one for each layer
   * @throws InvalidInputException if the attention has no queries and keys that could be given
   */
  public float[] scales() {
    if (otherwise != null) {
      throw new InvalidInputException(
          "queries and keys: expected a model whose attention compares queries with keys by dot"
              + " products, got %s; %sexplain without ExplainOptions.queriesAndKeys"
                  .formatted(otherwise, remedy));
    }
    return Arrays.copyOf(scales, scales.length);
  }
}
