package io.github.attentive.viz;

import java.util.List;
import java.util.stream.Collectors;

/** Writes {@link DataTable}s for readers, numbers as in the tooltips of figures. */
final class TableWriter {
  private TableWriter() {}

  static String write(List<DataTable> tables, TableFormat format) {
    return tables.stream()
        .map(table -> format == TableFormat.HTML ? html(table) : markdown(table))
        .collect(Collectors.joining("\n"));
  }

  private static String html(DataTable table) {
    StringBuilder out = new StringBuilder("<table>\n<caption>");
    XmlText.escape(caption(table), out);
    out.append("</caption>\n<thead><tr><th scope=\"col\">");
    XmlText.escape(table.rowTitle(), out);
    out.append("</th>");
    for (String column : table.columns()) {
      out.append("<th scope=\"col\">");
      XmlText.escape(column, out);
      out.append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (int row = 0; row < table.rows().size(); row++) {
      out.append("<tr><th scope=\"row\">");
      XmlText.escape(table.rows().get(row), out);
      out.append("</th>");
      for (int column = 0; column < table.columns().size(); column++) {
        out.append("<td>").append(number(table, row, column)).append("</td>");
      }
      out.append("</tr>\n");
    }
    return out.append("</tbody>\n</table>\n").toString();
  }

  private static String markdown(DataTable table) {
    StringBuilder out = new StringBuilder();
    out.append(cell(caption(table))).append("\n\n| ").append(cell(table.rowTitle())).append(" |");
    table.columns().forEach(column -> out.append(' ').append(cell(column)).append(" |"));
    out.append("\n| --- |").append(" ---: |".repeat(table.columns().size())).append('\n');
    for (int row = 0; row < table.rows().size(); row++) {
      out.append("| ").append(cell(table.rows().get(row))).append(" |");
      for (int column = 0; column < table.columns().size(); column++) {
        out.append(' ').append(number(table, row, column)).append(" |");
      }
      out.append('\n');
    }
    return out.toString();
  }

  private static String caption(DataTable table) {
    return table.columnTitle().isEmpty()
        ? table.name()
        : "%s: rows %s, columns %s".formatted(table.name(), table.rowTitle(), table.columnTitle());
  }

  private static String number(DataTable table, int row, int column) {
    double value = table.at(row, column);
    return Double.isNaN(value) ? "" : Decimals.significant(value);
  }

  /** Text that stays text: HTML is escaped, and what Markdown would read as markup, too. */
  private static String cell(String text) {
    StringBuilder out = new StringBuilder();
    String line = XmlText.clean(text).replaceAll("[\n\r\t]", " ");
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '<' || c == '>' || c == '&') {
        XmlText.escape(String.valueOf(c), out);
      } else {
        out.append("\\`*_{}[]()#+-.!|~".indexOf(c) >= 0 ? "\\" : "").append(c);
      }
    }
    return out.toString();
  }
}
