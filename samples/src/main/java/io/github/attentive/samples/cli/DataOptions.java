package io.github.attentive.samples.cli;

import io.github.attentive.Dataset;
import io.github.attentive.DatasetFile;
import io.github.attentive.DatasetRows;
import io.github.attentive.InvalidInputException;
import io.github.attentive.SkippedRows;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How files of texts and labels are read. */
final class DataOptions {
  /** Whether the first row names the columns. */
  enum HeaderRule {
    auto(DatasetFile.Header.AUTO),
    present(DatasetFile.Header.PRESENT),
    absent(DatasetFile.Header.ABSENT);

    private final DatasetFile.Header header;

    HeaderRule(DatasetFile.Header header) {
      this.header = header;
    }
  }

  /** What becomes of rows that are not as they should be. */
  enum BadRowRule {
    refuse(DatasetFile.BadRows.REFUSE),
    skip(DatasetFile.BadRows.SKIP);

    private final DatasetFile.BadRows badRows;

    BadRowRule(DatasetFile.BadRows badRows) {
      this.badRows = badRows;
    }
  }

  @Option(names = "--encoding", paramLabel = "CHARSET", description = "of files; default UTF-8")
  private @Nullable Charset encoding;

  @Option(
      names = "--delimiter",
      paramLabel = "C",
      description = "between the fields of .csv: a character, or tab; default a comma")
  private @Nullable String delimiter;

  @Option(
      names = "--header",
      paramLabel = "RULE",
      description = "of .csv and .tsv: ${COMPLETION-CANDIDATES}; default auto")
  private @Nullable HeaderRule header;

  @Option(
      names = "--text-column",
      paramLabel = "NAME",
      description = "column or field; default text, or sentence")
  private @Nullable String textColumn;

  @Option(
      names = "--pair-column",
      paramLabel = "NAME",
      description = "column or field of the second text; default pair")
  private @Nullable String pairColumn;

  @Option(names = "--label-column", paramLabel = "NAME", description = "default label")
  private @Nullable String labelColumn;

  @Option(
      names = "--bad-rows",
      paramLabel = "RULE",
      description = "${COMPLETION-CANDIDATES}; default refuse; skipped ones are counted")
  private @Nullable BadRowRule badRows;

  @Option(
      names = "--map-labels",
      paramLabel = "A=B,...",
      description = "names for the values in the file; other values are bad rows")
  private @Nullable String labelNames;

  /** Refuses what has no file to apply to. */
  void refuseWithoutFile() {
    boolean given =
        Stream.of(
                encoding,
                delimiter,
                header,
                textColumn,
                pairColumn,
                labelColumn,
                badRows,
                labelNames)
            .anyMatch(Objects::nonNull);
    if (given) {
      throw new InvalidInputException(
          "expected --input FILE to go with --encoding, --delimiter, --header, --text-column,"
              + " --pair-column, --label-column, --bad-rows and --map-labels");
    }
  }

  /** A file that is read as these options say. */
  DatasetFile file(Path path) {
    DatasetFile.Builder file = DatasetFile.builder(path);
    if (encoding != null) {
      file.charset(encoding);
    }
    if (delimiter != null) {
      file.delimiter(character(delimiter));
    }
    if (header != null) {
      file.header(header.header);
    }
    if (textColumn != null) {
      file.textColumn(textColumn);
    }
    if (pairColumn != null) {
      file.pairColumn(pairColumn);
    }
    if (labelColumn != null) {
      file.labelColumn(labelColumn);
    }
    if (badRows != null) {
      file.badRows(badRows.badRows);
    }
    if (labelNames != null) {
      file.labelNames(names(labelNames));
    }
    return file.build();
  }

  /** All of a file, as a data set; says how many rows were skipped. */
  Dataset dataset(Path path, Console console) {
    try (DatasetRows rows = file(path).labelledRows()) {
      Dataset dataset = rows.dataset();
      tell(path, rows.skipped(), console);
      return dataset;
    }
  }

  /**
   * All of a file, as a data set of known labels: an example of another is an error, or counted and
   * left out where bad rows are skipped.
   */
  Dataset dataset(Path path, List<String> labels, Console console) {
    Dataset dataset = dataset(path, console);
    if (badRows != BadRowRule.skip) {
      return Dataset.of(dataset.examples(), labels);
    }
    Dataset.Known known = dataset.withoutUnknownLabels(labels);
    if (known.dropped() > 0) {
      console
          .err()
          .println("%s: left out %s rows of other labels".formatted(path, known.dropped()));
    }
    return known.dataset();
  }

  /** Says how many rows were skipped, if any were. */
  static void tell(Path path, SkippedRows skipped, Console console) {
    if (skipped.count() > 0) {
      console.err().println(path + ": " + skipped);
    }
  }

  private static char character(String delimiter) {
    if (delimiter.equals("tab") || delimiter.equals("\\t")) {
      return '\t';
    }
    if (delimiter.length() != 1) {
      throw new InvalidInputException(
          "--delimiter: expected one character, or tab, got '" + delimiter + "'");
    }
    return delimiter.charAt(0);
  }

  private static Map<String, String> names(String pairs) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String pair : pairs.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw new InvalidInputException(
            "--map-labels: expected VALUE=NAME between commas, got '" + pair + "'");
      }
      if (names.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
        throw new InvalidInputException(
            "--map-labels: expected each value once, got " + pair.substring(0, equals) + " twice");
      }
    }
    return names;
  }
}
