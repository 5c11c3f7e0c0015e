package io.github.attentive.djl.data;

import io.github.attentive.spi.BadRowException;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Lines that end with a line feed, with or without a carriage return; the last may lack it. */
final class Lines implements Closeable {
  private final DecodedText text;
  private final RowText row;
  private long line;

  Lines(DecodedText text, int longest) {
    this.text = text;
    this.row = new RowText(longest);
  }

  /** The next line, or null at the end; one that is too long is read to its end nevertheless. */
  @Nullable String next() throws BadRowException, IOException {
    int character = text.read();
    if (character < 0) {
      return null;
    }
    row.start(++line);
    while (character >= 0 && character != '\n') {
      row.append(character);
      character = text.read();
    }
    return row.finish(true);
  }

  /** The number of the line that was read last. */
  long line() {
    return line;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
