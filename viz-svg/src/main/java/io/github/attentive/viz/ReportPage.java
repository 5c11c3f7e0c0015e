package io.github.attentive.viz;

import io.github.attentive.ModelInfo;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a {@link Report} as an HTML page. */
final class ReportPage {
  /** More numbers than this nobody reads; the SVG file may hold them. */
  private static final int MOST_CELLS = 1_200;

  private static final String STYLE =
      """
      body{font-family:Verdana,"DejaVu Sans",sans-serif;margin:2rem;line-height:1.5}
      main{display:flex;flex-wrap:wrap;gap:2rem;align-items:flex-start}
      section{flex:1 1 24rem;min-width:0}
      h1{font-size:1.4rem}
      h2{font-size:1.1rem;overflow-wrap:anywhere;white-space:pre-wrap}
      figure{margin:1rem 0}
      svg{max-width:100%;height:auto;display:block}
      details{font-size:.85rem;margin:.5rem 0;overflow-x:auto}
      table{border-collapse:collapse;margin:.5rem 0}
      caption,th{text-align:left}
      th,td{border:1px solid #8b949e;padding:.1rem .5rem}
      td{text-align:right}
      dl{display:grid;grid-template-columns:max-content auto;gap:.2rem 1rem}
      dd{margin:0;overflow-wrap:anywhere}
      @media print{body{margin:0}figure{break-inside:avoid}}
      """;

  private static final String LIGHT =
      ":root{color-scheme:light}body{background:#fff;color:#1f2328}";
  private static final String DARK =
      ":root{color-scheme:dark}body{background:#0d1117;color:#e6edf3}";

  private final Report report;
  private final StringBuilder html = new StringBuilder();
  private int figures;

  ReportPage(Report report) {
    this.report = report;
  }

  String write() {
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
    html.append("style-src 'unsafe-inline'; img-src data:\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    element("title", report.title());
    html.append("<style>\n").append(STYLE).append(themeStyle()).append("\n</style>\n");
    html.append("</head>\n<body>\n");
    element("h1", report.title());
    html.append("<main>\n");
    for (Report.Section section : report.sections()) {
      html.append("<section>\n");
      element("h2", section.heading());
      for (Report.Block block : section.blocks()) {
        if (block instanceof Report.Drawing drawing) {
          figure(drawing.figure());
        } else if (block instanceof Report.Paragraph paragraph) {
          element("p", paragraph.text());
        }
      }
      html.append("</section>\n");
    }
    html.append("</main>\n");
    ModelInfo model = report.model();
    if (model != null) {
      describe(model);
    }
    return html.append("</body>\n</html>\n").toString();
  }

  private String themeStyle() {
    return switch (report.theme()) {
      case LIGHT -> LIGHT;
      case DARK -> DARK + "\n@media print{" + LIGHT + "}";
      case AUTO -> LIGHT + "\n@media screen and (prefers-color-scheme:dark){" + DARK + "}";
    };
  }

  private void figure(Svg figure) {
    figures++;
    html.append("<figure>\n").append(figure.withIdSuffix("f" + figures));
    int cells = figure.data().tables().stream().mapToInt(table -> table.values().size()).sum();
    if (cells <= MOST_CELLS) {
      html.append("<details><summary>Numbers</summary>\n");
      html.append(figure.asTable()).append("</details>\n");
    }
    html.append("</figure>\n");
  }

  private void describe(ModelInfo model) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("Engine", model.engine());
    lines.put("Family", model.family());
    lines.put(
        "Attention",
        model.hasAttention() ? model.layers() + " layers, " + model.heads() + " heads" : "none");
    lines.put("Longest text", model.maxLength() + " tokens");
    lines.put("Labels", String.join(", ", model.labels()));
    html.append("<footer>\n");
    element("h2", "Model");
    html.append("<dl>\n");
    lines.forEach(
        (name, value) -> {
          element("dt", name);
          element("dd", value);
        });
    html.append("</dl>\n</footer>\n");
  }

  private void element(String name, String text) {
    html.append('<').append(name).append('>');
    XmlText.escape(text, html);
    html.append("</").append(name).append(">\n");
  }
}
