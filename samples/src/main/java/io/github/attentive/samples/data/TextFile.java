package io.github.attentive.samples.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.attentive.Dataset;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LabelledText;
import io.github.attentive.TextInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The texts, pairs and labels of a file, by the ending of its name.
 *
 * <ul>
 *   <li>{@code .txt}: a text a line
 *   <li>{@code .csv}: fields may be quoted; {@code .tsv}: fields are taken as they stand. A header
 *       has {@code text} or {@code sentence}, and may have {@code pair} and {@code label}; without
 *       one, the columns are text and label
 *   <li>{@code .jsonl}: objects with {@code text}, {@code pair}, {@code label}; null or absent
 *       means none
 * </ul>
 *
 * <p>UTF-8, with or without a byte order mark. Rows that are not as they should be are named.
 */
public final class TextFile {
  private record Row(long line, String text, @Nullable String pair, @Nullable String label) {}

  /**
   * A quote has to be closed; that rows are equally long is seen to here, where lines are named.
   */
  private static final CsvReader.CsvReaderBuilder CSV =
      CsvReader.builder()
          .allowUnclosedQuote(false)
          .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
          .missingFieldStrategy(FieldMismatchStrategy.IGNORE);

  private final Path file;
  private final List<Row> rows = new ArrayList<>();

  private TextFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its rows, at least one
   * @throws InvalidInputException if it cannot be read, is of another kind or not UTF-8, has a row
   *     that is not as it should be, or has none
   */
  public static TextFile read(Path file) {
    TextFile result = new TextFile(file);
    String name = file.toString().toLowerCase(Locale.ROOT);
    String content = result.content();
    if (name.endsWith(".txt")) {
      result.readLines(content);
    } else if (name.endsWith(".csv")) {
      result.readCsv(content);
    } else if (name.endsWith(".tsv")) {
      result.readTsv(content);
    } else if (name.endsWith(".jsonl")) {
      result.readJsonLines(content);
    } else {
      throw new InvalidInputException(
          file + ": expected a name ending in .txt, .csv, .tsv or .jsonl");
    }
    if (result.rows.isEmpty()) {
      throw new InvalidInputException(file + ": expected at least one row, got none");
    }
    return result;
  }

  /**
   * The texts.
   *
   * @return in file order
   */
  public List<TextInput> inputs() {
    return rows.stream().map(row -> new TextInput(row.text, row.pair)).toList();
  }

  /**
   * The texts with their labels.
   *
   * @return a data set whose labels are the values in the file
   * @throws InvalidInputException if a row has no label
   */
  public Dataset dataset() {
    List<LabelledText> examples = new ArrayList<>();
    for (Row row : rows) {
      if (row.label == null) {
        throw new InvalidInputException(
            "%s, line %s: expected a label, got none".formatted(file, row.line));
      }
      examples.add(new LabelledText(new TextInput(row.text, row.pair), row.label));
    }
    return Dataset.of(examples);
  }

  private String content() {
    try {
      String content =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return content.startsWith("\uFEFF") ? content.substring(1) : content;
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(file + ": is not UTF-8; convert it", e);
    } catch (IOException e) {
      throw new InvalidInputException(file + ": cannot be read: " + e, e);
    }
  }

  /** Lines end with a line feed, with or without a carriage return; the last may lack it. */
  private static List<String> lines(String content) {
    List<String> lines = new ArrayList<>();
    for (int start = 0; start < content.length(); ) {
      int end = content.indexOf('\n', start);
      end = end < 0 ? content.length() : end;
      int trimmed = end > start && content.charAt(end - 1) == '\r' ? end - 1 : end;
      lines.add(content.substring(start, trimmed));
      start = end + 1;
    }
    return lines;
  }

  private void readLines(String content) {
    List<String> lines = lines(content);
    for (int i = 0; i < lines.size(); i++) {
      rows.add(new Row(i + 1L, lines.get(i), null, null));
    }
  }

  private void readTsv(String content) {
    Columns columns = null;
    List<String> lines = lines(content);
    for (int i = 0; i < lines.size(); i++) {
      columns = readRow(columns, i + 1L, List.of(lines.get(i).split("\t", -1)));
    }
  }

  private void readCsv(String content) {
    Columns columns = null;
    try (CsvReader<CsvRecord> csv = CSV.ofCsvRecord(content)) {
      for (CsvRecord csvRecord : csv) {
        columns = readRow(columns, csvRecord.getStartingLineNumber(), csvRecord.getFields());
      }
    } catch (CsvParseException | IOException e) {
      throw new InvalidInputException(file + ": is not valid CSV: " + e.getMessage(), e);
    }
  }

  /** Where the fields of a row are; -1 for one that there is not. */
  private record Columns(int text, int pair, int label, int width) {
    static Columns of(List<String> first) {
      int text = first.contains("text") ? first.indexOf("text") : first.indexOf("sentence");
      if (text >= 0) {
        return new Columns(text, first.indexOf("pair"), first.indexOf("label"), first.size());
      }
      return new Columns(0, -1, first.size() > 1 ? 1 : -1, first.size());
    }

    boolean isHeader(List<String> fields) {
      return fields.contains("text") || fields.contains("sentence");
    }
  }

  private Columns readRow(@Nullable Columns columns, long line, List<String> fields) {
    Columns known = columns == null ? Columns.of(fields) : columns;
    if (columns == null && known.isHeader(fields)) {
      return known;
    }
    if (fields.size() != known.width) {
      throw new InvalidInputException(
          "%s, line %s: expected %s columns as the first row has, got %s"
              .formatted(file, line, known.width, fields.size()));
    }
    String pair = known.pair < 0 ? "" : fields.get(known.pair);
    rows.add(
        new Row(
            line,
            fields.get(known.text),
            pair.isEmpty() ? null : pair,
            known.label < 0 ? null : fields.get(known.label)));
    return known;
  }

  private void readJsonLines(String content) {
    JsonFactory json = new JsonFactory();
    List<String> lines = lines(content);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      try (JsonParser parser = json.createParser(lines.get(i))) {
        rows.add(readObject(i + 1L, parser));
      } catch (IOException e) {
        throw new InvalidInputException(
            "%s, line %s: is not valid JSON: %s".formatted(file, i + 1, e.getMessage()), e);
      }
    }
  }

  private Row readObject(long line, JsonParser parser) throws IOException {
    String text = null;
    String pair = null;
    String label = null;
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw notAnObject(line);
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "text" -> text = scalar(line, field, value, parser);
        case "pair" -> pair = scalar(line, field, value, parser);
        case "label" -> label = scalar(line, field, value, parser);
        default -> parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      throw notAnObject(line);
    }
    if (text == null) {
      throw new InvalidInputException(
          "%s, line %s: expected a field text, got none".formatted(file, line));
    }
    return new Row(line, text, pair, label);
  }

  private InvalidInputException notAnObject(long line) {
    return new InvalidInputException("%s, line %s: expected one JSON object".formatted(file, line));
  }

  private @Nullable String scalar(long line, String field, JsonToken value, JsonParser parser)
      throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    boolean number = value == JsonToken.VALUE_NUMBER_INT && field.equals("label");
    if (value != JsonToken.VALUE_STRING && !number) {
      throw new InvalidInputException(
          "%s, line %s: field %s: expected a string, got %s".formatted(file, line, field, value));
    }
    return parser.getText();
  }
}
