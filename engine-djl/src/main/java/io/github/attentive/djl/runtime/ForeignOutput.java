package io.github.attentive.djl.runtime;

import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * A tensor that a foreign model gave.
 *
 * @param name what the model calls it, or empty
 * @param floating false if its numbers are no floats
 * @param array its shape, and its numbers if they are floats and were asked for
 */
public record ForeignOutput(String name, boolean floating, HostArray.Floats array) {
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final int DIGITS = 9;

  /** The order of names in which {@code layer_9} comes before {@code layer_10}. */
  public static final Comparator<String> ORDER_OF_NAMES =
      Comparator.comparing(ForeignOutput::withNumbersOfOneWidth);

  private static String withNumbersOfOneWidth(String name) {
    return NUMBER
        .matcher(name)
        .replaceAll(
            number -> "0".repeat(Math.max(0, DIGITS - number.group().length())) + number.group());
  }

  /**
   * The sizes of the axes.
   *
   * @return outermost first; not a copy
   */
  public long[] shape() {
    return array.shape();
  }

  /**
   * The numbers.
   *
   * @return row-major, empty unless they are floats and were asked for; not a copy
   */
  public float[] values() {
    return array.values();
  }

  /**
   * The size of an axis.
   *
   * @param axis counted from 0
   * @return its size; 0 if there is no such axis
   */
  public int size(int axis) {
    return axis < shape().length ? Math.toIntExact(shape()[axis]) : 0;
  }

  @Override
  public String toString() {
    return (name.isEmpty() ? "" : "'" + name + "' ")
        + Arrays.toString(shape())
        + (floating ? "" : " of other numbers than floats");
  }
}
