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
import java.util.List;
import java.util.function.Function;
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
   * taken an input of each kind.
   *
   * @param inputs at least one
   * @param model gives a result for each
   * @throws InvalidInputException if the file cannot be written or the model cannot take an input
   */
  void write(List<TextInput> inputs, Model model) {
    if (inputs.size() > chunk) {
      tryEachKind(inputs, model);
    }
    String first = lines(inputs, 0, model);
    if (output == null) {
      writeAll(first, inputs, model, console.out());
      return;
    }
    try (PrintStream file =
        new PrintStream(Files.newOutputStream(output), false, StandardCharsets.UTF_8)) {
      writeAll(first, inputs, model, file);
      if (file.checkError()) {
        throw new InvalidInputException(
            "--output " + output + ": cannot be written to its end; is there space for it?");
      }
    } catch (IOException e) {
      throw new InvalidInputException("--output " + output + ": cannot be written: " + e, e);
    }
  }

  /** A model that refuses pairs, or single texts, is to say so before anything is written. */
  private static void tryEachKind(List<TextInput> inputs, Model model) {
    for (boolean pair : new boolean[] {false, true}) {
      inputs.stream()
          .filter(input -> pair == (input.pair() != null))
          .findFirst()
          .ifPresent(input -> model.apply(List.of(input)));
    }
  }

  /** Goes on as long as somebody reads. */
  private void writeAll(String first, List<TextInput> inputs, Model model, PrintStream to) {
    to.print(first);
    for (int from = chunk; from < inputs.size() && !to.checkError(); from += chunk) {
      to.print(lines(inputs, from, model));
    }
  }

  private String lines(List<TextInput> inputs, int from, Model model) {
    int end = Math.min(from + chunk, inputs.size());
    try {
      return String.join("\n", model.apply(inputs.subList(from, end))) + "\n";
    } catch (AttentiveException e) {
      if (from == 0) {
        throw e;
      }
      String message =
          "rows %s to %s: %s; the results of the rows before them are written"
              .formatted(from + 1, end, e.getMessage());
      throw e instanceof InvalidInputException
          ? new InvalidInputException(message, e)
          : new InferenceException(message, e);
    }
  }
}
