package io.github.attentive.viz;

import io.github.attentive.InvalidInputException;
import java.util.List;
import java.util.Objects;

/**
 * Numbers of a figure with the names of their rows and columns. Immutable; values are finite, or
 * NaN for none.
 */
public final class DataTable {
  private final String name;
  private final String rowTitle;
  private final String columnTitle;
  private final List<String> rows;
  private final List<String> columns;
  private final Matrix values;

  DataTable(
      String name,
      String rowTitle,
      String columnTitle,
      List<String> rows,
      List<String> columns,
      Matrix values) {
    this.name = Objects.requireNonNull(name, "name");
    this.rowTitle = Objects.requireNonNull(rowTitle, "rowTitle");
    this.columnTitle = Objects.requireNonNull(columnTitle, "columnTitle");
    this.rows = List.copyOf(rows);
    this.columns = List.copyOf(columns);
    this.values = values;
    if (rows.size() != values.rows() || columns.size() != values.columns()) {
      throw new InvalidInputException(
          "table '%s': expected a name for each of %s rows and %s columns, got %s and %s"
              .formatted(name, values.rows(), values.columns(), rows.size(), columns.size()));
    }
  }

  /** A table of a number for each row. */
  static DataTable ofColumn(
      String name, String rowTitle, List<String> rows, String column, double[] values) {
    return new DataTable(
        name,
        rowTitle,
        "",
        rows,
        List.of(column),
        Matrix.of(values.length, 1, (row, only) -> values[row]));
  }

  /**
   * What it holds.
   *
   * @return for instance {@code Attention Weight}
   */
  public String name() {
    return name;
  }

  /**
   * What the rows are.
   *
   * @return for instance {@code Query}
   */
  public String rowTitle() {
    return rowTitle;
  }

  /**
   * What the columns are.
   *
   * @return for instance {@code Key}; empty where each column is another quantity
   */
  public String columnTitle() {
    return columnTitle;
  }

  /**
   * The names of the rows, as the caller gave them.
   *
   * @return an unmodifiable list
   */
  public List<String> rows() {
    return rows;
  }

  /**
   * The names of the columns, as the caller gave them.
   *
   * @return an unmodifiable list
   */
  public List<String> columns() {
    return columns;
  }

  /**
   * One number.
   *
   * @param row counted from 0
   * @param column counted from 0
   * @return the value, or NaN if there is none
   * @throws IndexOutOfBoundsException if there is no such row or column
   */
  public double at(int row, int column) {
    Objects.checkIndex(row, rows.size());
    Objects.checkIndex(column, columns.size());
    return values.at(row, column);
  }

  /**
   * All numbers, for instance for {@link Heatmap#of(double[][])}.
   *
   * @return a new array {@code [rows][columns]}
   */
  public double[][] toArray() {
    double[][] array = new double[rows.size()][columns.size()];
    for (int row = 0; row < array.length; row++) {
      for (int column = 0; column < array[row].length; column++) {
        array[row][column] = values.at(row, column);
      }
    }
    return array;
  }

  Matrix values() {
    return values;
  }

  /** Equal names and bit-equal numbers. */
  @Override
  public boolean equals(Object other) {
    return other instanceof DataTable that
        && name.equals(that.name)
        && rowTitle.equals(that.rowTitle)
        && columnTitle.equals(that.columnTitle)
        && rows.equals(that.rows)
        && columns.equals(that.columns)
        && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, rows, columns, values);
  }

  @Override
  public String toString() {
    return "DataTable[%s, %s x %s]".formatted(name, rows.size(), columns.size());
  }
}
