package io.github.attentive.djl.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import io.github.attentive.DatasetFile;
import io.github.attentive.InvalidInputException;
import io.github.attentive.spi.BadRowException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of CSV. Here is seen where a record ends, so that one that is too long takes no
 * memory and a bad one does not end the reading; what its fields are is FastCSV's say.
 */
final class CsvRecords implements FieldRows {
  private static final char QUOTE = '"';

  /** Where in a record a character stands, as far as quotes matter. */
  private enum Place {
    FIELD_START,
    UNQUOTED,
    QUOTED,
    /** Behind a quote in a quoted field: its end, or the first of two that mean one. */
    QUOTE_READ
  }

  private final DatasetFile file;
  private final DecodedText text;
  private final RowText row;
  private final CsvReader.CsvReaderBuilder parser;

  /** Where the record starts that was read last. */
  private long start;

  /** The line of the next character. */
  private long line = 1;

  CsvRecords(DatasetFile file, DecodedText text) {
    this.file = file;
    this.text = text;
    this.row = new RowText(file.longestRow());
    this.parser = CsvReader.builder().fieldSeparator(file.delimiter()).skipEmptyLines(false);
  }

  @Override
  public @Nullable List<String> next() throws BadRowException, IOException {
    do {
      if (text.peek() < 0) {
        return null;
      }
      start = line;
      row.start(start);
      readRecord();
    } while (row.isEmpty());
    return fields(row.finish(false));
  }

  /** Reads past the end of the record, which is the end of its line outside quotes. */
  private void readRecord() throws IOException {
    Place place = Place.FIELD_START;
    while (true) {
      int character = text.read();
      if (character < 0) {
        if (place == Place.QUOTED) {
          throw new InvalidInputException(
              "%s, line %s: is not valid CSV: a quote that opens in this row is never closed"
                  .formatted(file.path(), start));
        }
        return;
      }
      boolean lineEnd = character == '\n' || (character == '\r' && text.peek() != '\n');
      line += lineEnd ? 1 : 0;
      if (place != Place.QUOTED) {
        if (lineEnd) {
          return;
        }
        if (character == '\r') {
          continue;
        }
      }
      row.append(character);
      place = next(place, character);
    }
  }

  private Place next(Place place, int character) {
    if (place == Place.QUOTED) {
      return character == QUOTE ? Place.QUOTE_READ : Place.QUOTED;
    }
    if (character == file.delimiter()) {
      return Place.FIELD_START;
    }
    boolean opens = place == Place.FIELD_START || place == Place.QUOTE_READ;
    return character == QUOTE && opens ? Place.QUOTED : Place.UNQUOTED;
  }

  private List<String> fields(String csv) throws BadRowException {
    CsvRecordHandler handler =
        CsvRecordHandler.builder()
            .maxFieldSize(file.longestRow())
            .maxRecordSize(file.longestRow())
            .build();
    try {
      return parser.ofSingleCsvRecord(handler, csv).getFields();
    } catch (CsvParseException e) {
      throw new BadRowException(start, "is not valid CSV: " + reason(e), e);
    }
  }

  /** Without the line, which FastCSV counts from the start of the record. */
  private static String reason(CsvParseException e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage())
        .replaceAll(" (\\(|in )?record starting at line \\d+\\)?", "");
  }

  @Override
  public long line() {
    return start;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
