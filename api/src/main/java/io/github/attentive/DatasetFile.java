package io.github.attentive;

import io.github.attentive.internal.DatasetReaders;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of texts, pairs and labels, and how it is to be read. Immutable; each call reads the file
 * anew.
 *
 * <pre>{@code
 * Dataset reviews = DatasetFile.of(Path.of("reviews.csv")).dataset();
 *
 * DatasetFile export =
 *     DatasetFile.builder(Path.of("export.csv"))
 *         .charset(Charset.forName("windows-1252"))
 *         .delimiter(';')
 *         .textColumn("comment")
 *         .labelColumn("stars")
 *         .badRows(DatasetFile.BadRows.SKIP)
 *         .build();
 * try (DatasetRows rows = export.rows()) { // larger than memory, if need be
 *   while (rows.hasNext()) {
 *     model.classify(rows.next().input());
 *   }
 *   log.info("skipped {}", rows.skipped());
 * }
 * }</pre>
 *
 * <p>The reader is in {@code io.github.attentive:attentive-engine-djl}, which every engine brings.
 *
 * <p><b>What is always an error</b>, also where bad rows are skipped, since it concerns the file as
 * a whole: bytes that are not of the charset, NUL characters, a byte order mark of another charset,
 * a quote that is never closed, a header without the columns that are asked for, columns separated
 * by something else, labels that are needed where there is no column of them, and no row at all.
 */
public final class DatasetFile {
  /** What a row is. */
  public enum Format {
    /** A text a line, without labels. */
    TEXT(".txt"),
    /**
     * Fields between delimiters, which may be quoted; a quoted field may hold delimiters and line
     * ends, and quotes that are doubled. Empty lines are no rows.
     */
    CSV(".csv"),
    /** Fields between tabs, taken as they stand. */
    TSV(".tsv"),
    /**
     * A JSON object a line: {@code text}, {@code pair}, {@code label}, null or absent meaning none;
     * a label may be a whole number. Blank lines are no rows.
     */
    JSON_LINES(".jsonl");

    private final String ending;

    Format(String ending) {
      this.ending = ending;
    }

    private static Format of(Path file) {
      String name = file.toString().toLowerCase(Locale.ROOT);
      return Arrays.stream(values())
          .filter(format -> name.endsWith(format.ending))
          .findFirst()
          .orElseThrow(
              () ->
                  new InvalidInputException(
                      file + ": expected a name ending in .txt, .csv, .tsv or .jsonl"));
    }
  }

  /** Whether the first row names the columns. */
  public enum Header {
    /**
     * It does if one of its fields is the column of the text. Without a header, the first column is
     * the text and the second, if there is one, the label.
     */
    AUTO,
    /** It does. */
    PRESENT,
    /** It does not: the columns are text and label. */
    ABSENT
  }

  /** What becomes of a row that is not as it should be. */
  public enum BadRows {
    /** Reading ends with an error that names file and line. */
    REFUSE,
    /** It is left out and counted. */
    SKIP
  }

  private static final Logger LOG = LoggerFactory.getLogger(DatasetFile.class);

  private final Path path;
  private final Format format;
  private final Charset charset;
  private final char delimiter;
  private final Header header;
  private final @Nullable String textColumn;
  private final @Nullable String pairColumn;
  private final @Nullable String labelColumn;
  private final BadRows badRows;
  private final int longestRow;
  private final Map<String, String> labelNames;

  private DatasetFile(Builder builder) {
    path = builder.path;
    format = builder.format == null ? Format.of(path) : builder.format;
    charset = builder.charset;
    delimiter = builder.delimiter == null ? ',' : builder.delimiter;
    header = builder.header;
    textColumn = builder.textColumn;
    pairColumn = builder.pairColumn;
    labelColumn = builder.labelColumn;
    badRows = builder.badRows;
    longestRow = builder.longestRow;
    labelNames = Map.copyOf(builder.labelNames);
    boolean named = textColumn != null || pairColumn != null || labelColumn != null;
    boolean table = format == Format.CSV || format == Format.TSV;
    refuse(builder.delimiter != null && format != Format.CSV, "a delimiter", "CSV");
    refuse(header != Header.AUTO && !table, "a header", "CSV and TSV");
    refuse(named && format == Format.TEXT, "names of columns", "CSV, TSV and JSON Lines");
    if (named && header == Header.ABSENT) {
      throw new InvalidInputException(
          path + ": expected no names of columns, since the file has no header, got some");
    }
  }

  private void refuse(boolean given, String what, String where) {
    if (given) {
      throw new InvalidInputException(
          "%s: %s is for %s; this file is read as %s".formatted(path, what, where, format));
    }
  }

  /**
   * A file with the defaults listed at {@link Builder}.
   *
   * @param path the file, whose name says what it holds
   * @return the file; it is not looked at yet
   * @throws InvalidInputException if its name ends in none of {@code .txt}, {@code .csv}, {@code
   *     .tsv}, {@code .jsonl}
   */
  public static DatasetFile of(Path path) {
    return builder(path).build();
  }

  /**
   * Starts from the defaults.
   *
   * @param path the file
   * @return a new builder
   */
  public static Builder builder(Path path) {
    return new Builder(path);
  }

  /**
   * Opens the file to read it row by row, in memory that does not depend on its size.
   *
   * @return the rows, with or without labels; the caller closes them
   * @throws InvalidInputException if there is no such file, it is a folder, or it cannot be opened
   * @throws EngineUnavailableException if no reader is on the class path
   */
  public DatasetRows rows() {
    return open(false);
  }

  /**
   * As {@link #rows()}, but a row without a label is a bad row.
   *
   * @return the rows, all with labels; the caller closes them
   * @throws InvalidInputException if there is no such file, it is a folder, or it cannot be opened
   * @throws EngineUnavailableException if no reader is on the class path
   */
  public DatasetRows labelledRows() {
    return open(true);
  }

  private DatasetRows open(boolean labelled) {
    if (Files.isDirectory(path)) {
      throw new InvalidInputException(path + ": expected a file, got a folder");
    }
    if (!Files.exists(path)) {
      throw new InvalidInputException(path + ": expected a file, but there is none of that name");
    }
    try {
      return new DatasetRows(this, labelled, DatasetReaders.onClassPath().open(this, labelled));
    } catch (IOException e) {
      throw new InvalidInputException(path + ": cannot be read: " + e, e);
    }
  }

  /**
   * Reads all texts. How many rows were skipped is logged as a warning; to have the number, read
   * {@link #rows()}.
   *
   * @return the texts in file order, at least one
   * @throws InvalidInputException if the file cannot be read or is not as it should be
   * @throws EngineUnavailableException if no reader is on the class path
   */
  public List<TextInput> inputs() {
    try (DatasetRows rows = rows()) {
      List<TextInput> inputs = rows.inputs();
      warnOf(rows.skipped());
      return inputs;
    }
  }

  /**
   * Reads all texts with their labels. How many rows were skipped is logged as a warning; to have
   * the number, read {@link #labelledRows()}.
   *
   * @return a data set whose labels are those that occur
   * @throws InvalidInputException if the file cannot be read or is not as it should be
   * @throws EngineUnavailableException if no reader is on the class path
   */
  public Dataset dataset() {
    try (DatasetRows rows = labelledRows()) {
      Dataset dataset = rows.dataset();
      warnOf(rows.skipped());
      return dataset;
    }
  }

  private void warnOf(SkippedRows skipped) {
    if (skipped.count() > 0) {
      LOG.warn("{}: {}", path, skipped);
    }
  }

  /**
   * Where it is.
   *
   * @return the path as given
   */
  public Path path() {
    return path;
  }

  /**
   * What its rows are.
   *
   * @return the format given, or that of the name's ending
   */
  public Format format() {
    return format;
  }

  /**
   * Its encoding.
   *
   * @return the charset; a byte order mark at the start is no text
   */
  public Charset charset() {
    return charset;
  }

  /**
   * What separates fields of {@link Format#CSV}.
   *
   * @return a character
   */
  public char delimiter() {
    return delimiter;
  }

  /**
   * Whether the first row names the columns.
   *
   * @return the rule
   */
  public Header header() {
    return header;
  }

  /**
   * The column or field of the text.
   *
   * @return its name, or empty for {@code text}, or else {@code sentence}, which JSON Lines do not
   *     have
   */
  public Optional<String> textColumn() {
    return Optional.ofNullable(textColumn);
  }

  /**
   * The column or field of the second text.
   *
   * @return its name, or empty for {@code pair} where there is one
   */
  public Optional<String> pairColumn() {
    return Optional.ofNullable(pairColumn);
  }

  /**
   * The column or field of the label.
   *
   * @return its name, or empty for {@code label} where there is one
   */
  public Optional<String> labelColumn() {
    return Optional.ofNullable(labelColumn);
  }

  /**
   * What becomes of bad rows.
   *
   * @return the choice
   */
  public BadRows badRows() {
    return badRows;
  }

  /**
   * How long a row may be, quotes and delimiters included; a longer one is a bad row.
   *
   * @return a number of UTF-16 units, at least 1
   */
  public int longestRow() {
    return longestRow;
  }

  /**
   * The names of the labels in the file.
   *
   * @return an unmodifiable map from value to name; empty if labels are taken as they stand
   */
  public Map<String, String> labelNames() {
    return labelNames;
  }

  /**
   * Builds {@link DatasetFile}s. Not thread-safe.
   *
   * <p>Defaults: format by the ending of the name ({@code .txt}, {@code .csv}, {@code .tsv}, {@code
   * .jsonl}), UTF-8, comma, {@link Header#AUTO}, columns {@code text} or {@code sentence}, {@code
   * pair}, {@code label}, {@link BadRows#REFUSE}, rows of at most 1,048,576 characters, labels as
   * they stand.
   */
  public static final class Builder {
    private static final int LONGEST_ROW = 1 << 20;

    private final Path path;
    private @Nullable Format format;
    private Charset charset = StandardCharsets.UTF_8;
    private @Nullable Character delimiter;
    private Header header = Header.AUTO;
    private @Nullable String textColumn;
    private @Nullable String pairColumn;
    private @Nullable String labelColumn;
    private BadRows badRows = BadRows.REFUSE;
    private int longestRow = LONGEST_ROW;
    private Map<String, String> labelNames = Map.of();

    private Builder(Path path) {
      this.path = Objects.requireNonNull(path, "path");
    }

    /**
     * Says what the rows are, whatever the file's name.
     *
     * @param format the format
     * @return this
     */
    public Builder format(Format format) {
      this.format = Objects.requireNonNull(format, "format");
      return this;
    }

    /**
     * Sets the encoding. It is strict: bytes that mean nothing in it are an error.
     *
     * @param charset the charset
     * @return this
     */
    public Builder charset(Charset charset) {
      this.charset = Objects.requireNonNull(charset, "charset");
      return this;
    }

    /**
     * Sets what separates the fields of CSV.
     *
     * @param delimiter any character but a quote, a line end, NUL and half of a surrogate pair
     * @return this
     * @throws InvalidInputException if it is one of these
     */
    public Builder delimiter(char delimiter) {
      if ("\"\r\n\0".indexOf(delimiter) >= 0 || Character.isSurrogate(delimiter)) {
        throw new InvalidInputException(
            "delimiter: expected a character that is no quote, line end, NUL or surrogate, got U+%s"
                .formatted(Integer.toHexString(0x10000 + delimiter).substring(1)));
      }
      this.delimiter = delimiter;
      return this;
    }

    /**
     * Says whether the first row of CSV or TSV names the columns.
     *
     * @param header the rule
     * @return this
     */
    public Builder header(Header header) {
      this.header = Objects.requireNonNull(header, "header");
      return this;
    }

    /**
     * Names the column of the text. A file of columns then has to have a header with it.
     *
     * @param name as it stands in the header, or the field of JSON Lines
     * @return this
     */
    public Builder textColumn(String name) {
      textColumn = Objects.requireNonNull(name, "name");
      return this;
    }

    /**
     * Names the column of the second text. A file of columns then has to have a header with it.
     *
     * @param name as it stands in the header, or the field of JSON Lines
     * @return this
     */
    public Builder pairColumn(String name) {
      pairColumn = Objects.requireNonNull(name, "name");
      return this;
    }

    /**
     * Names the column of the label. A file of columns then has to have a header with it.
     *
     * @param name as it stands in the header, or the field of JSON Lines
     * @return this
     */
    public Builder labelColumn(String name) {
      labelColumn = Objects.requireNonNull(name, "name");
      return this;
    }

    /**
     * Says what becomes of rows that are not as they should be.
     *
     * @param badRows the choice
     * @return this
     */
    public Builder badRows(BadRows badRows) {
      this.badRows = Objects.requireNonNull(badRows, "badRows");
      return this;
    }

    /**
     * Limits the length of a row, and with it the memory that reading takes.
     *
     * @param characters UTF-16 units, at least 1
     * @return this
     * @throws InvalidInputException if less than 1
     */
    public Builder longestRow(int characters) {
      longestRow = Checks.atLeastOne("longest row", characters);
      return this;
    }

    /**
     * Gives the labels other names. Several values may have the same name; a label that is not
     * among the values makes a bad row.
     *
     * @param names from the value in the file to the name
     * @return this
     */
    public Builder labelNames(Map<String, String> names) {
      labelNames = Map.copyOf(names);
      return this;
    }

    /**
     * Builds the description.
     *
     * @return the file; it is not looked at yet
     * @throws InvalidInputException if the format is not given and the name does not say it, or
     *     options do not fit the format or each other
     */
    public DatasetFile build() {
      return new DatasetFile(this);
    }
  }
}
