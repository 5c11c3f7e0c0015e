package io.github.attentive.samples.cli;

import io.github.attentive.AttentiveException;
import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results of many inputs, a line or more each, written as they come: no more than one chunk of
 * them is held.
 */
final class ResultLines {
  /** Turns inputs into results. */
  interface Model extends Function<List<TextInput>, List<String>> {}

  private final Console console;
  private final @Nullable Path output;
  private final int chunk;

  /**
   * Says where results go.
   *
   * @param console for results where no file is named
   * @param output the file, or null
   * @param chunk how many inputs the model is given at once
   */
  ResultLines(Console console, @Nullable Path output, int chunk) {
    this.console = console;
    this.output = output;
    this.chunk = chunk;
  }

  /**
   * Asks the model and writes. Nothing is written before the first chunk is done and the model has
   * taken an input of each kind: one that refuses pairs, or single texts, is to say so before.
   *
   * @param inputs at least one
   * @param model gives a result for each
   * @throws InvalidInputException if the file cannot be written or the model cannot take an input
   */
  void write(Texts inputs, Model model) {
    if (inputs.count() > chunk) {
      inputs.firstOfEachKind().forEach(input -> model.apply(List.of(input)));
    }
    try (Stream<TextInput> stream = inputs.stream()) {
      Iterator<TextInput> iterator = stream.iterator();
      String first = lines(iterator, 0, model);
      if (output == null) {
        writeAll(first, iterator, model, console.out());
      } else {
        writeFile(output, first, iterator, model);
      }
    }
  }

  private void writeFile(Path path, String first, Iterator<TextInput> inputs, Model model) {
    try (PrintStream file =
        new PrintStream(Files.newOutputStream(path), false, StandardCharsets.UTF_8)) {
      writeAll(first, inputs, model, file);
      if (file.checkError()) {
        throw new InvalidInputException(
            "--output " + path + ": cannot be written to its end; is there space for it?");
      }
    } catch (IOException e) {
      throw new InvalidInputException("--output " + path + ": cannot be written: " + e, e);
    }
  }

  /** Goes on as long as somebody reads. */
  private void writeAll(String first, Iterator<TextInput> inputs, Model model, PrintStream to) {
    to.print(first);
    for (long from = chunk; inputs.hasNext() && !to.checkError(); from += chunk) {
      to.print(lines(inputs, from, model));
    }
  }

  private String lines(Iterator<TextInput> inputs, long from, Model model) {
    List<TextInput> some = new ArrayList<>();
    while (some.size() < chunk && inputs.hasNext()) {
      some.add(inputs.next());
    }
    try {
      return String.join("\n", model.apply(some)) + "\n";
    } catch (AttentiveException e) {
      if (from == 0) {
        throw e;
      }
      String message =
          "rows %s to %s: %s; the results of the rows before them are written"
              .formatted(from + 1, from + some.size(), e.getMessage());
      throw e instanceof InvalidInputException
          ? new InvalidInputException(message, e)
          : new InferenceException(message, e);
    }
  }
}
