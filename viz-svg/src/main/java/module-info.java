/** Attention as SVG: figures from plain Java, without AWT, equal bytes for equal input. */
module io.github.attentive.viz {
  requires transitive io.github.attentive.api;
  requires java.xml;
  requires static org.jspecify;

  exports io.github.attentive.viz;
}
