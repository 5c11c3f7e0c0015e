package io.github.attentive.samples.cli;

import io.github.attentive.DatasetFile;
import io.github.attentive.DatasetRow;
import io.github.attentive.DatasetRows;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The rows of a file that is read to its end first, so that a bad row is known before there is any
 * result, and again for the results. It is not held, unless it can be read only once, like a pipe.
 */
final class RereadableRows {
  private final DatasetFile file;
  private final boolean labelled;
  private final boolean held;
  private final List<DatasetRow> rows = new ArrayList<>();

  /**
   * Reads the file.
   *
   * @param file the file
   * @param labelled true if each row needs a label
   * @param console is told how many rows were skipped
   * @param look is shown each row
   */
  RereadableRows(DatasetFile file, boolean labelled, Console console, Consumer<DatasetRow> look) {
    this.file = file;
    this.labelled = labelled;
    this.held = !Files.isRegularFile(file.path());
    try (DatasetRows all = open()) {
      while (all.hasNext()) {
        DatasetRow row = all.next();
        look.accept(row);
        if (held) {
          rows.add(row);
        }
      }
      DataOptions.tell(file.path(), all.skipped(), console);
    }
  }

  private DatasetRows open() {
    return labelled ? file.labelledRows() : file.rows();
  }

  /** The rows in file order; the caller closes them. */
  Stream<DatasetRow> stream() {
    return held ? rows.stream() : open().stream();
  }
}
