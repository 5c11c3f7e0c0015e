package io.github.attentive.viz;

/** Makes any string safe to stand in a document: what is not allowed, and what is markup. */
final class XmlText {
  /** Stands for a character that a document cannot or must not hold. */
  static final char REPLACEMENT = '\uFFFD';

  private XmlText() {}

  /**
   * Replaces each character that is refused by U+FFFD: what XML 1.0 does not allow, half a
   * surrogate pair, the C1 controls, and the controls that reorder text beyond their own token.
   *
   * @return the text itself if it has none
   */
  static String clean(String text) {
    if (text.codePoints().noneMatch(XmlText::isRefused)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            codePoint -> clean.appendCodePoint(isRefused(codePoint) ? REPLACEMENT : codePoint));
    return clean.toString();
  }

  /** How many characters {@link #clean} replaces. */
  static long countRefused(String text) {
    return text.codePoints().filter(XmlText::isRefused).count();
  }

  /**
   * Writes text between tags or into a quoted attribute value. One way of escaping serves both: it
   * is the stricter one, and it keeps the white space that parsers normalise in either.
   */
  static void escape(String text, StringBuilder out) {
    String clean = clean(text);
    for (int i = 0; i < clean.length(); i++) {
      char c = clean.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case '\t' -> out.append("&#9;");
        case '\n' -> out.append("&#10;");
        case '\r' -> out.append("&#13;");
        default -> out.append(c);
      }
    }
  }

  /** Says whether {@link #clean} replaces a character. */
  static boolean isRefused(int codePoint) {
    return codePoint < 0x20 && codePoint != '\t' && codePoint != '\n' && codePoint != '\r'
        || codePoint >= 0x7F && codePoint <= 0x9F
        || codePoint >= 0xD800 && codePoint <= 0xDFFF
        || codePoint >= 0x202A && codePoint <= 0x202E
        || codePoint >= 0x2066 && codePoint <= 0x2069
        || codePoint == 0xFFFE
        || codePoint == 0xFFFF;
  }
}
