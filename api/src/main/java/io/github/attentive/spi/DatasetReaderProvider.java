package io.github.attentive.spi;

import io.github.attentive.DatasetFile;
import java.io.IOException;

/**
 * What reads files of texts and labels, found through {@link java.util.ServiceLoader}. Thread-safe.
 */
public interface DatasetReaderProvider {

  /**
   * The version of this contract. A provider returns the constant from {@link #spiVersion()}; the
   * compiler copies its value into the provider's class, so that one built for another version is
   * recognised.
   */
  int SPI_VERSION = 1;

  /**
   * The contract this provider was built for.
   *
   * @return {@link #SPI_VERSION}
   */
  int spiVersion();

  /**
   * Opens a file.
   *
   * @param file an existing file of any of the formats, and how to read it
   * @param labelled true if every row needs a label, so that a file without a column of them is
   *     refused at once, with the likely reason
   * @return its rows; the caller closes them
   * @throws io.github.attentive.InvalidInputException if the file is not as it should be
   * @throws IOException if it cannot be read
   */
  DatasetReader open(DatasetFile file, boolean labelled) throws IOException;
}
