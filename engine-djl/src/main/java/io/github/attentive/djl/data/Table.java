package io.github.attentive.djl.data;

import io.github.attentive.DatasetFile;
import io.github.attentive.DatasetFile.Header;
import io.github.attentive.DatasetRow;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import io.github.attentive.spi.BadRowException;
import io.github.attentive.spi.DatasetReader;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of fields, of which some are text, pair and label; all are as long as the first. */
final class Table implements DatasetReader {
  private final DatasetFile file;
  private final boolean labelled;
  private final FieldRows rows;
  private @Nullable Columns columns;

  Table(DatasetFile file, boolean labelled, FieldRows rows) {
    this.file = file;
    this.labelled = labelled;
    this.rows = rows;
  }

  @Override
  public @Nullable DatasetRow next() throws BadRowException, IOException {
    List<String> fields = columns == null ? first() : rows.next();
    return fields == null ? null : row(columns == null ? start(fields) : columns, fields);
  }

  /** The first row that is not the header; the header says where things are. */
  private @Nullable List<String> first() throws BadRowException, IOException {
    List<String> first;
    try {
      first = rows.next();
    } catch (BadRowException e) {
      if (file.header() == Header.PRESENT) {
        throw new InvalidInputException(
            "%s, line %s: the header cannot be read: %s"
                .formatted(file.path(), e.line(), e.getMessage()),
            e);
      }
      throw e;
    }
    if (first != null) {
      columns = Columns.named(file, rows.line(), first);
    }
    return columns == null ? first : rows.next();
  }

  private Columns start(List<String> first) {
    columns = Columns.unnamed(first);
    return columns;
  }

  private DatasetRow row(Columns known, List<String> fields) throws BadRowException {
    if (fields.size() != known.width()) {
      throw new BadRowException(
          rows.line(),
          "expected %s columns as the first row has, got %s"
              .formatted(known.width(), fields.size()));
    }
    if (labelled && known.label() < 0) {
      throw new InvalidInputException(
          "%s, line %s: expected a label, got none%s"
              .formatted(file.path(), rows.line(), Delimiters.guess(file, fields)));
    }
    String pair = known.pair() < 0 ? "" : fields.get(known.pair());
    return new DatasetRow(
        rows.line(),
        new TextInput(fields.get(known.text()), pair.isEmpty() ? null : pair),
        known.label() < 0 ? null : fields.get(known.label()));
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
