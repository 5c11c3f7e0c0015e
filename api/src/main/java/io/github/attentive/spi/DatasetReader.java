package io.github.attentive.spi;

import io.github.attentive.DatasetRow;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file, row by row, in memory that does not depend on its size. Not thread-safe.
 *
 * <p>Labels are given as they stand in the file; their names, the demand for labels and the choice
 * between refusing and skipping bad rows are seen to by the API.
 */
public interface DatasetReader extends Closeable {

  /**
   * Reads a row.
   *
   * @return the row, or null at the end
   * @throws BadRowException if the row is not as it should be; the next call reads the one after it
   * @throws io.github.attentive.InvalidInputException if the file is not as it should be, and no
   *     more can be read of it
   * @throws IOException if the file cannot be read
   */
  @Nullable DatasetRow next() throws BadRowException, IOException;
}
