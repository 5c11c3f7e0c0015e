package io.github.attentive.djl.data;

import io.github.attentive.DatasetRow;
import io.github.attentive.TextInput;
import io.github.attentive.spi.BadRowException;
import io.github.attentive.spi.DatasetReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A text a line, empty ones included. */
final class TextLines implements DatasetReader {
  private final Lines lines;

  TextLines(Lines lines) {
    this.lines = lines;
  }

  @Override
  public @Nullable DatasetRow next() throws BadRowException, IOException {
    String text = lines.next();
    return text == null ? null : new DatasetRow(lines.line(), TextInput.of(text), null);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
