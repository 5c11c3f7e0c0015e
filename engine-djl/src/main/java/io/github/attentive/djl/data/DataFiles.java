package io.github.attentive.djl.data;

import io.github.attentive.DatasetFile;
import io.github.attentive.spi.DatasetReader;
import io.github.attentive.spi.DatasetReaderProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

/** Opens files of every format. */
public final class DataFiles implements DatasetReaderProvider {

  /** For the service loader. */
  public DataFiles() {}

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public DatasetReader open(DatasetFile file, boolean labelled) throws IOException {
    InputStream stream = Files.newInputStream(file.path());
    try {
      DecodedText text = new DecodedText(file.path(), file.charset(), stream);
      return switch (file.format()) {
        case TEXT -> new TextLines(new Lines(text, file.longestRow()));
        case CSV -> new Table(file, labelled, new CsvRecords(file, text));
        case TSV -> new Table(file, labelled, new TabbedLines(new Lines(text, file.longestRow())));
        case JSON_LINES -> new JsonLines(file, new Lines(text, file.longestRow()));
      };
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }
}
