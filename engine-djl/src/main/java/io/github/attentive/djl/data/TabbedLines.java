package io.github.attentive.djl.data;

import io.github.attentive.spi.BadRowException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields between tabs, taken as they stand. */
final class TabbedLines implements FieldRows {
  private final Lines lines;

  TabbedLines(Lines lines) {
    this.lines = lines;
  }

  @Override
  public @Nullable List<String> next() throws BadRowException, IOException {
    String line = lines.next();
    return line == null ? null : List.of(line.split("\t", -1));
  }

  @Override
  public long line() {
    return lines.line();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
