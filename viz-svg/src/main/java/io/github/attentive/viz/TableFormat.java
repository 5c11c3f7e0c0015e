package io.github.attentive.viz;

/** How tables are written. */
public enum TableFormat {
  /** {@code <table>} elements, for readers that cannot see the figure, and for mail. */
  HTML,
  /** Tables as GitHub reads them. */
  MARKDOWN
}
