package io.github.attentive.djl.runtime;

import java.util.Arrays;
import java.util.List;

/**
 * Numbers, or texts, on their way into or out of an engine: plain Java arrays with a shape,
 * row-major.
 */
public sealed interface HostArray {

  /**
   * The sizes of the axes.
   *
   * @return outermost first; not a copy
   */
  long[] shape();

  /**
   * Floats.
   *
   * @param shape sizes of the axes
   * @param values row-major; not copied
   */
  record Floats(long[] shape, float[] values) implements HostArray {
    @Override
    public String toString() {
      return "Floats" + Arrays.toString(shape);
    }
  }

  /**
   * Integers.
   *
   * @param shape sizes of the axes
   * @param values row-major; not copied
   */
  record Longs(long[] shape, long[] values) implements HostArray {

    /**
     * Rows of equal length as one array.
     *
     * @param rows at least one
     * @return {@code [rows, length]}
     */
    public static Longs ofRows(List<long[]> rows) {
      int length = rows.get(0).length;
      long[] all = new long[Math.multiplyExact(rows.size(), length)];
      for (int i = 0; i < rows.size(); i++) {
        System.arraycopy(rows.get(i), 0, all, i * length, length);
      }
      return new Longs(new long[] {rows.size(), length}, all);
    }

    @Override
    public String toString() {
      return "Longs" + Arrays.toString(shape);
    }
  }

  /**
   * Texts.
   *
   * @param shape sizes of the axes
   * @param values row-major
   */
  record Texts(long[] shape, List<String> values) implements HostArray {

    /**
     * Copies the list.
     *
     * @param shape as above
     * @param values as above
     */
    public Texts {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return "Texts" + Arrays.toString(shape);
    }
  }
}
