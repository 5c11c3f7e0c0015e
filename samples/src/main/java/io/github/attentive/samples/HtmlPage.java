package io.github.attentive.samples;

import io.github.attentive.viz.Svg;

/**
 * A page of text and inlined figures: no script, nothing fetched. Not thread-safe; texts are
 * escaped.
 */
public final class HtmlPage {
  private final StringBuilder html = new StringBuilder();
  private int figures;

  /**
   * Starts a page.
   *
   * @param title its title and first heading
   */
  public HtmlPage(String title) {
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.append("<title>").append(escape(title)).append("</title>\n");
    html.append(
        """
        <style>
        :root { color-scheme: light dark; }
        body { font-family: Verdana, "DejaVu Sans", sans-serif; margin: 2rem; line-height: 1.5; }
        main { display: flex; flex-wrap: wrap; gap: 2rem; align-items: flex-start; }
        section { flex: 1 1 20rem; min-width: 0; }
        h1 { font-size: 1.4rem; }
        h2 { font-size: 1.1rem; overflow-wrap: anywhere; }
        svg { max-width: 100%; height: auto; display: block; margin: 1rem 0; }
        </style>
        </head>
        <body>
        """);
    html.append("<h1>").append(escape(title)).append("</h1>\n<main>\n");
  }

  /**
   * Starts a column.
   *
   * @param heading its heading
   */
  public void section(String heading) {
    html.append("<section>\n<h2>").append(escape(heading)).append("</h2>\n");
  }

  /** Ends a column. */
  public void endSection() {
    html.append("</section>\n");
  }

  /**
   * Adds a paragraph.
   *
   * @param text plain text
   */
  public void paragraph(String text) {
    html.append("<p>").append(escape(text)).append("</p>\n");
  }

  /**
   * Adds a figure.
   *
   * @param figure the figure; its ids are made unique on the page
   */
  public void figure(Svg figure) {
    figures++;
    html.append(figure.withIdSuffix("f" + figures)).append('\n');
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(shown(c));
              }
            });
    return escaped.toString();
  }

  /** Control characters and lone surrogates have no place in a page; a reader should see them. */
  private static int shown(int codePoint) {
    boolean unshowable =
        (codePoint < ' ' && codePoint != '\t' && codePoint != '\n')
            || (codePoint >= 0x7f && codePoint < 0xa0)
            || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    return unshowable ? 0xfffd : codePoint;
  }

  /** The whole page. */
  @Override
  public String toString() {
    return html + "</main>\n</body>\n</html>\n";
  }
}
