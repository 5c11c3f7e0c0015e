/**
 * Text classification that shows what the model looked at: the interfaces a host uses, the contract
 * a provider implements, and the explanation arithmetic on plain arrays.
 */
module io.github.attentive.api {
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.github.attentive;
  exports io.github.attentive.explain;
  exports io.github.attentive.spi;
  exports io.github.attentive.testing;

  uses io.github.attentive.spi.DatasetReaderProvider;
  uses io.github.attentive.spi.EngineProvider;
}
