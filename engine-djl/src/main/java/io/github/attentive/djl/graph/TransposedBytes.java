package io.github.attentive.djl.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** The bytes of a matrix of floats, column by column. */
final class TransposedBytes implements ParameterBytes {
  /** Rows and columns of a square that stays in the processor's cache while it is turned. */
  private static final int BLOCK = 64;

  private final Parameter matrix;

  TransposedBytes(Parameter matrix) {
    this.matrix = matrix;
  }

  @Override
  public ByteBuffer view() {
    int rows = Math.toIntExact(matrix.shape().axis(0).size());
    int columns = Math.toIntExact(matrix.shape().axis(1).size());
    ByteBuffer turned =
        ByteBuffer.allocate(Math.toIntExact(matrix.byteCount())).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer from = matrix.bytes().asFloatBuffer();
    FloatBuffer to = turned.asFloatBuffer();
    for (int top = 0; top < rows; top += BLOCK) {
      for (int left = 0; left < columns; left += BLOCK) {
        for (int row = top; row < Math.min(top + BLOCK, rows); row++) {
          for (int column = left; column < Math.min(left + BLOCK, columns); column++) {
            to.put(column * rows + row, from.get(row * columns + column));
          }
        }
      }
    }
    return turned;
  }
}
