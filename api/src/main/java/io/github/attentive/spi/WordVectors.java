package io.github.attentive.spi;

import io.github.attentive.InvalidInputException;

/**
 * The word vectors of a text and of its baseline.
 *
 * @param size numbers in a vector
 * @param text {@code [positions * size]} row-major; not copied
 * @param baseline as {@code text}
 */
public record WordVectors(int size, float[] text, float[] baseline) {
  /**
   * Creates the vectors.
   *
   * @param size as above
   * @param text as above
   * @param baseline as above
   * @throws InvalidInputException if the arrays are not of one length, whole vectors long
   */
  public WordVectors {
    if (size < 1 || text.length != baseline.length || text.length % size != 0) {
      throw new InvalidInputException(
          "word vectors of %s numbers: expected two arrays of whole vectors, got %s and %s numbers"
              .formatted(size, text.length, baseline.length));
    }
  }
}
