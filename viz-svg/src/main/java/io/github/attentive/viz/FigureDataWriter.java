package io.github.attentive.viz;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes {@link FigureData} as JSON on one line, in which nothing is markup to XML. */
final class FigureDataWriter {
  /** The key that says what the JSON is, and in which version. */
  static final String VERSION_KEY = "attentive";

  static final int VERSION = 1;

  /**
   * The most characters of data in a file: some 6,000 numbers. A figure of a large matrix is a
   * fraction of the matrix in size, and its data must not undo that.
   */
  static final int LIMIT = 65_536;

  private final StringBuilder out = new StringBuilder();

  private FigureDataWriter() {}

  /**
   * Writes the data, without the numbers of tables that are too large, or nothing if texts alone
   * are.
   *
   * @return the JSON, or an empty string
   */
  static String write(FigureData data) {
    String whole = new FigureDataWriter().write(data, true);
    if (whole.length() <= LIMIT) {
      return whole;
    }
    String names = new FigureDataWriter().write(data, false);
    return names.length() <= LIMIT ? names : "";
  }

  /** Stops within a table once it is longer than the limit. */
  private String write(FigureData data, boolean withNumbers) {
    out.append("{\"" + VERSION_KEY + "\":").append(VERSION);
    key("view").text(data.view());
    key("title").text(data.title());
    key("facts");
    out.append('{');
    Iterator<Map.Entry<String, String>> facts = data.facts().entrySet().iterator();
    while (facts.hasNext()) {
      Map.Entry<String, String> fact = facts.next();
      text(fact.getKey());
      out.append(':');
      text(fact.getValue());
      out.append(facts.hasNext() ? "," : "");
    }
    out.append('}');
    key("notes").texts(data.notes());
    key("tables");
    out.append('[');
    for (int i = 0; i < data.tables().size(); i++) {
      out.append(i == 0 ? "" : ",");
      table(data.tables().get(i), withNumbers);
    }
    return out.append("]}").toString();
  }

  private void table(DataTable table, boolean withNumbers) {
    out.append("{\"name\":");
    text(table.name());
    key("rowTitle").text(table.rowTitle());
    key("columnTitle").text(table.columnTitle());
    if (!withNumbers) {
      key("omitted");
      out.append('[').append(table.rows().size());
      out.append(',').append(table.columns().size()).append("]}");
      return;
    }
    key("rows").texts(table.rows());
    key("columns").texts(table.columns());
    Matrix values = table.values();
    boolean single = values.isSinglePrecision();
    key("type").text(single ? "float32" : "float64");
    key("values");
    out.append('[');
    for (int i = 0; i < values.size() && out.length() <= LIMIT; i++) {
      out.append(i % values.columns() == 0 ? (i == 0 ? "[" : "],[") : ",");
      double value = values.at(i);
      out.append(Double.isNaN(value) ? "null" : Decimals.shortest(value, single));
    }
    out.append("]]}");
  }

  private FigureDataWriter key(String key) {
    out.append(",\"").append(key).append("\":");
    return this;
  }

  private void texts(List<String> texts) {
    out.append('[');
    for (int i = 0; i < texts.size(); i++) {
      out.append(i == 0 ? "" : ",");
      text(texts.get(i));
    }
    out.append(']');
  }

  /** Escapes what JSON asks for, and what XML takes for markup, would not hold or would change. */
  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean half = Character.isSurrogate(c);
      if (half && Character.isSurrogatePair(c, i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
        out.append(c).append(text.charAt(++i));
      } else if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || "<>&".indexOf(c) >= 0 || XmlText.isRefused(c)) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(Character.forDigit(c >> shift & 0xF, 16));
        }
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
