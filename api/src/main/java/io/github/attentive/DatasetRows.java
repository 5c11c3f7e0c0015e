package io.github.attentive;

import io.github.attentive.DatasetFile.BadRows;
import io.github.attentive.spi.BadRowException;
import io.github.attentive.spi.DatasetReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a {@link DatasetFile}, read as they are asked for: one row is held at a time. Not
 * thread-safe. Closing it closes the file; reading to the end does not.
 *
 * <p>{@link #hasNext()} and what calls it throw {@link InvalidInputException} where the file cannot
 * be read or is not as it should be, and again when called again. A file without any good row is
 * such a file.
 */
public final class DatasetRows implements Iterator<DatasetRow>, AutoCloseable {
  private static final int LONGEST_QUOTE = 80;

  private final DatasetFile file;
  private final boolean labelled;
  private final DatasetReader reader;
  private final List<String> reasons = new ArrayList<>();
  private @Nullable DatasetRow next;
  private @Nullable InvalidInputException failure;
  private boolean ended;
  private long good;
  private long skipped;

  DatasetRows(DatasetFile file, boolean labelled, DatasetReader reader) {
    this.file = file;
    this.labelled = labelled;
    this.reader = reader;
  }

  /**
   * Says whether there is another row, and reads it.
   *
   * @return false at the end of the file
   * @throws InvalidInputException as described above
   */
  @Override
  public boolean hasNext() {
    if (failure != null) {
      throw failure;
    }
    if (next == null && !ended) {
      try {
        next = read();
      } catch (IOException e) {
        failure = new InvalidInputException(file.path() + ": cannot be read: " + e, e);
        throw failure;
      } catch (InvalidInputException e) {
        failure = e;
        throw e;
      }
      ended = next == null;
    }
    return next != null;
  }

  /**
   * The next row.
   *
   * @return the row
   * @throws NoSuchElementException at the end
   * @throws InvalidInputException as described above
   */
  @Override
  public DatasetRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException(file.path() + ": no more rows");
    }
    DatasetRow row = next;
    next = null;
    return row;
  }

  private @Nullable DatasetRow read() throws IOException {
    while (true) {
      try {
        DatasetRow row = reader.next();
        if (row == null) {
          requireRows();
          return null;
        }
        row = named(row);
        good++;
        return row;
      } catch (BadRowException e) {
        String reason = "line %s: %s".formatted(e.line(), e.getMessage());
        if (file.badRows() == BadRows.REFUSE) {
          throw new InvalidInputException(file.path() + ", " + reason, e);
        }
        skipped++;
        if (reasons.size() < SkippedRows.REASONS) {
          reasons.add(reason);
        }
      }
    }
  }

  private void requireRows() {
    if (good == 0) {
      throw new InvalidInputException(
          file.path()
              + ": expected at least one row, got none"
              + (skipped == 0 ? "" : " that is as it should be; " + skipped()));
    }
  }

  private DatasetRow named(DatasetRow row) throws BadRowException {
    String label = row.label();
    if (label == null) {
      if (labelled) {
        throw new BadRowException(row.line(), "expected a label, got none");
      }
      return row;
    }
    if (file.labelNames().isEmpty()) {
      return row;
    }
    String name = file.labelNames().get(label);
    if (name == null) {
      throw new BadRowException(
          row.line(),
          "label: expected one of the values that have a name, %s, got '%s'"
              .formatted(
                  file.labelNames().keySet().stream().sorted().toList(),
                  label.length() > LONGEST_QUOTE
                      ? label.substring(0, LONGEST_QUOTE) + " ..."
                      : label));
    }
    return new DatasetRow(row.line(), row.input(), name);
  }

  /**
   * The rows that are left, as a stream that reads them as it goes.
   *
   * @return a sequential stream; closing it closes this
   */
  public Stream<DatasetRow> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(this::close);
  }

  /**
   * Reads the texts that are left.
   *
   * @return an unmodifiable list in file order
   * @throws InvalidInputException as described above
   */
  public List<TextInput> inputs() {
    return stream().map(DatasetRow::input).toList();
  }

  /**
   * Reads what is left as a data set.
   *
   * @return a data set whose labels are those that occur
   * @throws InvalidInputException as described above, or if no row is left
   * @throws NullPointerException if a row has no label, which {@link DatasetFile#labelledRows()}
   *     sees to
   */
  public Dataset dataset() {
    return Dataset.of(stream().map(DatasetRow::example).toList());
  }

  /**
   * What has been left out so far.
   *
   * @return the number, and the first reasons
   */
  public SkippedRows skipped() {
    return new SkippedRows(skipped, reasons);
  }

  /**
   * Closes the file; no more can be read then. Closing twice does no harm.
   *
   * @throws InvalidInputException if that fails
   */
  @Override
  public void close() {
    if (failure == null && !ended) {
      failure = new InvalidInputException(file.path() + ": no more can be read, it is closed");
    }
    try {
      reader.close();
    } catch (IOException e) {
      throw new InvalidInputException(file.path() + ": cannot be closed: " + e, e);
    }
  }
}
