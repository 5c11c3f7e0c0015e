package io.github.attentive.djl.data;

import io.github.attentive.spi.BadRowException;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of fields. */
interface FieldRows extends Closeable {
  /** The next row, or null at the end. */
  @Nullable List<String> next() throws BadRowException, IOException;

  /** Where the row that was read last starts. */
  long line();
}
