package io.github.attentive.samples.cli;

import io.github.attentive.DatasetFile;
import io.github.attentive.DatasetRow;
import io.github.attentive.TextInput;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The inputs of a command, at least one; those of a file are not held. */
final class Texts {
  private final Supplier<Stream<TextInput>> inputs;
  private long count;
  private @Nullable TextInput single;
  private @Nullable TextInput pair;

  /** Those of the command line. */
  Texts(List<TextInput> inputs) {
    this.inputs = inputs::stream;
    inputs.forEach(this::look);
  }

  /** Those of a file, which is read to its end. */
  Texts(DatasetFile file, Console console) {
    RereadableRows rows = new RereadableRows(file, false, console, row -> look(row.input()));
    inputs = () -> rows.stream().map(DatasetRow::input);
  }

  private void look(TextInput input) {
    count++;
    if (input.pair() == null) {
      single = single == null ? input : single;
    } else {
      pair = pair == null ? input : pair;
    }
  }

  /** How many there are. */
  long count() {
    return count;
  }

  /** The first without a pair and the first with one, as far as there are such. */
  List<TextInput> firstOfEachKind() {
    return Stream.of(single, pair).filter(Objects::nonNull).toList();
  }

  /** The inputs in order; the caller closes them. */
  Stream<TextInput> stream() {
    return inputs.get();
  }
}
